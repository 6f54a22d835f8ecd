"""The numbers in a message with what they count: "anderthalb Jahre", "3-5 лет", "2. Klasse", "sechs Uhr"."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.understanding.marking import Marked, is_digits
from knowledge.understanding.phrases import Mark

# What a number counts: an age's unit, a school class, something that is no age ("other"), or what is not said (None).
Unit = Literal["years", "months", "weeks", "class", "other"]

_UNITS: dict[str, Unit] = {
    "years_old": "years", "months_old": "months", "weeks_old": "weeks", "years": "years", "months": "months",
    "weeks": "weeks", "class_words": "class", "other_units": "other", "children": "other", "months_named": "other",
}  # fmt: skip
_SURE = {"years_old", "months_old", "weeks_old"}
_JOINING = re.compile(r"[\s,،/&+()-]*")
_LAST_CLASS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number from word `start` up to word `end` (exclusive), its unit included.

    Attributes:
        sure: The unit is used of ages only ("-jährig", "years old").
        lone: The unit stands alone and means one ("сыну год"): an age only where a child is named.
        article: The number may be an article ("ein", "une").
        ordinal: The number is one of an order ("dritte", "3.").
    """

    start: int
    end: int
    value: float
    unit: Unit | None = None
    sure: bool = False
    lone: bool = False
    article: bool = False
    ordinal: bool = False

    @property
    def years(self) -> float:
        """The age: of a child in a class, the years of life at its beginning."""
        per_year = {"months": 12.0, "weeks": 52.0}.get(self.unit or "", 1.0)
        return round(self.value / per_year, 2) + (5.0 if self.unit == "class" else 0.0)


def read_numbers(said: Marked) -> list[list[Number]]:
    """Return the numbers of a message in order, those of one list together: "3 und 5 Jahre", "Klasse 1-4"."""
    found: list[Number] = []
    articles: list[Number] = []
    at = 0
    while at < len(said.words):
        number = _number(said, at)
        if number:
            # "ein- bis dreijährige", but not "eine Kita"
            counts = number.unit is not None or not number.article or "-" in said.gaps[number.end]
            (found if counts else articles).append(number)
        at = number.end if number else at + 1
    lists: list[list[Number]] = []
    for number in found or articles:
        if lists and _joined(said, lists[-1][-1], number):
            lists[-1].append(number)
        else:
            lists.append([number])
    return [_compounded(said, _with_shared_units(said, each)) for each in lists]


def _number(said: Marked, at: int) -> Number | None:
    if is_digits(said.words[at]):
        return _in_digits(said, at)
    if told := said.starting(at, "years_told"):
        return Number(start=at, end=told.end, value=float(told.value), unit="years", sure=True)
    if told := said.starting(at, "ages_said"):
        return _and_a_half(said, Number(start=at, end=told.end, value=float(told.value), unit="years"))
    if ordinal := said.starting(at, "ordinals"):
        return _counted(said, Number(start=at, end=ordinal.end, value=float(ordinal.value), ordinal=True))
    if word := said.starting(at, "numbers"):
        return _in_words(said, word)
    if one := said.starting(at, "one_year", "one_month"):
        number = Number(start=at, end=one.end, value=1.0, unit="years" if one.kind == "one_year" else "months")
        with_half = _and_a_half(said, number)
        return replace(with_half, lone=with_half.end == number.end)
    return None


def _in_digits(said: Marked, at: int) -> Number:
    end = at + 1
    if said.gaps[end] in ("", "-", "'") and (ending := said.starting(end, "endings")):
        end = ending.end
    # A stop makes it one of an order where it counts something: "3. Klasse", "im 6. Monat"; else it ends the sentence.
    ordinal = said.gaps[end].strip(" -/") == "." and said.starting(end, *_UNITS) is not None
    return _counted(said, Number(start=at, end=end, value=float(said.words[at].replace(",", ".")), ordinal=ordinal))


def _in_words(said: Marked, first: Mark) -> Number:
    value, end = float(first.value), first.end
    over_and = said.skip(end, "and")
    for position in dict.fromkeys((end, over_and)):
        second = said.starting(position, "numbers")
        if second and not said.gaps[position].strip(" -") and not said.gaps[end].strip(" -"):
            more = float(second.value)
            small, large = sorted((value, more))
            # "twenty one", "on iki"; "five and twenty" in Arabic; "soixante-dix". But "ten and six" are two numbers.
            grown = large >= 20 and (1 <= small < 10 or (large >= 60 and small < 20))
            if large % 10 == 0 and (grown or (value == 10 and 1 <= more < 10 and position == end)):
                value, end = value + more, second.end
                break
    article = said.starting(first.start, "articles") is not None and end == first.end
    return _counted(said, Number(start=first.start, end=end, value=value, article=article))


