"""`lotse channels` for WhatsApp: what Meta says of token, number, app and account, and how it comes to deliver to us."""

from collections.abc import Iterator

from widget.channels.asking_meta import App, ask_app, deliver_to_us, fault
from widget.channels.channel import Finding
from widget.channels.graph import Graph, GraphError
from widget.channels.meta import objects

_RIGHT = "whatsapp_business_messaging"


def check(graph: Graph, *, phone_id: str, app_secret: str, template: str | None) -> list[Finding]:
    """Return what Meta says of our settings."""
    app, findings = ask_app(graph, app_secret, right=_RIGHT)
    if app is None:
        return findings
    findings += [_number(graph, phone_id), *_accounts(graph, app)]
    if template is None:
        text = "template: none; people's answers reach parents only within 24 hours of their last message"
        findings.append(Finding(text=text))
    return findings


def connect(
    graph: Graph, public_url: str | None, *, phone_id: str, app_secret: str, verify_token: str
) -> Iterator[Finding]:
    """Enter our address with Meta, and let the account's messages come to the app."""
    app, findings = ask_app(graph, app_secret, right=_RIGHT)
    yield from findings
    number = _number(graph, phone_id)
    yield number
    if app is None or not number.sound:
        return
    yield deliver_to_us(
        graph, app, what="whatsapp_business_account", public_url=public_url, channel="whatsapp",
        verify_token=verify_token, fields=("messages",),
    )  # fmt: skip
    for account in app.rights.get(_RIGHT, ()):
        try:
            graph.post(f"{account}/subscribed_apps", {})
        except GraphError as error:
            yield fault(f"account {account}", error)
    yield from _accounts(graph, app)


def _number(graph: Graph, phone_id: str) -> Finding:
    try:
        told = graph.get(phone_id, fields="display_phone_number,verified_name")
    except GraphError as error:
        return fault(f"number {phone_id}", error)
    return Finding(text=f"number: {told.get('display_phone_number')}, shown as {told.get('verified_name')}")


def _accounts(graph: Graph, app: App) -> Iterator[Finding]:
    """Yield whether the accounts of the token let their messages come to the app."""
    for account in app.rights.get(_RIGHT, ()):
        try:
            told = objects(graph.get(f"{account}/subscribed_apps").get("data"))
        except GraphError as error:
            yield fault(f"account {account}", error)
            continue
        ids = {str((one.get("whatsapp_business_api_data") or {}).get("id")) for one in told}
        if app.id in ids:
            yield Finding(text=f"account {account}: its messages come to the app")
        else:
            text = f"account {account}: its messages do not come to the app; run `lotse channels connect whatsapp`"
            yield Finding(text=text, sound=False)
