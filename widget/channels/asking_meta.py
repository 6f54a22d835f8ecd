"""Asks Meta about a token and its app, and has it deliver to us; what it answers becomes plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from widget.channels.channel import Finding
from widget.channels.graph import Graph, GraphError, scopes_of, subscribe

# What to do about an error, by its code; docs/channels has the steps.
_TO_MEND: Mapping[int, str] = {
    190: "the token is not valid, or no longer; make a new one",
    10: "the app lacks a permission; see its step in the guide",
    200: "the app lacks a permission; see its step in the guide",
    100: "Meta does not know this number or page, or the token may not see it; compare the ids",
    33: "Meta does not know this number or page; compare the ids",
    4: "too many calls; try again in an hour",
    80007: "too many calls; try again in an hour",
    368: "Meta has blocked the account for now; its Business Support Home says why",
    131031: "Meta has locked the account; its Business Support Home says why",
    131042: "Meta lacks a means of payment; enter one under Billing",
    133010: "the number is not registered; confirm it once more in the app's API Setup",
    2200: "Meta could not reach our address; is the server running, and LOTSE_PUBLIC_URL right?",
}


@dataclass(frozen=True, kw_only=True)
class App:
    """The app that a token belongs to.

    Attributes:
        rights: What the token may do -> ids that it holds for (none: all).
    """

    id: str
    secret: str = field(repr=False)
    rights: Mapping[str, tuple[str, ...]]


def fault(what: str, error: GraphError) -> Finding:
    """Return what a refusal means for the one who set it up."""
    if error.status is None:
        return Finding(text=f"{what}: Meta does not answer; is this server online?", sound=False)
    told = _TO_MEND.get(error.code or -1, "Meta refused; its developer pages explain the number")
    return Finding(text=f"{what}: {told} ({error})", sound=False)


def ask_app(graph: Graph, app_secret: str, *, right: str) -> tuple[App | None, list[Finding]]:
    """Return the app of a token, and what is to be said of token and secret; None where they do not fit."""
    try:
        app_id = str(graph.get("app")["id"])
    except GraphError as error:
        return None, [fault("token", error)]
    except KeyError:
        return None, [Finding(text="token: Meta names no app for it; make a new one", sound=False)]
    try:
        rights, ends_at = scopes_of(graph, app_id, app_secret)
    except GraphError as error:
        if error.status is None:
            return None, [fault("app secret", error)]
        return None, [
            Finding(text=f"app secret: not that of the token's app {app_id} ({error}); copy it once more", sound=False)
        ]
    app = App(id=app_id, secret=app_secret, rights=rights)
    findings = [Finding(text="app secret: fits the token")]
    if right not in rights:
        findings.append(Finding(text=f"token: lacks the permission {right}; make a new one with it", sound=False))
    if ends_at:
        day = datetime.fromtimestamp(ends_at, UTC).date()
        findings.append(Finding(text=f"token: ends on {day}; make one that never does", sound=False))
    return app, findings


def deliver_to_us(
    graph: Graph,
    app: App,
    *,
    what: str,
    public_url: str | None,
    channel: str,
    verify_token: str,
    fields: tuple[str, ...],
) -> Finding:
    """Enter our address with Meta, which asks it at once whether it is ours."""
    if not public_url or not public_url.startswith("https://"):
        return Finding(
            text="address: set LOTSE_PUBLIC_URL to the server's https:// address, and try again", sound=False
        )
    url = f"{public_url}/channels/{channel}/webhook"
    try:
        subscribe(graph, app.id, app.secret, what=what, url=url, verify_token=verify_token, fields=fields)
    except GraphError as error:
        if error.code in {2200, 100}:  # our address was asked, and did not answer as it should
            return Finding(
                text=f"address: Meta got no right answer from {url}; is the server running there, with the same settings? ({error})",
                sound=False,
            )
        return fault("address", error)
    return Finding(text=f"address: Meta delivers to {url}")