def _counted(said: Marked, number: Number) -> Number:
    """Return the number with the half and the unit that follow it."""
    number = _and_a_half(said, number)
    for position in dict.fromkeys((number.end, said.skip(number.end, "link"))):
        unit = said.starting(position, *_UNITS) if not said.gaps[position].strip(" -.'") else None
        if unit is None or (number.ordinal and unit.kind != "class_words"):
            continue
        if unit.kind == "class_words" and (number.article or not 1 <= number.value <= _LAST_CLASS):
            continue
        if unit.kind == "children" and _is_told_of(said, number):
            continue  # "Sohn 4 Tochter 6": no number of daughters
        old = said.starting(unit.end, "old")
        counted = replace(
            number, end=old.end if old else unit.end, unit=_UNITS[unit.kind], sure=unit.kind in _SURE or old is not None
        )
        return _and_a_half(said, counted) if counted.unit in ("years", "months") else counted
    if _counts_children(said, number):
        return replace(number, unit="other")
    return _after_class(said, number)


def _counts_children(said: Marked, number: Number) -> bool:
    """Return whether a number counts children with one word between: "2 kleine Kinder"."""
    last = number.end + 1
    return (
        said.starting(last, "children") is not None
        and not "".join(said.gaps[number.end : last + 1]).strip()
        and not said.starting(number.end, "and")
        and not _is_told_of(said, number)
    )


def _is_told_of(said: Marked, number: Number) -> bool:
    begin = said.skip_back(number.start, "is", "about")
    return said.ending(begin, "child", "children") is not None


def _after_class(said: Marked, number: Number) -> Number:
    """Return the number with the class before it: "Klasse 3", "clasa a doua", "geht in die vierte"."""
    begin = said.skip_back(number.start, "link")
    in_order = number.ordinal or "." in said.gaps[number.end]
    named = said.ending(begin, "class_words") or (said.ending(number.start, "class_before") if in_order else None)
    if named and 1 <= number.value <= _LAST_CLASS and (is_closed(said, number.end) or not number.ordinal):
        return replace(number, start=named.start, unit="class")
    return replace(number, unit="other") if number.ordinal else number


def is_closed(said: Marked, at: int) -> bool:
    """Return whether nothing that could be counted follows: a stop, a function word, or the end."""
    if at >= len(said.words) or said.gaps[at].strip(" -'"):
        return True
    return said.starting(at, "filler", "and", "to", "old", "child", "children", "age_is", "weekdays") is not None


def _and_a_half(said: Marked, number: Number) -> Number:
    half = said.starting(number.end, "half")
    return replace(number, value=number.value + 0.5, end=half.end) if half and not number.ordinal else number


def _joined(said: Marked, first: Number, second: Number) -> bool:
    """Return whether two numbers stand in one list, or are the years and months of one age."""
    if first.unit == "other" and not first.ordinal:
        return False
    at = first.end
    while at < second.start:
        join = said.starting(at, "and", "to", "articles")
        if join is None:
            break
        at = join.end
    between = list(said.gaps[first.end : second.start + 1])
    # "3. und 4. Klasse", "1.-4. Klasse"
    if is_digits(said.words[first.end - 1]) and (len(between) > 1 or between[0].strip() in (".-", "./")):
        between[0] = between[0].lstrip(".")
    if at != second.start or not all(_JOINING.fullmatch(gap) for gap in between):
        return False
    return bool("".join(between).strip()) or len(between) > 1 or _is_months_of(first, second)


def _with_shared_units(said: Marked, numbers: list[Number]) -> list[Number]:
    """Return a list's numbers, each with the unit after or before it: "5 i 7 lat", "3 Jahre und 5"."""
    shared = list(numbers)
    for i in range(len(shared) - 2, -1, -1):
        following = shared[i + 1]
        open_to_it = shared[i].unit is None or (shared[i].ordinal and following.unit == "class")
        # "Tochter 7, 2 Tage die Woche": what else is counted does not reach over a comma.
        by_comma = "," in said.gaps[following.start] and shared[i].end == following.start
        if open_to_it and following.unit and not following.lone and not (following.unit == "other" and by_comma):
            shared[i] = replace(shared[i], unit=following.unit, sure=following.sure, article=False)
    for i in range(1, len(shared)):
        last = shared[i - 1]
        if shared[i].unit is None and last.unit != "other" and is_closed(said, shared[i].end):
            # "год и восемь": a year and eight months
            shared[i] = replace(shared[i], unit="months" if last.lone else last.unit, sure=last.sure)
    return shared


def _compounded(said: Marked, numbers: list[Number]) -> list[Number]:
    """Return a list's numbers with the years and months of one child made one: "2 Jahre und 3 Monate"."""
    whole: list[Number] = []
    of_several = bool(said.of("children", "multiples"))
    for number in numbers:
        last = whole[-1] if whole else None
        gap = "".join(said.gaps[last.end : number.start + 1]).strip() if last else ""
        beside = last is not None and last.end == number.start
        if last and _is_months_of(last, number) and not gap and (beside or last.lone or not of_several):
            years = round(last.value + number.years, 2)
            whole[-1] = replace(last, value=years, end=number.end, sure=last.sure or number.sure, lone=False)
        else:
            whole.append(number)
    return whole


def _is_months_of(first: Number, second: Number) -> bool:
    """Return whether the second number can be the months beyond the years of the first: "2 Jahre 3 Monate"."""
    return first.unit == "years" and first.value >= 1 and second.unit in ("months", "years") and second.years < 1
