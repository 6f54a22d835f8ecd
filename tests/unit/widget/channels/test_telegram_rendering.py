"""A reply looks as it should in Telegram: escaped, short enough, with buttons, readable from right to left."""

import json
import re
from typing import Any

import pytest

from tests.telegram import _refused
from widget.cards.display import with_display
from widget.channels.channel import Incoming, Showing
from widget.channels.telegram.rendering import Rendering
from widget.conversation.given_replies import Reply
from widget.texts import REPLY_LANGUAGES

CARD = {
    "id": "krippe-1", "title": "Krippe <Spatz> & Co", "description": "Klein und nah.", "phone": "030 23125 104",
    "email": "krippe@example.org", "url": "https://krippe.example.org/?a=1&b=2", "street": "Lindenstraße 14",
    "postal_code": "06366", "city": "Köthen", "schedule": "Mo–Fr 6.30–17.00", "free": True, "languages": ["de"],
    "distance_km": 0.2, "reasons": ["passt zum Alter"], "open_now": True, "category_labels": ["Krippe"],
    "age_min": 0, "age_max": 3, "checked_on": "2026-08-19",
}  # fmt: skip


def kept(payload: str) -> str:
    return f"k{len(payload)}"


def shown(
    *messages: dict[str, Any], language: str = "de", asks_place: bool = False, pressed: str | None = None
) -> list[dict[str, Any]]:
    """Return the parameters of the calls that show messages, each a text with cards and buttons; Telegram takes all of them."""
    whole = [
        {
            "text": "",
            "buttons": [],
            **one,
            "offerings": [
                with_display(card, language) | {"contact": card.get("contact")} for card in one.get("offerings", [])
            ],
        }
        for one in messages
    ]
    answering = Incoming(update_id="1", user="1", kind="button", text=pressed) if pressed else None
    reply = Reply(conversation="c", language=language, messages=whole, by="search")
    calls = Rendering(key_of=kept, public_url="https://familie.example.org").calls(
        Showing(reply=reply, asks_place=asks_place, answering=answering)
    )
    params = [json.loads(json.dumps(call.content))["params"] for call in calls]
    assert [_refused(one) for one in params] == [""] * len(params)
    return params


def buttons(params: dict[str, Any]) -> list[list[tuple[str, str]]]:
    rows = params["reply_markup"]["inline_keyboard"]
    return [[(one["text"], one["callback_data"]) for one in row] for row in rows]


def test_a_card_tells_what_it_is_why_and_how_to_get_there() -> None:
    (one,) = shown({"text": "Das gibt es:", "offerings": [CARD]})
    assert one["text"].split("\n") == [
        "Das gibt es:",
        "",
        "<b>Krippe &lt;Spatz&gt; &amp; Co</b>",
        "0,2 km entfernt · jetzt geöffnet",
        "– passt zum Alter",
        "Zeiten: Mo–Fr 6.30–17.00",
        "Kosten: kostenlos",
        "Adresse: Lindenstraße 14, 06366 Köthen",
        "📞 030 23125 104",
        "✉️ krippe@example.org",
        '🌐 <a href="https://krippe.example.org/?a=1&amp;b=2">Website</a>',
        '📍 <a href="https://www.openstreetmap.org/search?query=Lindenstra%C3%9Fe+14%2C+06366+K%C3%B6then">Auf der Karte</a>',
    ]
    assert one["parse_mode"] == "HTML"
    assert one["link_preview_options"] == {"is_disabled": True}
    assert buttons(one) == [[("Mehr dazu", '/ask_details{"offering": "krippe-1"}')]]


def test_several_cards_are_numbered_and_each_has_its_button() -> None:
    cards = [CARD | {"id": f"krippe-{n}", "title": f"Krippe {n}"} for n in (1, 2, 3)]
    (one,) = shown({"offerings": cards, "buttons": [{"title": "Mehr anzeigen", "payload": "/more_results"}]})
    assert re.findall(r"<b>(.*?)</b>", one["text"]) == ["1. Krippe 1", "2. Krippe 2", "3. Krippe 3"]
    details = [(f"Mehr zu {n}", f'/ask_details{{"offering": "krippe-{n}"}}') for n in (1, 2, 3)]
    assert buttons(one) == [details, [("Mehr anzeigen", "/more_results")]]


