"""Who asks the console: the browser's token, the account signed in with it, and what each of their forms carries."""

import hmac
import secrets
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Response, abort, g, request
from itsdangerous import BadSignature, Signer
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from console.parts import parts
from console.texts import CONSOLE_LANGUAGES
from knowledge import Account

Record = TypeVar("Record")
_LONGEST_TOKEN = 100


@dataclass
class Visitor:
    """Who asks: the browser's token, and the account that is signed in with it."""

    token: str
    account: Account | None = None
    is_new: bool = False


def visitor() -> Visitor:
    """Return who asks now."""
    found: Visitor = g.visitor
    return found


def signed_in() -> Account:
    """Return the account that asks; only for views that need one."""
    account = visitor().account
    assert account is not None
    return account


def subject(kind: type[Record]) -> Record:
    """Return the record that the address names, which the visitor may see."""
    assert isinstance(g.subject, kind)
    return g.subject


def page_language() -> str:
    """Return the language of the console's pages: the account's; before signing in `?lang=`, else the browser's."""
    account = getattr(g, "visitor", None) and visitor().account
    chosen = account.language if account else _asked_language()
    return chosen if chosen in CONSOLE_LANGUAGES else request.accept_languages.best_match([*CONSOLE_LANGUAGES]) or "de"


def _asked_language() -> str:
    try:
        return request.values.get("lang", "")
    except RequestEntityTooLarge:  # the page that says so has a language, too
        return request.args.get("lang", "")


def start_session(account: Account) -> None:
    """Sign an account in; the browser gets a token that nobody knew before."""
    end_session()
    g.visitor = Visitor(token=parts().knowledge.web_sessions.open(account.id), account=account, is_new=True)


def end_session() -> None:
    """Sign whoever asks out."""
    parts().knowledge.web_sessions.close(visitor().token)
    g.visitor = Visitor(token=secrets.token_urlsafe(32), is_new=True)


def leave_cookie(response: Response) -> Response:
    """Leave the visitor's token with the browser, where it changed."""
    if getattr(g, "visitor", None) and visitor().is_new and request.blueprint != "console.files":
        name, path = _cookie()
        response.set_cookie(name, visitor().token, path=path, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def form_token() -> Markup:
    """Return the hidden field that proves a form to come from our own page; another one each time."""
    token = _signer().sign(secrets.token_urlsafe(9)).decode()
    return Markup('<input type="hidden" name="form_token" value="{}">').format(token)


def version_read() -> int:
    """Return the version that a form was made from."""
    return request.form.get("version", 0, type=int)


def refuse_forged() -> None:
    """Refuse a form that another website sends, or that was not made for this visitor."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    # Older browsers send only the origin; the host may be another behind a proxy.
    own = site in {"same-origin", "none"} if site else origin is None or urlsplit(origin).netloc == request.host
    if not own:
        abort(400)
    try:
        _signer().unsign(request.form.get("form_token", ""))
    except BadSignature:
        abort(400)


def recognise() -> Visitor:
    """Return who asks by the browser's cookie; without a session, a visitor without account."""
    name, _ = _cookie()
    token = request.cookies.get(name, "")
    if not token or len(token) > _LONGEST_TOKEN:
        return Visitor(token=secrets.token_urlsafe(32), is_new=True)
    knowledge = parts().knowledge
    account_id = knowledge.web_sessions.account_of(token)
    account = knowledge.accounts.one(account_id) if account_id is not None else None
    return Visitor(token=token, account=account if account and not account.disabled else None)


def _cookie() -> tuple[str, str]:
    """Return the cookie's name and path; browsers let nobody else set one whose name begins with __Host-."""
    return ("__Host-console", "/") if request.is_secure else ("console", "/console")


def _signer() -> Signer:
    # Bound to the browser's token, which no other website knows; nothing needs to be stored for it.
    salt = hmac.new(parts().key.encode(), visitor().token.encode(), "sha256").hexdigest()
    return Signer(parts().key, salt=f"form {salt}")
