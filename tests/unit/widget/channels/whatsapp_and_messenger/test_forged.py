"""Forged, changed, cut, stale and repeated deliveries: none is accepted, and none is a server error."""

import base64
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.unit.widget.channels.whatsapp_and_messenger.deliveries import (
    MESSENGER_KINDS,
    TWILIO_KINDS,
    WHATSAPP_KINDS,
    as_form,
    by_meta,
    by_twilio,
    messenger_delivery,
    twilio_form,
    whatsapp_delivery,
    whatsapp_text,
)

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
DELIVERIES = {
    "whatsapp": [whatsapp_delivery([one]) for one in WHATSAPP_KINDS.values()],
    "messenger": [messenger_delivery([one]) for one in MESSENGER_KINDS.values()],
    "twilio": [as_form(one) for one in TWILIO_KINDS.values()],
}
SIGN = {"whatsapp": by_meta, "messenger": by_meta, "twilio": by_twilio}
ALL = list(DELIVERIES)
# HTTP takes no others in a header.
IN_HEADERS = st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "S", "Zs"]), max_size=120)


def refused(client: FlaskClient, name: str, body: bytes, headers: dict[str, str]) -> bool:
    """Post a delivery that must not come in, and return whether it was refused without a trace."""
    answered = client.post(f"/channels/{name}/webhook", data=body, headers=headers)
    knowledge: SimpleNamespace = client.application.extensions["gateway"].knowledge
    return answered.status_code in {400, 403, 413} and knowledge.channel_updates.waiting() == {}


@pytest.mark.parametrize("name", ALL)
@SHARED
@given(data=st.data())
def test_no_guessed_signature_is_accepted(client: FlaskClient, name: str, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(DELIVERIES[name]) | st.binary(max_size=200))
    header = next(key for key in SIGN[name](body) if key.startswith("X-"))
    digest = data.draw(st.binary(min_size=20, max_size=32))
    guess = data.draw(
        st.sampled_from(["", "sha256=", f"sha256={digest.hex()}", base64.b64encode(digest).decode(), "sha1=0"])
        | IN_HEADERS
    )
    assume(guess != SIGN[name](body)[header])
    assert refused(client, name, body, {**SIGN[name](body), header: guess})


@pytest.mark.parametrize("name", ALL)
@SHARED
@given(data=st.data())
def test_no_changed_body_is_accepted(client: FlaskClient, name: str, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(DELIVERIES[name]))
    place = data.draw(st.integers(0, len(body) - 1))
    change = data.draw(st.sampled_from(["replace", "insert", "cut", "drop"]))
    byte = data.draw(st.binary(min_size=1, max_size=3))
    changed = {
        "replace": body[:place] + byte + body[place + len(byte) :],
        "insert": body[:place] + byte + body[place:],
        "cut": body[:place],
        "drop": body[:place] + body[place + 1 :],
    }[change]
    if name == "twilio":  # the same fields, written otherwise, are the same delivery
        assume(SIGN[name](changed) != SIGN[name](body))
    else:
        assume(changed != body)
    assert refused(client, name, changed, SIGN[name](body))


@pytest.mark.parametrize("name", ALL)
@SHARED
@given(body=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_even_what_is_signed_and_makes_no_sense_is_no_server_error(client: FlaskClient, name: str, body: bytes) -> None:
    assert client.post(f"/channels/{name}/webhook", data=body, headers=SIGN[name](body)).status_code < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "from", "type", "text", "body", "interactive", "location", "timestamp", "message", "mid", "sender", "postback",
         "attachments", "statuses", "errors", "metadata", "payload", "referral"]
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@SHARED
@given(value=JSON)
def test_objects_of_another_shape_are_no_server_error(client: FlaskClient, value: object) -> None:
    import json

    whatsapp = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    in_place = json.loads(whatsapp_delivery([whatsapp_text("x")]))
    in_place["entry"][0]["changes"][0]["value"]["messages"] = [value, {**whatsapp_text("x"), "text": value}]
    page = {"object": "page", "entry": [{"messaging": [value, {"sender": {"id": "12345678"}, "message": value}]}]}
    for name, content in (("whatsapp", whatsapp), ("whatsapp", in_place), ("messenger", page)):
        body = json.dumps(content).encode()
        assert client.post(f"/channels/{name}/webhook", data=body, headers=by_meta(body)).status_code < 500


def test_fields_cut_anew_under_the_same_signature_bring_no_second_message(client: FlaskClient) -> None:
    form = twilio_form(Body="Krippe in Köthen")
    signed = by_twilio(as_form(form))
    knowledge: SimpleNamespace = client.application.extensions["gateway"].knowledge
    assert client.post("/channels/twilio/webhook", data=as_form(form), headers=signed).status_code == 200
    # "MessageSid" + "SM…1" + "MessageType" + "text" is signed as one run of letters.
    sid, kind = form.pop("MessageSid"), form.pop("MessageType")
    again = as_form({**form, "MessageSid": f"{sid}MessageType{kind}"})
    assert by_twilio(again) == signed
    assert client.post("/channels/twilio/webhook", data=again, headers=signed).status_code == 200
    assert knowledge.channel_updates.waiting() == {"twilio": 1}


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_a_delivery_of_last_year_is_not_answered(client: FlaskClient, name: str) -> None:
    old = "1735689600"
    body = (
        whatsapp_delivery([{**whatsapp_text("Krippe"), "timestamp": old}])
        if name == "whatsapp"
        else messenger_delivery([{**MESSENGER_KINDS["text"], "timestamp": int(old) * 1000}])
    )
    assert client.post(f"/channels/{name}/webhook", data=body, headers=by_meta(body)).status_code == 200
    assert client.application.extensions["gateway"].knowledge.channel_updates.waiting() == {}


@pytest.mark.parametrize("name", ALL)
def test_a_delivery_too_large_to_be_one_is_not_read(client: FlaskClient, name: str) -> None:
    body = b"x" * (5 * 1024 * 1024)
    assert refused(client, name, body, SIGN[name](b"Body=x"))