def test_all_of_a_card_is_shown_when_it_is_asked_for() -> None:
    (one,) = shown({"offerings": [CARD]}, pressed='/ask_details{"offering": "krippe-1"}')
    assert "Klein und nah." in one["text"]
    assert "Alter: bis zu 3 Jahren" in one["text"]
    assert "Zuletzt geprüft am 19.08.2026" in one["text"]
    assert '🔗 <a href="https://familie.example.org/offerings/krippe-1?lang=de">' in one["text"]
    assert "reply_markup" not in one


def test_where_nobody_can_be_called_the_contact_stands_in_the_card() -> None:
    silent = {"id": "x", "title": "Treff", "contact": "Diese Menschen helfen: Bündnis Köthen, 03496 5550"}
    (one,) = shown({"offerings": [silent]})
    assert one["text"] == "<b>Treff</b>\nDiese Menschen helfen: Bündnis Köthen, 03496 5550"


def test_a_command_too_long_for_a_button_stands_under_a_key() -> None:
    long = CARD | {"id": "x" * 80}
    (one,) = shown({"offerings": [long]})
    payload = json.dumps({"offering": "x" * 80})
    assert buttons(one) == [[("Mehr dazu", f"#k{len('/ask_details' + payload)}")]]


def test_asked_for_the_place_a_parent_can_send_where_they_are() -> None:
    (one,) = shown({"text": "Moment."}, {"text": "Wo suchen Sie?"}, asks_place=True)
    assert one["text"] == "Moment.\n\nWo suchen Sie?"
    assert one["reply_markup"] == {
        "keyboard": [[{"text": "📍 Meinen Standort senden", "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    choice = {"text": "Welcher Ort?", "buttons": [{"title": "Halle (Saale)", "payload": '/give_place{"place": "1,2"}'}]}
    (one,) = shown(choice, asks_place=True)
    assert buttons(one) == [[("Halle (Saale)", '/give_place{"place": "1,2"}')]]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_from_right_to_left_lines_keep_their_direction_and_numbers_theirs(language: str) -> None:
    (one,) = shown({"text": "Köthen: 3", "offerings": [CARD]}, language=language)
    lines = [line for line in one["text"].split("\n") if line]
    assert all(line.startswith("\u200f") for line in lines)
    assert "📞 \u2068030 23125 104\u2069" in one["text"]


def test_from_left_to_right_there_are_no_marks() -> None:
    (one,) = shown({"text": "Köthen", "offerings": [CARD]}, language="en")
    assert not set(one["text"]) & set("\u200f\u2068\u2069")


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_a_long_reply_is_parted_between_cards_and_its_buttons_stand_below_the_last(language: str) -> None:
    cards = [
        CARD | {"id": str(n), "title": "&" * 500, "schedule": "<" * 900, "reasons": ["&<>" * 200], "cost": "👪" * 900}
        for n in range(6)
    ]
    more = {"title": "x", "payload": "/more_results"}
    calls = shown({"text": "<&>" * 4000, "offerings": cards, "buttons": [more]}, language=language)
    assert len(calls) > 3
    assert ["reply_markup" in call for call in calls] == [False] * (len(calls) - 1) + [True]
    assert sum(call["text"].count("<b>") for call in calls) == 6


def test_nothing_of_a_long_text_is_lost() -> None:
    text = "\n".join(f"Zeile {n} mit Wörtern" for n in range(500))
    calls = shown({"text": text})
    assert " ".join(" ".join(call["text"] for call in calls).split()) == " ".join(text.split())


def test_markup_of_others_stays_text() -> None:
    (one,) = shown({"text": '<a href="https://x.example.org">hier</a> &lt;'})
    assert one["text"] == '&lt;a href="https://x.example.org"&gt;hier&lt;/a&gt; &amp;lt;'


def test_an_unsafe_link_of_a_card_is_left_out() -> None:
    (one,) = shown({"offerings": [{"id": "x", "title": "T", "url": 'javascript:alert("x")', "phone": "112"}]})
    assert one["text"] == "<b>T</b>\n📞 112"
