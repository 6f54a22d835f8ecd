"""What becomes of a message: sent, later, never, or to nobody any more, as the platform's answer says."""

from typing import Any

import pytest

from tests.unit.widget.channels.whatsapp_and_messenger import graph_platform, twilio_platform
from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import PARENT, PSID
from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Answer, Loopback
from widget.channels.channel import Channel, Delivery, Incoming
from widget.channels.graph import Graph, GraphError

TEXT = {"type": "text", "text": {"body": "Krippe"}}
LATER = {1: None, 2: None, 131000: None, 131016: None, 131056: 10.0}
ALL_LATER = {4: 60.0, 613: 60.0, 80007: 60.0, 130429: 60.0, 131048: 3600.0}
TO_MEND = (190, 0, 10, 200, 368, 131031, 131042, 133010)
GONE = (131026, 131021, 551)
NEVER = (131047, 131049, 132001, 130472)


def of_meta(code: int, **more: Any) -> Answer:
    return graph_platform.error(code, **more)


@pytest.mark.parametrize("code", [*LATER, *ALL_LATER, *TO_MEND, *GONE, *NEVER])
def test_each_error_of_meta_has_its_meaning(channels: dict[str, Channel], meta: Loopback, code: int) -> None:
    meta.next_answers.append(of_meta(code))
    delivery = channels["whatsapp"].send(PARENT, TEXT)
    if code in LATER:
        expected: tuple[Any, ...] = ("later", LATER[code], False)
    elif code in ALL_LATER:
        expected = ("later", ALL_LATER[code], True)
    elif code in TO_MEND:
        expected = ("later", 900.0, True)
    else:
        expected = ("gone" if code in GONE else "never", None, False)
    assert (delivery.state, delivery.retry_after_s, delivery.everyone) == expected
    assert delivery.reason == f"error {code}"


def test_messengers_closed_window_and_lost_users_are_told_by_the_subcode(
    channels: dict[str, Channel], meta: Loopback
) -> None:
    content = {"messaging_type": "RESPONSE", "message": {"text": "Krippe"}}
    meta.next_answers += [of_meta(10, subcode=2018278), of_meta(100, subcode=2018001), of_meta(10)]
    states = [channels["messenger"].send(PSID, content).state for _ in range(3)]
    assert states == ["never", "gone", "later"]


def test_how_long_a_platform_wants_to_be_left_alone_is_kept(
    channels: dict[str, Channel], meta: Loopback, twilios: Loopback
) -> None:
    rest = {"Retry-After": "17"}
    meta.next_answers.append(Answer(content={"error": {"code": 130429}}, status=429, headers=rest))
    assert channels["whatsapp"].send(PARENT, TEXT).retry_after_s == 17.0
    twilios.next_answers.append(twilio_platform.error(20429, status=429, headers=rest))
    delivery = channels["twilio"].send(f"whatsapp:+{PARENT}", {"Body": "Krippe"})
    assert (delivery.state, delivery.retry_after_s, delivery.everyone) == ("later", 17.0, True)


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        (20003, 401, ("later", 900.0, True)), (63007, 400, ("later", 900.0, True)), (20429, 429, ("later", 30.0, True)),
        (63018, 400, ("later", 30.0, True)), (63016, 400, ("never", None, False)), (21617, 400, ("never", None, False)),
        (63003, 400, ("gone", None, False)), (21610, 400, ("gone", None, False)), (20500, 500, ("later", None, False)),
    ],
)  # fmt: skip
def test_each_error_of_twilio_has_its_meaning(
    channels: dict[str, Channel], twilios: Loopback, code: int, status: int, expected: tuple[Any, ...]
) -> None:
    twilios.next_answers.append(twilio_platform.error(code, status=status))
    delivery = channels["twilio"].send(f"whatsapp:+{PARENT}", {"Body": "Krippe"})
    assert (delivery.state, delivery.retry_after_s, delivery.everyone) == expected


