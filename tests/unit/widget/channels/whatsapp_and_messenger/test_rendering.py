"""Replies as the platforms show them: within their limits, in every language, and always with a way to call or go there."""

import re
from typing import Any

import pytest

from knowledge import LANGUAGES, SIMPLE_GERMAN
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Loopback
from tests.unit.widget.channels.whatsapp_and_messenger.replies import AWKWARD, MORE, PERSON, cards, showing
from tests.unit.widget.conftest import offering
from widget.channels.channel import Channel, Showing
from widget.channels.messenger.rendering import international
from widget.conversation.own_answer import choice_of_language, message

ALL = ("whatsapp", "twilio", "messenger")
KRIPPE = offering(url="https://krippe.example.org/")
KITA = offering(id="kita-2", title="Kita Regenbogen", phone="+49 30 23125 105", provider="AWO Köthen")
TITLES = "Krippe Spatzennest", "Kita Regenbogen"


def shown(channel: Channel, what: Showing) -> list[dict[str, Any]]:
    return [dict(one.content) for one in channel.render(what)]


@pytest.mark.parametrize("language", [*LANGUAGES, SIMPLE_GERMAN])
@pytest.mark.parametrize("name", ALL)
def test_whatever_is_shown_keeps_the_platforms_limits(
    channels: dict[str, Channel], meta: Loopback, twilios: Loopback, name: str, language: str
) -> None:
    replies = [
        showing(
            language, message("Das habe ich gefunden:", offerings=cards(language, KRIPPE, KITA), buttons=[MORE, PERSON])
        ),
        showing(language, message("x" * 5000, offerings=cards(language, *AWKWARD), buttons=[MORE])),
        showing(language, message("", offerings=cards(language, *AWKWARD * 6))),
        showing(language, message("Nur eines:", offerings=cards(language, AWKWARD[3]))),
        showing(language, message("Wo suchen Sie?"), asks_place=True),
        showing(language, message("Wo suchen Sie? " * 200), asks_place=True),
        showing(language, choice_of_language(language)),
        showing(language, message("", buttons=[MORE])),
        showing(
            language, message("Erstens."), message("Zweitens.\n\nMit Absatz."), message("Drittens.", buttons=[MORE])
        ),
    ]
    sent = 0
    for reply in replies:
        for content in shown(channels[name], reply):
            delivery = channels[name].send("whatsapp:+4915112345678" if name == "twilio" else "4915112345678", content)
            assert (delivery.state, delivery.reason) == ("sent", "")
            sent += 1
    # Nothing was refused and sent again more plainly.
    assert sent == len(meta.asked) + len(twilios.asked)


def test_whatsapp_shows_two_cards_as_text_and_a_list_below(channels: dict[str, Channel]) -> None:
    found = message("Das habe ich gefunden:", offerings=cards("de", KRIPPE, KITA), buttons=[MORE, PERSON])
    (sent,) = shown(channels["whatsapp"], showing("de", found))
    interactive = sent["interactive"]
    assert interactive["type"] == "list"
    body = interactive["body"]["text"]
    assert body.startswith("Das habe ich gefunden:\n\n*1. Krippe Spatzennest*\n0,4 km entfernt · jetzt geöffnet\n")
    assert "Anrufen: 030 23125 104" in body
    assert "Adresse: Lindenstraße 14, 06366 Köthen" in body
    assert "Website: https://krippe.example.org/" in body
    assert "*2. Kita Regenbogen*\nAWO Köthen" in body
    rows = interactive["action"]["sections"][0]["rows"]
    assert interactive["action"]["button"] == "Auswählen"
    assert [row["title"] for row in rows] == [
        "1. Krippe Spatzennest", "2. Kita Regenbogen", "Mehr anzeigen", "Mit einem Menschen…",
    ]  # fmt: skip
    assert rows[0]["id"] == '/ask_details{"offering": "krippe-1"}'
    assert rows[0]["description"] == "0,4 km entfernt · jetzt geöffnet · passt zum Alter"
    assert rows[3] == {"id": "/talk_to_person", "title": "Mit einem Menschen…", "description": PERSON["title"]}


def test_whatsapp_shows_up_to_three_short_choices_as_buttons(channels: dict[str, Channel]) -> None:
    buttons = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nein", "payload": "/deny"}]
    (sent,) = shown(channels["whatsapp"], showing("de", message("Einverstanden?", buttons=buttons)))
    assert sent["interactive"] == {
        "type": "button",
        "body": {"text": "Einverstanden?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "/affirm", "title": "Ja"}},
                {"type": "reply", "reply": {"id": "/deny", "title": "Nein"}},
            ]
        },
    }


def test_whatsapp_asks_for_the_location_where_a_place_is_asked_for(channels: dict[str, Channel]) -> None:
    (sent,) = shown(channels["whatsapp"], showing("tr", message("Nerede arıyorsunuz?"), asks_place=True))
    assert sent["interactive"] == {
        "type": "location_request_message",
        "body": {"text": "Nerede arıyorsunuz?"},
        "action": {"name": "send_location"},
    }


def test_paragraphs_are_one_message_since_platforms_keep_no_order(channels: dict[str, Channel]) -> None:
    for name, path in (("whatsapp", ("text", "body")), ("twilio", ("Body",)), ("messenger", ("message", "text"))):
        (sent,) = shown(channels[name], showing("de", message("Rufen Sie 112 an."), message("Sie sind nicht allein.")))
        text: Any = sent
        for key in path:
            text = text[key]
        assert text == "Rufen Sie 112 an.\n\nSie sind nicht allein."


def test_links_get_no_preview(channels: dict[str, Channel]) -> None:
    (sent,) = shown(channels["whatsapp"], showing("de", message("https://abi.example.org")))
    assert sent["text"]["preview_url"] is False


