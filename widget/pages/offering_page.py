"""The public page of an offering, to be read, printed and passed on: /offerings/<id>, and its calendar entry."""

from typing import Any

from flask import Blueprint, Response, url_for

from widget.addresses import absolute, offering_path
from widget.cards.display import with_display
from widget.cards.offering_card import is_over, offering_card
from widget.pages.calendar_entry import calendar_of
from widget.pages.linked_data import service_of
from widget.problems import ProblemError
from widget.texts import texts
from widget.visitor import page_language, rendered
from widget.wiring import wired_knowledge

offering_page = Blueprint("offering_page", __name__)


@offering_page.get("/offerings/<offering_id>")
def show_offering(offering_id: str) -> Response:
    """Show everything that is known of an offering."""
    language = page_language()
    card = _present_card(offering_id, language)
    if card is None:
        return _farewell(offering_id, language)
    address = absolute(offering_path(offering_id, language))
    return rendered(
        "offering.html",
        language,
        card=with_display(card, language),
        address=address,
        linked_data=service_of(card, url=address),
        ask_url=url_for("page.of_alliance", alliance_id=card["alliance"], lang=language),
    )


@offering_page.get("/offerings/<offering_id>.ics")
def give_calendar_entry(offering_id: str) -> Response:
    """Give the days of a dated offering as a calendar file."""
    language = page_language()
    card = _present_card(offering_id, language)
    if card is None:
        return _farewell(offering_id, language)
    calendar = calendar_of(card, language=language, url=absolute(offering_path(offering_id, language)))
    if calendar is None:
        raise ProblemError(404, "No dates", "this offering has no dates to put into a calendar")
    response = Response(calendar, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{card["id"]}.ics"'
    return response


def _present_card(offering_id: str, language: str) -> dict[str, Any] | None:
    """Return the card of an offering that is published and not over, else None."""
    card = offering_card(wired_knowledge(), offering_id, language)
    return card if card and not is_over(wired_knowledge(), card) else None


def _farewell(offering_id: str, language: str) -> Response:
    """Say that an offering is over (410) or unknown (404), and where to ask for another."""
    over = wired_knowledge().store.offering(offering_id)
    ask_url = (
        url_for("page.of_alliance", alliance_id=over.alliance, lang=language)
        if over
        else url_for("page.start", lang=language)
    )
    heading = texts(language)["offering_ended" if over else "offering_unknown"]
    return rendered("no_offering.html", language, status=410 if over else 404, heading=heading, ask_url=ask_url)
