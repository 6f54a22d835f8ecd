"""What a report says in plain sentences, before any plot: keys of the catalogue with their values."""

from collections.abc import Iterator, Mapping

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from console.figures.report import Report

Sentence = tuple[str, Mapping[str, str]]
_MOST_NAMED = 3
# A change from fewer is chance; the sentence then gives the number alone.
_LEAST_TO_COMPARE = 50
_HARDLY_ANY_CHANGE = 0.02


def sentences(report: Report, language: str) -> Iterator[Sentence]:
    """Yield the sentences, the most important first."""
    now, before = report.totals["conversations"]
    if not now:
        yield "figures_say_few", {}
        return
    yield "figures_say_conversations", {"count": number(now, language)}
    if before is not None:
        yield _change(now, before, language)
    if report.totals["searches"][0]:
        yield _answered(report, language)
    for table, key in (("need", "figures_say_needs"), ("language", "figures_say_languages")):
        if table in report.tables:
            named = [row.label for row in report.tables[table].rows if row.now][:_MOST_NAMED]
            if named:
                yield key, {"list": format_list(named, locale=language)}
    if "helped" in report.tables:
        yes, no = report.tables["helped"].rows
        if yes.now and no.now:
            yield "figures_say_helped", {"yes": number(yes.now, language), "no": number(no.now, language)}


def number(value: int, language: str) -> str:
    """Return a number as the language writes it: 1.240, 1,240."""
    return format_decimal(value, locale=language)


def percent(share: float, language: str) -> str:
    """Return a share as the language writes it: 83 %, 83%."""
    return format_percent(share, locale=language)


def _change(now: int, before: int, language: str) -> Sentence:
    if not before:
        return "figures_say_before_few", {}
    change, earlier = (now - before) / before, number(before, language)
    if before < _LEAST_TO_COMPARE:
        return "figures_say_before", {"before": earlier}
    if abs(change) < _HARDLY_ANY_CHANGE:
        return "figures_say_same", {"before": earlier}
    key = "figures_say_more" if change > 0 else "figures_say_less"
    return key, {"percent": percent(abs(change), language), "before": earlier}


def _answered(report: Report, language: str) -> Sentence:
    answered, unanswered = report.tables["search"].rows
    count = number(report.totals["searches"][0], language)
    if not unanswered.now:
        return "figures_say_all_answered", {"count": count}
    if not answered.now:
        return "figures_say_none_answered", {"count": count}
    share = percent(answered.now / (answered.now + unanswered.now), language)
    return "figures_say_answered", {"share": share, "count": count}
