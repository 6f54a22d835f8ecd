"""Figures: the page, the year's summary on paper, and tables to download."""

from io import BytesIO

from flask import Blueprint, Response, abort, request

from console.figures.labels import labels
from console.figures.periods import Period, periods
from console.figures.plots import bars
from console.figures.report import TABLES, Report, report
from console.figures.sentences import number, percent, sentences
from console.figures.spreadsheet import rows
from console.offerings.views import own_alliances
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
    return _page("figures.html", _chosen_period("4weeks"))


@figures.get("/year")
@needs("figures.read")
def year() -> Response:
    """Show a year on paper: by default the last whole one, else this."""
    years = [one for one in _periods() if one.key.isdecimal()]
    whole = [one for one in years if one.after.year > one.first.year]
    usual = (whole or years or _periods())[0].key
    return _page("figures_year.html", _chosen_period(usual))


@figures.get("/download")
@needs("figures.read")
def download() -> Response:
    """Send one table, or all, as CSV."""
    period, alliance = _chosen_period("4weeks"), _chosen_alliance()
    found = _report(period, alliance)
    name = request.args.get("table")
    tables = [table for table in found.tables.values() if name in {None, table.name}]
    if name is not None and not tables:
        abort(404)
    out = BytesIO()
    write_csv_rows(rows(found, tables, alliance=_name_of(alliance), language=page_language()), out)
    parts_of_name = [
        "zahlen",
        alliance.id if alliance else None,
        period.first.isoformat(),
        period.last.isoformat(),
        name,
    ]
    answer = Response(out.getvalue(), mimetype="text/csv")
    answer.headers.set(
        "Content-Disposition", "attachment", filename="_".join(part for part in parts_of_name if part) + ".csv"
    )
    return answer


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


def _chosen_period(usual: str) -> Period:
    """Return the period asked for; an unknown one is the usual."""
    found = {one.key: one for one in _periods()}
    return found.get(request.args.get("period", usual)) or found[usual]


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
