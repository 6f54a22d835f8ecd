"""What the platforms deliver becomes what a parent did."""

import json
from datetime import UTC, datetime

import pytest

from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import (
    MESSENGER_KINDS,
    NOW,
    PARENT,
    PSID,
    TWILIO_KINDS,
    WHATSAPP_KINDS,
    as_form,
    failed,
    messenger_delivery,
    messenger_text,
    twilio_form,
    whatsapp_batch,
    whatsapp_delivery,
    whatsapp_text,
    whatsapp_value,
)
from tests.unit.widget.channels.whatsapp_and_messenger.graph_platform import PHONE_ID
from tests.unit.widget.channels.whatsapp_and_messenger.twilio_platform import NUMBER, SID
from widget.channels.channel import UnreadableUpdateError
from widget.channels.messenger.reading import read_events
from widget.channels.twilio.reading import choice_meant, read_failure, read_form, read_message
from widget.channels.whatsapp.reading import read_failures, read_messages

WHATSAPP_MEANS = {
    "text": ("text", "Krippe in Köthen"),
    "button reply": ("button", "/more_results"),
    "list reply": ("button", '/ask_details{"offering": "krippe-1"}'),
    "template button": ("text", "Ja, gern"),
    "location": ("location", "51.752,11.971"),
    "voice": ("unreadable", "voice"),
    "picture": ("unreadable", "picture"),
    "video": ("unreadable", "picture"),
    "document": ("unreadable", "picture"),
    "sticker": ("unreadable", "picture"),
    "contacts": ("unreadable", "other"),
    "order": ("unreadable", "other"),
    "reaction": None,
    "system": None,
    "welcome": ("button", "/start"),
    "unsupported": ("unreadable", "other"),
}
MESSENGER_MEANS = {
    "text": ("text", "Krippe in Köthen", None),
    "quick reply": ("button", "/more_results", None),
    "postback": ("button", '/ask_details{"offering": "krippe-1"}', None),
    "get started": ("button", "/start", None),
    "get started by link": ("button", "/start abi", None),
    "link": ("button", "/start abi", None),
    "menu": ("button", "/help", "tr"),
    "voice": ("unreadable", "voice", None),
    "picture": ("unreadable", "picture", None),
    "file": ("unreadable", "picture", None),
    "fallback": ("unreadable", "other", None),
    "echo": None,
    "deleted": None,
    "delivered": None,
    "read": None,
    "reaction": None,
}
TWILIO_MEANS = {
    "text": ("text", "Krippe in Köthen"),
    "button": ("button", "/more_results"),
    "location": ("location", "51.752,11.971"),
    "voice": ("unreadable", "voice"),
    "picture": ("unreadable", "picture"),
    "empty": ("unreadable", "other"),
    "of another account": None,
    "to another number": None,
    "status": None,
    "failed": None,
}


@pytest.mark.parametrize("kind", WHATSAPP_KINDS)
def test_each_kind_of_whatsapp_is_understood(kind: str) -> None:
    read = read_messages(whatsapp_delivery([WHATSAPP_KINDS[kind]]), phone_id=PHONE_ID)
    assert [(one.kind, one.text) for one in read] == ([WHATSAPP_MEANS[kind]] if WHATSAPP_MEANS[kind] else [])


@pytest.mark.parametrize("kind", MESSENGER_KINDS)
def test_each_kind_of_messenger_is_understood(kind: str) -> None:
    read = read_events(messenger_delivery([MESSENGER_KINDS[kind]]))
    meant = MESSENGER_MEANS[kind]
    assert [(one.kind, one.text, one.language) for one in read] == ([meant] if meant else [])


@pytest.mark.parametrize("kind", TWILIO_KINDS)
def test_each_kind_of_twilio_is_understood(kind: str) -> None:
    read = read_message(read_form(as_form(TWILIO_KINDS[kind])), account=SID, number=NUMBER)
    assert (read and (read.kind, read.text)) == TWILIO_MEANS[kind]


def test_a_message_has_its_id_its_sender_and_its_time() -> None:
    (read,) = read_messages(whatsapp_delivery([whatsapp_text("Krippe", 3)]), phone_id=PHONE_ID)
    assert (read.user, read.sent_at) == (PARENT, datetime.fromtimestamp(NOW + 3, UTC))
    assert read.update_id == read.handle == "wamid.HBgNNDkxNTExMjM0NTY3OBUCABIYFDNB0003"
    (event,) = read_events(messenger_delivery([messenger_text("Krippe", 3)]))
    assert (event.update_id, event.user, event.sent_at) == ("m_0003", PSID, datetime.fromtimestamp(NOW + 3, UTC))


