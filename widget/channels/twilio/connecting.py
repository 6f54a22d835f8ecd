"""`lotse channels` for Twilio: what it says of account and sender, and how it comes to deliver to us."""

from collections.abc import Iterator, Mapping
from typing import Any

from widget.channels.channel import Finding
from widget.channels.twilio.calling import Twilio, TwilioError

_TO_MEND: Mapping[int, str] = {
    20003: "Twilio does not take the credentials; copy SID and Auth Token once more",
    20404: "Twilio does not know this account; copy the SID once more",
}


def check(twilio: Twilio, *, number: str, site: str, template: str | None) -> list[Finding]:
    """Return what Twilio says of our settings."""
    account = _account(twilio)
    if not account.sound:
        return [account]
    sender, told = _sender(twilio, number)
    findings = [account, told]
    if sender is not None:
        url = (sender.get("webhook") or {}).get("callback_url")
        findings.append(
            Finding(text=f"address: Twilio delivers to {url}")
            if url == _address(site)
            else Finding(text="address: Twilio delivers elsewhere; run `lotse channels connect twilio`", sound=False)
        )
    if template is None:
        text = "template: none; people's answers reach parents only within 24 hours of their last message"
        findings.append(Finding(text=text))
    return findings


def connect(twilio: Twilio, *, number: str, site: str) -> Iterator[Finding]:
    """Enter our address with the sender."""
    account = _account(twilio)
    yield account
    if not account.sound:
        return
    sender, told = _sender(twilio, number)
    yield told
    if sender is None:
        return
    webhook = {"webhook": {"callback_url": _address(site), "callback_method": "POST"}}
    try:
        twilio.call("POST", f"{twilio.messaging_url}/v2/Channels/Senders/{sender['sid']}", json=webhook)
    except TwilioError as error:
        yield _fault("address", error)
    else:
        yield Finding(text=f"address: Twilio delivers to {_address(site)}")


def _address(site: str) -> str:
    return f"{site}/channels/twilio/webhook"


def _account(twilio: Twilio) -> Finding:
    try:
        told = twilio.call("GET", f"{twilio.api_url}/2010-04-01/Accounts/{twilio.account}.json")
    except TwilioError as error:
        return _fault("account", error)
    active = told.get("status") == "active"
    return Finding(text=f"account: {told.get('friendly_name')}, {told.get('status')}", sound=active)


def _sender(twilio: Twilio, number: str) -> tuple[dict[str, Any] | None, Finding]:
    """Return the sender of our number, and what is to be said of it."""
    try:
        told = twilio.call("GET", f"{twilio.messaging_url}/v2/Channels/Senders", params={"Channel": "whatsapp"})
    except TwilioError as error:
        return None, _fault("sender", error)
    found = next((one for one in told.get("senders", ()) if one.get("sender_id") == f"whatsapp:{number}"), None)
    if found is None:
        text = (
            f"sender: {number} is no WhatsApp sender of this account; for Twilio's sandbox, enter our address by hand"
        )
        return None, Finding(text=text, sound=False)
    online = str(found.get("status", "")).upper().startswith("ONLINE")
    return found, Finding(text=f"sender: {number}, {found.get('status')}", sound=online)


def _fault(what: str, error: TwilioError) -> Finding:
    if error.status is None:
        return Finding(text=f"{what}: Twilio does not answer; is this server online?", sound=False)
    told = _TO_MEND.get(error.code or -1, "Twilio refused; its pages on errors explain the number")
    return Finding(text=f"{what}: {told} ({error})", sound=False)
