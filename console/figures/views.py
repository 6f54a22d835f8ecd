"""Figures: the page, the year's summary on paper, and tables to download."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, abort, request

from console.downloads import CSV, attached
from console.figures.labels import labels
from console.figures.periods import Period, periods
from console.figures.plots import bars
from console.figures.report import TABLES, Report, report
from console.figures.sentences import number, percent, sentences
from console.figures.spreadsheet import rows
from console.names import own_alliances
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.texts import say
from console.visitor import page_language, signed_in
from knowledge import Alliance
from knowledge.exporting import write_csv_rows

figures = Blueprint("figures", __name__, url_prefix="/figures")


@figures.get("/")
@needs("figures.read")
def show() -> Response:
    """Show what happened in a period: sentences, plots, tables."""
    return _page("figures.html", _chosen_period(_periods()))


@figures.get("/year")
@needs("figures.read")
def year() -> Response:
    """Show a year on paper: by default the last whole one, else this, else twelve months."""
    years = [one for one in _periods() if one.key.isdecimal()]
    whole = [one for one in years if one.after == date(one.first.year + 1, 1, 1)]
    months = [one for one in _periods() if one.key == "12months"]
    return _page("figures_year.html", _chosen_period([*whole, *years, *months]))


@figures.get("/download")
@needs("figures.read")
def download() -> Response:
    """Send one table, or all, as CSV."""
    period, alliance = _chosen_period(_periods()), _chosen_alliance()
    found = _report(period, alliance)
    name = request.args.get("table")
    tables = [table for table in found.tables.values() if name in {None, table.name}]
    if name is not None and not tables:
        abort(404)
    written = rows(found, tables, alliance=_name_of(alliance), language=page_language())
    about = ("zahlen", alliance.id if alliance else "", str(period.first), str(period.last), name or "")
    return attached(lambda out: write_csv_rows(written, out), "_".join(filter(None, about)) + ".csv", CSV)


def _page(template: str, period: Period) -> Response:
    language, own = page_language(), own_alliances()
    if not own:
        return rendered("figures.html", report=None)
    alliance = _chosen_alliance()
    found = _report(period, alliance)

    def written(count: int) -> str:
        return number(count, language) if count else say(language, "figures_below_five")

    return rendered(
        template, report=found, period=period, periods=_periods(), alliance=alliance, alliances=own,
        name=_name_of(alliance), together=_sees_all(), sentences=list(sentences(found, language)), bars=bars, counts=TABLES,
        written=written, percent=lambda share: percent(share, language), begun=parts().knowledge.figures.first_day(),
        chosen={"period": period.key, "alliance": alliance.id if alliance else ""},
        today=parts().knowledge.settings.current_date(),
    )  # fmt: skip


def _report(period: Period, alliance: Alliance | None) -> Report:
    knowledge = parts().knowledge
    return report(
        knowledge.figures, period, alliance=alliance.id if alliance else None, labels=labels(knowledge, page_language())
    )


def _periods() -> list[Period]:
    return list(periods(parts().knowledge.settings.current_date()))


def _chosen_period(among: Sequence[Period]) -> Period:
    """Return the period asked for; the first where it is none of these."""
    return next((one for one in among if one.key == request.args.get("period")), among[0])


def _chosen_alliance() -> Alliance | None:
    """Return the alliance asked for, by default one's first; None means all together, for those who see all; 404 for others."""
    wanted = request.args.get("alliance", "")
    own = own_alliances()
    if not wanted:
        return None if _sees_all() else next(iter(own), None) or abort(404)
    return next((one for one in own if one.id == wanted), None) or abort(404)


def _sees_all() -> bool:
    return signed_in().tenants is None


def _name_of(alliance: Alliance | None) -> str:
    return alliance.name if alliance else say(page_language(), "figures_together")