def test_all_messages_of_all_entries_and_changes_are_read_in_order() -> None:
    texts = [whatsapp_text(str(n), n) for n in range(6)]
    batch = whatsapp_batch(
        [whatsapp_value(texts[:2]), whatsapp_value(statuses=[failed(131026)]), whatsapp_value(texts[2:3])],
        [whatsapp_value(texts[3:])],
    )
    assert [one.text for one in read_messages(batch, phone_id=PHONE_ID)] == ["0", "1", "2", "3", "4", "5"]
    events = messenger_delivery([messenger_text("0", 0), messenger_text("1", 1)], [messenger_text("2", 2)])
    assert [one.text for one in read_events(events)] == ["0", "1", "2"]


def test_what_came_to_another_number_of_the_app_is_not_ours() -> None:
    batch = whatsapp_batch([whatsapp_value([whatsapp_text("Krippe")], phone_id="999999")])
    assert read_messages(batch, phone_id=PHONE_ID) == []


def test_who_goes_by_a_user_name_is_known_by_an_id() -> None:
    message = {**whatsapp_text("Krippe"), "from_user_id": "DE.13491208655302741918"}
    del message["from"]
    (read,) = read_messages(whatsapp_delivery([message]), phone_id=PHONE_ID)
    assert read.user == "DE.13491208655302741918"


def test_only_messages_that_failed_are_failures() -> None:
    statuses = [failed(131047), {**failed(1), "status": "read"}, {"status": "failed"}]
    assert read_failures(whatsapp_delivery(statuses=statuses), phone_id=PHONE_ID) == [131047, 0]
    assert read_failure(TWILIO_KINDS["failed"]) == 63016
    assert read_failure(TWILIO_KINDS["status"]) is None


def test_a_location_beyond_the_earth_is_none() -> None:
    message = {**WHATSAPP_KINDS["location"], "location": {"latitude": 91, "longitude": "x"}}
    (read,) = read_messages(whatsapp_delivery([message]), phone_id=PHONE_ID)
    assert (read.kind, read.text) == ("unreadable", "other")


def test_an_event_without_id_gets_the_same_one_each_time() -> None:
    event = {**MESSENGER_KINDS["link"]}
    first, again = (read_events(messenger_delivery([event]))[0].update_id for _ in range(2))
    assert first == again
    assert PSID not in first


def test_an_id_longer_than_the_store_takes_is_shortened_and_stays_its_own() -> None:
    ids = {
        read_events(messenger_delivery([messenger_text("x", mid="m" * 300 + end)]))[0].update_id for end in ("a", "b")
    }
    assert len(ids) == 2
    assert all(len(one) <= 200 for one in ids)


def test_what_no_database_takes_is_left_out_of_words() -> None:
    (read,) = read_messages(whatsapp_delivery([whatsapp_text("Kri\0ppe\ud800")]), phone_id=PHONE_ID)
    assert read.text == "Krippe"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'"x"', b"\xff", b"[" * 100_000, b'{"entry": {}}'])
def test_what_is_not_in_metas_form_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableUpdateError):
        read_messages(body, phone_id=PHONE_ID)
    with pytest.raises(UnreadableUpdateError):
        read_events(body)


def test_holes_in_a_batch_cost_only_themselves() -> None:
    batch = json.loads(whatsapp_delivery([whatsapp_text("Krippe")]))
    batch["entry"] += [None, {"changes": [None, {"field": "messages", "value": 3}, {"field": "account_update"}]}]
    batch["entry"][0]["changes"][0]["value"]["messages"] += [None, {"type": "text"}, {"id": 3, "from": "x"}]
    assert [one.text for one in read_messages(json.dumps(batch).encode(), phone_id=PHONE_ID)] == ["Krippe"]


@pytest.mark.parametrize("body", [b"", b"no form", b"a=1&a=2", b"a=%ff", "ä=1".encode(), b"&".join([b"a=1"] * 300)])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableUpdateError):
        read_form(body)


def test_a_message_of_twilio_without_its_exact_ids_is_not_read() -> None:
    for wrong in ({"MessageSid": "SM1NumMedia0"}, {"From": "whatsapp:+49"}, {"From": "+4915112345678"}):
        assert read_message(twilio_form(Body="x", **wrong), account=SID, number=NUMBER) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("2", "/b"), (" 2. ", "/b"), ("٢", "/b"), ("۱", "/a"), ("3", None), ("0", None), ("2 Kinder", None)],
)
def test_a_number_is_the_choice_that_stands_beside_it(text: str, meant: str | None) -> None:
    assert choice_meant(text, ["/a", "/b"]) == meant