@pytest.mark.parametrize("answer", [
    Answer(content=b"<html>Bad gateway</html>", status=502), Answer(content=b"", status=503), Answer(content=b"no JSON"),
    Answer(content=[1], status=200), Answer(content={"error": "text"}, status=500),
])  # fmt: skip
@pytest.mark.parametrize("name", ["whatsapp", "messenger", "twilio"])
def test_an_answer_that_is_none_is_a_fault_or_a_refusal_and_never_raises(
    channels: dict[str, Channel], meta: Loopback, twilios: Loopback, name: str, answer: Answer
) -> None:
    (twilios if name == "twilio" else meta).next_answers.append(answer)
    delivery = channels[name].send(PARENT, {"Body": "x"} if name == "twilio" else TEXT)
    assert delivery.state == ("later" if answer.status >= 500 else "never")


def test_where_nobody_answers_it_is_tried_again_and_the_address_is_told_to_nobody() -> None:
    unreachable = Graph("EAAtoken", "http://127.0.0.1:9")
    with pytest.raises(GraphError) as raised:
        unreachable.post("106540352242922/messages", TEXT)
    assert str(raised.value) == "status None"
    assert raised.value.__cause__ is None


def test_a_slow_platform_is_not_waited_for_without_end(meta: Loopback) -> None:
    import httpx

    hasty = Graph(graph_platform.TOKEN, f"{meta.url}/v23.0", httpx.Client(timeout=0.05))
    meta.next_answers.append(Answer(content={}, after_s=0.4))
    with pytest.raises(GraphError, match="status None"):
        hasty.get("me")


def test_a_form_that_is_refused_is_sent_again_as_plain_text(channels: dict[str, Channel], meta: Loopback) -> None:
    listed = {"type": "interactive", "interactive": {"type": "list"}, "plain": "Bitte wählen Sie:\n• Mehr anzeigen"}
    meta.next_answers.append(of_meta(131009))
    assert channels["whatsapp"].send(PARENT, listed) == Delivery(state="sent")
    assert [one["type"] for one in meta.contents("/messages")] == ["interactive", "text"]
    assert meta.contents("/messages")[1]["text"]["body"] == listed["plain"]
    meta.next_answers.append(of_meta(100))
    row = {"messaging_type": "RESPONSE", "message": {"attachment": {}}, "plain": {"text": "1. Krippe"}}
    assert channels["messenger"].send(PSID, row) == Delivery(state="sent")
    assert meta.contents("me/messages")[1] == {
        "recipient": {"id": PSID}, "messaging_type": "RESPONSE", "message": {"text": "1. Krippe"},
    }  # fmt: skip


def test_plain_text_that_is_refused_is_not_sent_for_ever(channels: dict[str, Channel], meta: Loopback) -> None:
    meta.next_answers += [of_meta(131009), of_meta(131009)]
    listed = {"type": "interactive", "interactive": {}, "plain": "x"}
    assert channels["whatsapp"].send(PARENT, listed).state == "never"
    assert len(meta.asked) == 2


def test_a_user_without_telephone_number_is_written_to_by_id(channels: dict[str, Channel], meta: Loopback) -> None:
    assert channels["whatsapp"].send("DE.13491208655302741918", TEXT).state == "sent"
    (sent,) = meta.contents("/messages")
    assert (sent["recipient"], "to" in sent) == ("DE.13491208655302741918", False)


def test_a_message_is_marked_as_read_and_then_dots_are_shown(channels: dict[str, Channel], meta: Loopback) -> None:
    incoming = Incoming(update_id="wamid.1", user=PARENT, kind="text", text="Krippe", handle="wamid.1")
    channels["whatsapp"].acknowledge(incoming)
    channels["whatsapp"].show_typing(incoming)
    seen = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert meta.contents("/messages") == [seen, {**seen, "typing_indicator": {"type": "text"}}]
    channels["messenger"].show_typing(incoming)
    assert meta.contents("me/messages") == [{"recipient": {"id": PARENT}, "sender_action": "typing_on"}]


def test_signs_that_fail_matter_to_nobody(channels: dict[str, Channel], meta: Loopback) -> None:
    meta.next_answers += [of_meta(190), of_meta(190)]
    incoming = Incoming(update_id="1", user=PARENT, kind="text", handle="1")
    channels["whatsapp"].show_typing(incoming)
    channels["messenger"].show_typing(incoming)


def test_tokens_are_shown_to_nobody(channels: dict[str, Channel]) -> None:
    for channel in channels.values():
        shown = repr(channel)
        for secret in (graph_platform.TOKEN, graph_platform.APP_SECRET, twilio_platform.AUTH_TOKEN):
            assert secret not in shown
