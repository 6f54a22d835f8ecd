"""What the platforms deliver, in the shape of their documentation's examples, and signed as they sign."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from tests.unit.widget.channels.whatsapp_and_messenger.graph_platform import APP_SECRET, PAGE_ID, PHONE_ID, WABA_ID
from tests.unit.widget.channels.whatsapp_and_messenger.twilio_platform import AUTH_TOKEN, NUMBER, SID
from widget.channels.twilio.signature import form_fields, signature_of

SITE = "https://familie.example.org"
PARENT, PSID = "4915112345678", "1254459154682919"
NOW = 1_795_374_000  # 2026-11-22

# --- WhatsApp by Meta ---


def whatsapp_message(kind: str, number: int = 1, **content: Any) -> dict[str, Any]:
    """Return one message of a user; `content` is what stands under the name of its kind."""
    ids = {"from": PARENT, "id": f"wamid.HBgNNDkxNTExMjM0NTY3OBUCABIYFDNB{number:04}", "timestamp": str(NOW + number)}
    return {**ids, "type": kind, kind: content}


def whatsapp_text(words: str, number: int = 1) -> dict[str, Any]:
    return whatsapp_message("text", number, body=words)


def whatsapp_pressed(payload: str, number: int = 1, *, of: str = "button_reply") -> dict[str, Any]:
    return whatsapp_message("interactive", number, type=of, **{of: {"id": payload, "title": "Mehr anzeigen"}})


MEDIA = {
    "mime_type": "image/jpeg",
    "sha256": "29ed500fa64eb55fc19dc4124acb300e5dcca0f822a301ae99944db",
    "id": "1003383421387256",
}
WHATSAPP_KINDS: dict[str, dict[str, Any]] = {
    "text": whatsapp_text("Krippe in Köthen"),
    "button reply": whatsapp_pressed("/more_results"),
    "list reply": whatsapp_pressed('/ask_details{"offering": "krippe-1"}', of="list_reply"),
    "template button": whatsapp_message("button", payload="chosen by whoever made it", text="Ja, gern"),
    "location": whatsapp_message("location", latitude=51.752_345, longitude=11.971_234, name="Hort", address="Markt 1"),
    "voice": whatsapp_message("audio", mime_type="audio/ogg; codecs=opus", id="9", voice=True, sha256="x"),
    "picture": whatsapp_message("image", caption="mein Kind", **MEDIA),
    "video": whatsapp_message("video", **MEDIA),
    "document": whatsapp_message("document", filename="Bescheid.pdf", **MEDIA),
    "sticker": whatsapp_message("sticker", animated=False, **MEDIA),
    "contacts": {**whatsapp_message("contacts"), "contacts": [{"name": {"formatted_name": "Oma"}, "phones": []}]},
    "order": whatsapp_message("order", catalog_id="1", product_items=[]),
    "reaction": whatsapp_message("reaction", message_id="wamid.x", emoji="👍"),
    "system": whatsapp_message("system", body="changed number", type="user_changed_number", wa_id="1"),
    "welcome": whatsapp_message("request_welcome"),
    "unsupported": {**whatsapp_message("unsupported"), "errors": [{"code": 131051, "title": "Message type unknown"}]},
}


def whatsapp_delivery(messages: Sequence[dict[str, Any]] = (), *, statuses: Sequence[dict[str, Any]] = ()) -> bytes:
    """Return a batch of one entry and one change."""
    return whatsapp_batch([whatsapp_value(messages, statuses=statuses)])


def whatsapp_value(
    messages: Sequence[dict[str, Any]] = (), *, statuses: Sequence[dict[str, Any]] = (), phone_id: str = PHONE_ID
) -> dict[str, Any]:
    metadata = {"display_phone_number": "493023125100", "phone_number_id": phone_id}
    contacts = [{"profile": {"name": "Ayşe"}, "wa_id": PARENT}]
    return {
        "messaging_product": "whatsapp", "metadata": metadata, "contacts": contacts,
        "messages": list(messages), "statuses": list(statuses),
    }  # fmt: skip


def whatsapp_batch(*entries: Sequence[dict[str, Any]]) -> bytes:
    """Return entries, each with the values of its changes."""
    told = [{"id": WABA_ID, "changes": [{"field": "messages", "value": value} for value in entry]} for entry in entries]
    return json.dumps({"object": "whatsapp_business_account", "entry": told}).encode()


def failed(code: int) -> dict[str, Any]:
    """Return the status of a message that could not be delivered."""
    errors = [{"code": code, "title": "said by Meta", "error_data": {"details": "…"}}]
    return {"id": "wamid.out", "status": "failed", "timestamp": str(NOW), "recipient_id": PARENT, "errors": errors}


# --- Messenger ---


def messenger_event(number: int = 1, **content: Any) -> dict[str, Any]:
    return {"sender": {"id": PSID}, "recipient": {"id": PAGE_ID}, "timestamp": (NOW + number) * 1000, **content}


def messenger_text(words: str, number: int = 1, **more: Any) -> dict[str, Any]:
    return messenger_event(number, message={"mid": f"m_{number:04}", "text": words, **more})


def attached(kind: str) -> dict[str, Any]:
    payload = {"url": "https://scontent.example/x"}
    return messenger_event(message={"mid": "m_a", "attachments": [{"type": kind, "payload": payload}]})


MESSENGER_KINDS: dict[str, dict[str, Any]] = {
    "text": messenger_text("Krippe in Köthen"),
    "quick reply": messenger_text("Mehr anzeigen", quick_reply={"payload": "/more_results"}),
    "postback": messenger_event(
        postback={"mid": "m_p", "title": "Mehr", "payload": '/ask_details{"offering": "krippe-1"}'}
    ),
    "get started": messenger_event(postback={"mid": "m_s", "title": "Los geht’s", "payload": "/start"}),
    "get started by link": messenger_event(
        postback={"mid": "m_s", "title": "Los", "payload": "/start", "referral": {"ref": "abi", "source": "SHORTLINK"}}
    ),
    "link": messenger_event(referral={"ref": "abi", "source": "SHORTLINK", "type": "OPEN_THREAD"}),
    "menu": messenger_event(postback={"mid": "m_m", "title": "Yardım", "payload": "/help lang=tr"}),
    "voice": attached("audio"),
    "picture": attached("image"),
    "file": attached("file"),
    "fallback": attached("fallback"),
    "echo": messenger_text("Das gibt es in Ihrer Nähe", is_echo=True, app_id=1),
    "deleted": messenger_event(message={"mid": "m_d", "is_deleted": True}),
    "delivered": messenger_event(delivery={"mids": ["m_out"], "watermark": 1}),
    "read": messenger_event(read={"watermark": 1}),
    "reaction": messenger_event(reaction={"reaction": "love", "action": "react", "mid": "m_out"}),
}


def messenger_delivery(*entries: Sequence[dict[str, Any]]) -> bytes:
    """Return entries, each with its events."""
    told = [{"id": PAGE_ID, "time": NOW * 1000, "messaging": list(events)} for events in entries]
    return json.dumps({"object": "page", "entry": told}).encode()


# --- Twilio ---


def twilio_form(number: int = 1, **fields: str) -> dict[str, str]:
    """Return the form of one message of a user."""
    return {
        "SmsMessageSid": f"SM{number:032x}", "NumMedia": "0", "ProfileName": "Ayşe", "MessageType": "text",
        "SmsSid": f"SM{number:032x}", "WaId": PARENT, "SmsStatus": "received", "Body": "", "To": f"whatsapp:{NUMBER}",
        "NumSegments": "1", "ReferralNumMedia": "0", "MessageSid": f"SM{number:032x}", "AccountSid": SID,
        "From": f"whatsapp:+{PARENT}", "ApiVersion": "2010-04-01", **fields,
    }  # fmt: skip


TWILIO_KINDS: dict[str, dict[str, str]] = {
    "text": twilio_form(Body="Krippe in Köthen"),
    "button": twilio_form(Body="Mehr anzeigen", ButtonText="Mehr anzeigen", ButtonPayload="/more_results"),
    "location": twilio_form(Latitude="51.752345", Longitude="11.971234", MessageType="location"),
    "voice": twilio_form(NumMedia="1", MediaContentType0="audio/ogg", MediaUrl0="https://api.twilio.example/x"),
    "picture": twilio_form(NumMedia="1", MediaContentType0="image/jpeg", MediaUrl0="https://api.twilio.example/x"),
    "empty": twilio_form(),
    "of another account": twilio_form(Body="Krippe", AccountSid="AC" + "1" * 32),
    "to another number": twilio_form(Body="Krippe", To="whatsapp:+4930999999"),
    "status": {"MessageSid": "SM1", "MessageStatus": "delivered", "AccountSid": SID, "To": f"whatsapp:+{PARENT}"},
    "failed": {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "63016", "AccountSid": SID},
}

# --- Signed ---


def by_meta(body: bytes) -> dict[str, str]:
    digest = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"}


def by_twilio(body: bytes) -> dict[str, str]:
    fields = form_fields(body) or []
    signature = signature_of(f"{SITE}/channels/twilio/webhook", fields, AUTH_TOKEN)
    return {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}


def as_form(form: dict[str, str]) -> bytes:
    return urlencode(form).encode()
