"""Replies to be shown, ordinary and awkward."""

from typing import Any

from knowledge import Match, Offering, card
from knowledge.taxonomy import load_taxonomy
from knowledge.values import Alliance, Reason
from tests.unit.widget.conftest import offering
from widget.cards.display import with_display
from widget.channels.channel import Incoming, Showing
from widget.channels.conversing import with_contacts
from widget.conversation.given_replies import Reply
from widget.conversation.own_answer import message

ABI = Alliance(id="abi", name="Bündnis Anhalt-Bitterfeld", phone="030 23125 110")
ASKED = Incoming(update_id="u1", user="4915112345678", kind="text", text="Krippe in Köthen")
MORE = {"title": "Mehr anzeigen", "payload": "/more_results"}
PERSON = {"title": "Mit einem Menschen sprechen", "payload": "/talk_to_person"}
AWKWARD = (
    offering(id="a" * 80, title="*Offene* Sprechstunde_für Alleinerziehende in schwierigen Lebenslagen 👨‍👩‍👧‍👦 " * 2),
    offering(id="short-number", phone="116 016", street=None, url=None, email="rat@abi.example.org"),
    offering(id="nobody", phone=None, email=None, url=None, street=None, city=None, postal_code=None),
    offering(
        id="wordy", description="Wir hören zu und beraten Sie gern. " * 250, url="https://abi.example.org/" + "x" * 300
    ),
)


def cards(language: str, *offers: Offering) -> list[dict[str, Any]]:
    """Return offerings as a reply holds them."""
    taxonomy = load_taxonomy()
    reasons = (Reason(code="age_fits"),)
    shown = [
        with_display(
            card(
                Match(offering=one, score=1.0, distance_km=0.4, reasons=reasons, open_now=True),
                language=language,
                taxonomy=taxonomy,
            ),
            language,
        )
        for one in offers
    ]
    return with_contacts([message("", offerings=shown)], [ABI], language)[0]["offerings"]


def showing(
    language: str, *messages: dict[str, Any], asks_place: bool = False, answering: Incoming | None = ASKED
) -> Showing:
    reply = Reply(conversation="c0nversati0n", language=language, messages=list(messages), by="rasa")
    return Showing(reply=reply, asks_place=asks_place, answering=answering)
