"""Only what the platform itself signed comes in, and only Meta learns that an address is ours."""

import hashlib
import hmac

import pytest
from flask.testing import FlaskClient

from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import (
    SITE,
    as_form,
    by_meta,
    by_twilio,
    messenger_delivery,
    messenger_text,
    twilio_form,
    whatsapp_delivery,
    whatsapp_text,
)
from tests.unit.widget.channels.whatsapp_and_messenger.graph_platform import VERIFY_TOKEN
from widget.channels.meta import challenge, is_signed
from widget.channels.twilio import signature
from widget.channels.twilio.signature import signature_of

DELIVERIES = {
    "whatsapp": (whatsapp_delivery([whatsapp_text("Krippe")]), by_meta),
    "messenger": (messenger_delivery([messenger_text("Krippe")]), by_meta),
    "twilio": (as_form(twilio_form(Body="Krippe")), by_twilio),
}
BODY = b'{"object": "page"}'
SIGNED = "sha256=" + hmac.new(b"secret", BODY, hashlib.sha256).hexdigest()


def test_metas_signature_is_that_of_the_raw_body() -> None:
    assert is_signed(BODY, SIGNED, "secret")
    assert not is_signed(BODY + b" ", SIGNED, "secret")
    assert not is_signed(BODY, SIGNED, "another")
    assert not is_signed(BODY, SIGNED.upper(), "secret")
    assert not is_signed(BODY, None, "secret")
    assert not is_signed(BODY, "", "secret")
    assert not is_signed(BODY, "sha256=ü", "secret")


def test_without_a_secret_nothing_is_signed() -> None:
    empty = "sha256=" + hmac.new(b"", BODY, hashlib.sha256).hexdigest()
    assert not is_signed(BODY, empty, "")
    url, body = f"{SITE}/channels/twilio/webhook", b"Body=x"
    assert not signature.is_signed(url, body, signature_of(url, [("Body", "x")], ""), "")


def test_twilios_signature_is_that_of_its_documentation() -> None:
    fields = [
        ("To", "+18005551212"), ("From", "+12349013030"), ("CallSid", "CA1234567890ABCDE"), ("Caller", "+12349013030"),
        ("Digits", "1234"),
    ]  # fmt: skip
    assert (
        signature_of("https://mycompany.com/myapp.php?foo=1&bar=2", fields, "12345") == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
    )


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"hub.mode": "subscribe", "hub.verify_token": "word", "hub.challenge": "1158201444"}, "1158201444"),
        ({"hub.mode": "subscribe", "hub.verify_token": "wörd", "hub.challenge": "1158201444"}, None),
        ({"hub.mode": "unsubscribe", "hub.verify_token": "word", "hub.challenge": "1"}, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "word", "hub.challenge": "<script>"}, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "word"}, None),
        ({}, None),
    ],
)
def test_only_who_knows_our_word_gets_the_number_back(query: dict[str, str], answer: str | None) -> None:
    assert challenge(query, "word") == answer
    assert challenge(query, "") is None


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_meta_proves_the_address(client: FlaskClient, name: str) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}
    proven = client.get(f"/channels/{name}/webhook", query_string=query)
    assert (proven.status_code, proven.text, proven.mimetype) == (200, "1158201444", "text/plain")
    wrong = client.get(f"/channels/{name}/webhook", query_string={**query, "hub.verify_token": "guessed"})
    assert wrong.status_code == 403


def test_twilio_asks_nothing(client: FlaskClient) -> None:
    assert client.get("/channels/twilio/webhook").status_code == 403


@pytest.mark.parametrize("name", DELIVERIES)
def test_what_is_signed_comes_in_and_all_else_does_not(client: FlaskClient, name: str) -> None:
    body, sign = DELIVERIES[name]
    headers = sign(body)
    unsigned = {"Content-Type": headers["Content-Type"]}
    address = f"/channels/{name}/webhook"
    assert client.post(address, data=body, headers=unsigned).status_code == 403
    assert client.post(address, data=body + b"&x=1", headers=headers).status_code == 403
    assert client.post(f"{address}?x=1", data=body, headers=headers).status_code == (403 if name == "twilio" else 200)
    assert client.post(address, data=body, headers=headers).status_code == 200


@pytest.mark.parametrize(("name", "other"), [("whatsapp", "messenger"), ("messenger", "whatsapp")])
def test_what_was_signed_for_one_channel_says_nothing_in_another(client: FlaskClient, name: str, other: str) -> None:
    body, sign = DELIVERIES[name]
    assert client.post(f"/channels/{other}/webhook", data=body, headers=sign(body)).status_code == 200
    knowledge = client.application.extensions["gateway"].knowledge
    assert knowledge.channel_updates.waiting() == {}


def test_twilio_gets_empty_twiml(client: FlaskClient) -> None:
    body, sign = DELIVERIES["twilio"]
    answered = client.post("/channels/twilio/webhook", data=body, headers=sign(body))
    assert (answered.mimetype, answered.text) == ("text/xml", '<?xml version="1.0" encoding="UTF-8"?><Response/>')
