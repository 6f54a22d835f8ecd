"""The webhook takes what the platform itself delivers, once, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge import Knowledge
from tests.telegram import SECRET
from tests.unit.widget.channels.conftest import KEY, update
from widget.channels.taking import conversation_of, read_payload
from widget.channels.telegram import open_telegram

# Strategies hand over bodies; the application is made once for all of them.
ONE_APP = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def taken(knowledge: Knowledge) -> int:
    return knowledge.channel_updates.waiting().get("telegram", 0)


def test_what_telegram_delivers_is_acknowledged_at_once_and_kept_for_answering(
    deliver: Any, store_knowledge: Knowledge, echo: Any
) -> None:
    assert deliver(update(1, "Krippe in Köthen")) == 200
    assert echo.asked == []
    held = store_knowledge.channel_updates.claim(["telegram"])
    assert held
    assert (held.update_id, held.user) == ("1", conversation_of(KEY, "telegram", "4711"))
    assert read_payload(held.payload).text == "Krippe in Köthen"


def test_the_conversation_is_named_by_the_servers_secret_and_not_by_the_user() -> None:
    one = conversation_of(KEY, "telegram", "4711")
    assert "4711" not in one
    assert len(one) == 40
    others = [(KEY, "telegram", "4712"), (KEY, "whatsapp", "4711"), ("other" * 8, "telegram", "4711")]
    assert len({one, *(conversation_of(*other) for other in others)}) == 4
    assert one == conversation_of(KEY, "telegram", "4711")


def test_a_delivery_that_comes_again_is_taken_once(deliver: Any, store_knowledge: Knowledge) -> None:
    assert [deliver(update(1, "Krippe")) for _ in range(5)] == [200] * 5
    assert taken(store_knowledge) == 1


def test_what_is_older_than_deliveries_are_remembered_is_acknowledged_and_left_out(
    deliver: Any, store_knowledge: Knowledge
) -> None:
    assert deliver(update(1, "Krippe", date=1_600_000_000)) == 200
    assert taken(store_knowledge) == 0


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.swapcase(), "é" * 20])
def test_without_the_secret_nothing_is_taken(deliver: Any, store_knowledge: Knowledge, secret: str | None) -> None:
    assert deliver(update(1, "Krippe"), secret=secret) == 403
    assert taken(store_knowledge) == 0


def test_without_a_secret_of_our_own_nothing_can_be_delivered(deliver: Any, channel_app: Any, reception: Any) -> None:
    polled = open_telegram(
        {"LOTSE_TELEGRAM_TOKEN": "123456789:" + "A" * 35, "LOTSE_TELEGRAM_POLL": "yes"}, reception.knowledge
    )
    reception.channels["telegram"] = polled
    assert deliver(update(1, "Krippe"), secret="") == 403
    assert deliver(update(1, "Krippe"), secret=None) == 403
    assert deliver(update(1, "Krippe"), secret="None") == 403


@pytest.mark.parametrize("path", ["/channels/whatsapp/webhook", "/channels/x/webhook"])
def test_a_channel_that_is_off_has_no_address(deliver: Any, path: str) -> None:
    assert deliver(update(1, "Krippe"), path=path) == 404


def test_telegram_has_no_handshake(channel_app: Any) -> None:
    answer = channel_app.test_client().get("/channels/telegram/webhook?hub.challenge=1")
    assert (answer.status_code, answer.content_type) == (403, "application/problem+json")


def test_a_delivery_of_more_than_four_megabytes_is_refused(deliver: Any) -> None:
    assert deliver(b" " * (4 * 1024 * 1024 + 1)) == 413


def test_many_deliveries_from_one_address_are_no_flood(deliver: Any, store_knowledge: Knowledge) -> None:
    assert {deliver(update(number, "Krippe")) for number in range(20)} == {200}
    assert taken(store_knowledge) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@ONE_APP
@given(secret=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60), body=st.binary(max_size=200))
def test_forged_deliveries_are_never_taken(deliver: Any, store_knowledge: Knowledge, secret: str, body: bytes) -> None:
    if secret.strip() != SECRET:
        assert deliver(body, secret=secret) == 403
    assert taken(store_knowledge) == 0


@ONE_APP
@given(cut=st.integers(min_value=0, max_value=len(json.dumps(update(1, "Krippe"))) - 1))
def test_truncated_deliveries_are_refused(deliver: Any, store_knowledge: Knowledge, cut: int) -> None:
    assert deliver(json.dumps(update(1, "Krippe")).encode()[:cut]) == 400
    assert taken(store_knowledge) == 0


@ONE_APP
@given(at=st.integers(min_value=0, max_value=200), junk=st.binary(min_size=1, max_size=5))
def test_deliveries_with_junk_in_them_are_no_server_errors(deliver: Any, at: int, junk: bytes) -> None:
    body = json.dumps(update(1, "Krippe")).encode()
    assert deliver(body[:at] + junk + body[at + len(junk) :]) in {200, 400}


@ONE_APP
@given(
    value=JSON,
    path=st.sampled_from(["update_id", "message", "date", "chat", "from", "text", "location", "photo", "id", "type"]),
)
@example(value=10**30, path="date")
@example(value=10**30, path="update_id")
@example(value=-(2**63), path="id")
@example(value="\ud800", path="text")
@example(value="\x00", path="text")
def test_mutated_deliveries_are_no_server_errors(deliver: Any, value: Any, path: str) -> None:
    mutated = update(1, "Krippe")
    for part in (mutated, mutated["message"], mutated["message"]["chat"], mutated["message"]["from"]):
        if path in part or path in {"location", "photo"}:
            part[path] = value
            break
    assert deliver(json.dumps(mutated).encode()) in {200, 400}
