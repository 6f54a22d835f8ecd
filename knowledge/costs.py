"""Which words about a cost say that there is none."""

import re

# Nothing but that there is none; with any other word ("für Geringverdiener", "ab") it may be a condition.
_NO_COST = re.compile(
    r"(?:(?:kosten|preis|beitrag|eintritt|teilnahme)(?: ist|:)? )?"
    r"(?:kostenlos|kostenfrei|gratis|umsonst|frei|unentgeltlich|entgeltfrei|gebührenfrei|beitragsfrei"
    r"|keine(?: kosten| gebühren?)?|kostet nichts|(?:€|eur|euro)? ?0(?:[.,](?:0{1,2}|-|–))? ?(?:€|eur|euro)?)[.!]?",
    re.IGNORECASE,
)


def says_nothing_is_paid(cost: str) -> bool:
    """Return whether an offering's cost, in German words or figures, plainly says that there is none."""
    return _NO_COST.fullmatch(cost) is not None
