"""The names of a table's values in the page's language."""

from collections.abc import Callable, Mapping

from console.texts import texts
from knowledge import Knowledge
from widget.texts import language_name


def labels(knowledge: Knowledge, language: str) -> Callable[[str, str], str]:
    """Return what names a value, given its table's name."""
    said = texts(language)
    by_table: Mapping[str, Callable[[str], str]] = {
        "need": lambda code: knowledge.taxonomy.label(code, language),
        "language": lambda code: language_name(code, language),
        "region": lambda digits: said["figures_region_row"].format(digits=digits),
        "offering": lambda offering: _offering(knowledge, offering),
        "weekday": lambda number: said[f"weekday_{number}"],
        "time": lambda hours: _hours(hours, said["figures_time_row"]),
    }

    def label(table: str, value: str) -> str:
        if table in by_table:
            return by_table[table](value)
        return said.get(f"figures_{table}_{value}", value)

    return label


def _hours(hours: str, sentence: str) -> str:
    first, after = (int(hour) for hour in hours.split("-"))
    return sentence.format(first=first, after=after)


def _offering(knowledge: Knowledge, offering_id: str) -> str:
    """Return the title of what parents see; of what they see no more, the id, since a draft may be another alliance's."""
    offering = knowledge.store.offering(offering_id)
    return offering.title if offering else offering_id
