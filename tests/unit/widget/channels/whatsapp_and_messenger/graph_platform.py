"""Meta's Graph API as its documentation tells it: WhatsApp's and Messenger's addresses, limits and errors."""

from typing import Any

from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Answer, Asked

PHONE_ID, WABA_ID, PAGE_ID, APP_ID = "106540352242922", "102290129340398", "270200310205", "67000001"
TOKEN, APP_SECRET, VERIFY_TOKEN = "EAAtoken", "5ec0e70f0a00a990a73e7a0000000000", "chosen-by-us-0123456789"
CALLBACK = "https://familie.example.org/channels/{}/webhook"


def error(code: int, message: str = "said by Meta", *, status: int = 400, subcode: int | None = None) -> Answer:
    """Return an error in Graph's form."""
    told: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Az8or2yhqkZfEZ"}
    return Answer(content={"error": told | ({"error_subcode": subcode} if subcode else {})}, status=status)


def graph(asked: Asked) -> Answer:
    """Answer as Graph does where token and form are right."""
    token = asked.headers.get("authorization", "").removeprefix("Bearer ")
    if token.startswith(f"{APP_ID}|"):
        if token != f"{APP_ID}|{APP_SECRET}":
            return error(190, "Invalid OAuth access token - Cannot parse access token", status=401)
        return _of_app(asked)
    if token != TOKEN:
        return error(190, "Invalid OAuth access token.", status=401)
    path = asked.path.split("/", 2)[2]  # without the version
    if asked.method == "POST" and path == f"{PHONE_ID}/messages":
        return _whatsapp_message(asked.content)
    if asked.method == "POST" and path == "me/messages":
        return _messenger_message(asked.content)
    known = {
        "app": {"id": APP_ID, "name": "Familie"},
        PHONE_ID: {"id": PHONE_ID, "display_phone_number": "+49 30 23125 100", "verified_name": "Bündnis Köthen"},
        "me": {"id": PAGE_ID, "name": "Bündnis Köthen"},
        f"{WABA_ID}/subscribed_apps": {"success": True, "data": [{"whatsapp_business_api_data": {"id": APP_ID}}]},
        "me/subscribed_apps": {"success": True},
        "me/messenger_profile": {"result": "success"},
    }
    if path in known:
        return Answer(content=known[path])
    return error(100, f"Unsupported request to {path}")


def _of_app(asked: Asked) -> Answer:
    if asked.path.endswith("/debug_token"):
        scopes = [{"scope": "whatsapp_business_messaging", "target_ids": [WABA_ID]}, {"scope": "pages_messaging"}]
        data = {"app_id": APP_ID, "is_valid": True, "expires_at": 0, "granular_scopes": scopes}
        return Answer(content={"data": data | {"scopes": [one["scope"] for one in scopes]}})
    if asked.method == "POST" and asked.path.endswith(f"{APP_ID}/subscriptions"):
        return Answer(content={"success": True})
    return error(100, "Unsupported request of an app")


def _whatsapp_message(message: dict[str, Any]) -> Answer:
    fault = _whatsapp_fault(message)
    if fault:
        return error(131009, fault)
    sent = {"messaging_product": "whatsapp", "contacts": [{"input": message.get("to") or message["recipient"]}]}
    return Answer(content={**sent, "messages": [{"id": "wamid.out"}]})


def _whatsapp_fault(message: dict[str, Any]) -> str | None:
    """Return what WhatsApp would find wrong with a message."""
    if message.get("messaging_product") != "whatsapp" or not (message.get("to") or message.get("recipient")):
        return "no product or recipient"
    kind = message.get("type")
    if kind == "text":
        return None if 0 < len(message["text"]["body"]) <= 4096 else "text.body"
    if kind == "template":
        return None if message["template"]["name"] and message["template"]["language"]["code"] else "template"
    shown = message["interactive"]
    if not 0 < len(shown["body"]["text"]) <= 1024:
        return "interactive.body"
    if shown["type"] == "location_request_message":
        return None if shown["action"] == {"name": "send_location"} else "interactive.action"
    if shown["type"] == "button":
        buttons = [one["reply"] for one in shown["action"]["buttons"]]
        titles = [one["title"] for one in buttons]
        good = 1 <= len(buttons) <= 3 and all(len(one["id"]) <= 256 for one in buttons)
        return None if good and all(0 < len(one) <= 20 for one in titles) and _differ(titles) else "interactive.buttons"
    sections = shown["action"]["sections"]
    rows = [row for section in sections for row in section["rows"]]
    good = 1 <= len(rows) <= 10 and 0 < len(shown["action"]["button"]) <= 20 and _differ([row["id"] for row in rows])
    good = good and all(0 < len(row["title"]) <= 24 and len(row.get("description", "")) <= 72 for row in rows)
    return None if good and all(len(row["id"]) <= 200 for row in rows) and len(sections) == 1 else "interactive.rows"


def _messenger_message(sent: dict[str, Any]) -> Answer:
    if "sender_action" in sent:
        return Answer(content={"recipient_id": sent["recipient"]["id"]})
    fault = _messenger_fault(sent)
    if fault:
        return error(100, f"(#100) {fault}")
    return Answer(content={"recipient_id": sent["recipient"]["id"], "message_id": "m_out"})


def _messenger_fault(sent: dict[str, Any]) -> str | None:
    """Return what Messenger would find wrong with a message."""
    message = sent["message"]
    replies = message.get("quick_replies", [])
    if len(replies) > 13 or not all(len(one["title"]) <= 20 and len(one["payload"]) <= 1000 for one in replies):
        return "quick_replies"
    if "text" in message:
        return None if 0 < len(message["text"]) <= 2000 else "text"
    payload = message["attachment"]["payload"]
    elements = payload["elements"]
    if payload["template_type"] != "generic" or not 1 <= len(elements) <= 10:
        return "elements"
    for element in elements:
        buttons = element.get("buttons", [])
        if not 0 < len(element["title"]) <= 80 or len(element.get("subtitle", "")) > 80 or len(buttons) > 3:
            return "element"
        if not (element.get("subtitle") or buttons):
            return "an element needs more than a title"
        for button in buttons:
            if not 0 < len(button["title"]) <= 20 or button["type"] not in {"phone_number", "web_url", "postback"}:
                return "button"
            if button["type"] == "phone_number" and not button["payload"].startswith("+"):
                return "a phone number needs its country"
    return None


def _differ(texts: list[str]) -> bool:
    return len(set(texts)) == len(texts)
