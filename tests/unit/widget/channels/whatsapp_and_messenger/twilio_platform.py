"""Twilio's REST API as its documentation tells it: messages, the account, the WhatsApp senders."""

import base64

from tests.unit.widget.channels.whatsapp_and_messenger.loopback import Answer, Asked

SID, AUTH_TOKEN, NUMBER = "AC" + "0" * 30 + "7f", "4uth0f0ur0wnacc0unt", "+493023125100"
_SENDER = {"sid": "XE1", "sender_id": f"whatsapp:{NUMBER}", "status": "ONLINE", "webhook": {"callback_url": ""}}


def error(code: int, *, status: int = 400, headers: dict[str, str] | None = None) -> Answer:
    """Return an error in Twilio's form."""
    told = {"code": code, "message": "said by Twilio", "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    return Answer(content={**told, "status": status}, status=status, headers=headers or {})


def twilio(asked: Asked) -> Answer:
    """Answer as Twilio does where account and form are right."""
    expected = base64.b64encode(f"{SID}:{AUTH_TOKEN}".encode()).decode()
    if asked.headers.get("authorization") != f"Basic {expected}":
        return error(20003, status=401)
    if asked.method == "POST" and asked.path == f"/2010-04-01/Accounts/{SID}/Messages.json":
        form = asked.content
        if not form.get("To", "").startswith("whatsapp:+") or form.get("From") != f"whatsapp:{NUMBER}":
            return error(21211)
        if "ContentSid" not in form and not 0 < len(form.get("Body", "")) <= 1600:
            return error(21617 if form.get("Body") else 21602)
        return Answer(content={"sid": "SM1", "status": "queued", "error_code": None}, status=201)
    if asked.path == f"/2010-04-01/Accounts/{SID}.json":
        return Answer(content={"sid": SID, "friendly_name": "Bündnis", "status": "active", "type": "Full"})
    if asked.path == "/v2/Channels/Senders":
        return Answer(content={"senders": [_SENDER], "meta": {}})
    if asked.path == "/v2/Channels/Senders/XE1" and asked.method == "POST":
        return Answer(content={**_SENDER, **asked.content}, status=202)
    return error(20404, status=404)