def test_twilio_shows_choices_as_numbers_that_go_on_after_the_cards(
    channels: dict[str, Channel], knowledge: Any
) -> None:
    found = message("Das habe ich gefunden:", offerings=cards("de", KRIPPE, KITA), buttons=[MORE, PERSON])
    (sent,) = shown(channels["twilio"], showing("de", found))
    assert sent["Body"].endswith(
        "Antworten Sie einfach mit der Zahl:\n1. Krippe Spatzennest\n2. Kita Regenbogen\n3. Mehr anzeigen\n"
        "4. Mit einem Menschen sprechen"
    )
    assert knowledge.channel_choices.of("c0nversati0n") == (
        '/ask_details{"offering": "krippe-1"}', '/ask_details{"offering": "kita-2"}', "/more_results", "/talk_to_person",
    )  # fmt: skip
    shown(channels["twilio"], showing("de", message("Wie alt ist Ihr Kind?")))
    assert knowledge.channel_choices.of("c0nversati0n") == ()


def test_twilio_says_that_a_location_can_be_sent(channels: dict[str, Channel]) -> None:
    (sent,) = shown(channels["twilio"], showing("en", message("Where?"), asks_place=True))
    assert sent["Body"] == "Where?\n\nYou can also send me your location."


def test_messenger_shows_cards_in_a_row_with_a_button_to_call(channels: dict[str, Channel]) -> None:
    found = message("Das habe ich gefunden:", offerings=cards("de", KRIPPE, KITA), buttons=[MORE])
    text, row, choices = (one["message"] for one in shown(channels["messenger"], showing("de", found)))
    assert text == {"text": "Das habe ich gefunden:"}
    first, second = row["attachment"]["payload"]["elements"]
    assert first["title"] == "Krippe Spatzennest"
    assert first["subtitle"].startswith("0,4 km entfernt · jetzt geöffnet · ")
    assert first["buttons"] == [
        {"type": "phone_number", "title": "Anrufen", "payload": "+493023125104"},
        {"type": "web_url", "title": "Website", "url": "https://krippe.example.org/"},
        {"type": "postback", "title": "Mehr dazu", "payload": '/ask_details{"offering": "krippe-1"}'},
    ]
    assert second["buttons"][1]["title"] == "Auf der Karte"
    assert choices["text"] == "Bitte wählen Sie:"
    assert choices["quick_replies"] == [{"content_type": "text", "title": "Mehr anzeigen", "payload": "/more_results"}]


def test_messenger_shows_cards_as_text_where_one_has_no_button_to_reach_its_people(
    channels: dict[str, Channel],
) -> None:
    found = message("Gefunden:", offerings=cards("de", KRIPPE, AWKWARD[2]))
    (sent,) = shown(channels["messenger"], showing("de", found))
    assert (
        "Diese Menschen helfen Ihnen gern weiter: Bündnis Anhalt-Bitterfeld, 030 23125 110" in sent["message"]["text"]
    )
    assert [one["title"] for one in sent["message"]["quick_replies"]] == ["1. Krippe…", "2. Krippe…"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("several", [True, False])
def test_no_card_is_without_a_way_to_its_people(channels: dict[str, Channel], name: str, several: bool) -> None:
    for awkward in AWKWARD:
        found = message("", offerings=cards("ro", awkward, *([KRIPPE] if several else [])))
        told = str(shown(channels[name], showing("ro", found)))
        ways = {"short-number": "116 016", "nobody": "030 23125 110"}
        reached = ways.get(awkward.id, "030 23125 104")
        assert reached in told or (name == "messenger" and international(reached) in told), awkward.id


@pytest.mark.parametrize("name", ["whatsapp", "twilio"])
def test_a_card_alone_tells_everything(channels: dict[str, Channel], name: str) -> None:
    told = str(shown(channels[name], showing("de", message("", offerings=cards("de", KRIPPE)))))
    for part in (
        "Alter: ",
        "Zeiten: Mo–Fr 6.30–17.00",
        "Kosten: kostenlos",
        "Sprachen: Deutsch, Türkisch",
        "Zuletzt geprüft am",
    ):
        assert part in told
    assert "Seite dieses Angebots: https://familie.example.org/offerings/krippe-1?lang=de" in told


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("name", ["whatsapp", "twilio"])
def test_lines_run_from_the_right_and_numbers_do_not_turn_round(
    channels: dict[str, Channel], name: str, language: str
) -> None:
    found = message("وجدت هذا:", offerings=cards(language, KRIPPE, KITA))
    (sent,) = shown(channels[name], showing(language, found))
    text = sent["Body"] if name == "twilio" else sent["interactive"]["body"]["text"]
    lines = [line for line in text.split("\n") if line]
    assert [line for line in lines if not line.startswith("\u200f")] == []
    assert "\u2066030 23125 104\u2069" in text
    assert re.search("\\*\u20681\\. Krippe Spatzennest\u2069\\*", text)


def test_an_asterisk_in_a_title_does_not_end_its_bold(channels: dict[str, Channel]) -> None:
    (sent,) = shown(channels["whatsapp"], showing("de", message("", offerings=cards("de", AWKWARD[0]))))
    first = sent["text"]["body"].split("\n")[0]
    assert first.count("*") == 2
    assert first.startswith("*∗Offene∗ Sprechstunde")


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("030 23125 104", "+493023125104"), ("+49 (0)3496 12 34 56", "+493496123456"), ("0049 3496 123456", "+493496123456"),
        ("116 016", None), ("110", None), (None, None), ("nach Vereinbarung", None), ("0800 111 0 550", "+498001110550"),
    ],
)  # fmt: skip
def test_a_button_to_call_dials_from_everywhere(phone: str | None, dialled: str | None) -> None:
    assert international(phone) == dialled
