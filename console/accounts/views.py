"""Signing in and out, and choosing a password by a link."""

import hmac
import threading
from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.accounts import passwords, second_factor
from console.accounts.links import mail_link, mails_go_out
from console.pages import rendered
from console.parts import parts
from console.policy import needs, open_to_all
from console.visitor import end_session, page_language, start_session

accounts = Blueprint("accounts", __name__)
_CARRIED = "carried."


@accounts.get("/sign-in")
@open_to_all
def sign_in() -> Response:
    """Show the sign-in page."""
    return sign_in_page(back=request.args.get("next", ""))


@accounts.post("/sign-in")
@open_to_all
def enter() -> ResponseReturnValue:
    """Sign in with e-mail address, password and, where it is set up, the app's code."""
    knowledge, form = parts().knowledge, request.form
    email, back = form.get("email", "").strip().lower(), form.get("next", "")
    carried = [
        (name.removeprefix(_CARRIED), value) for name, value in form.items(multi=True) if name.startswith(_CARRIED)
    ]
    keys = [_counted(f"account {email}"), _counted(f"address {request.remote_addr}")]
    if not knowledge.sign_in_attempts.begin(keys):
        return sign_in_page(status=429, fault="fault_too_many_tries", back=back, carried=carried)
    account = knowledge.accounts.of_email(email)
    right = passwords.is_right(account, form.get("password", ""))
    if account is None or not right or not second_factor.is_right(account, form.get("code", ""), knowledge.accounts):
        return sign_in_page(status=403, fault="fault_sign_in", back=back, carried=carried)
    knowledge.sign_in_attempts.forget(keys[:1])
    start_session(account)
    if carried and _is_ours(back):
        return rendered("resume.html", back=back, carried=[pair for pair in carried if pair[0] != "form_token"])
    return redirect(back if _is_ours(back) else url_for("console.welcome.start"))


@accounts.post("/sign-out")
@needs("own.account")
def sign_out() -> ResponseReturnValue:
    """Sign out."""
    end_session()
    return redirect(url_for("console.accounts.sign_in", said="signed_out"))


@accounts.route("/password/<token>", methods=["GET", "POST"])
@open_to_all
def choose_password(token: str) -> ResponseReturnValue:
    """Let the owner of an invitation or reset link choose a password."""
    knowledge = parts().knowledge
    account = passwords.account_of_link(parts().key, token, knowledge.accounts)
    if account is None:
        abort(404, description="link")
    fault = None
    if request.method == "POST":
        password = request.form.get("password", "")
        fault = passwords.fault_of(password, request.form.get("again", ""), account)
        if fault is None:
            knowledge.accounts.set_password(account.id, passwords.digest(password))
            return redirect(url_for("console.accounts.sign_in", said="password_chosen", lang=page_language()))
    return rendered(
        "choose_password.html", status=422 if fault else 200, owner=account, fault=fault, shortest=passwords.SHORTEST
    )


@accounts.route("/forgotten", methods=["GET", "POST"])
@open_to_all
def forgotten() -> ResponseReturnValue:
    """Mail a link to whoever forgot the password; the answer does not tell whether there is such an account."""
    knowledge, can_mail = parts().knowledge, mails_go_out()
    if request.method != "POST" or not can_mail:
        return rendered("forgotten.html", can_mail=can_mail)
    email = request.form.get("email", "").strip().lower()
    keys = [_counted(f"reset {email}"), _counted(f"reset from {request.remote_addr}")]
    if not knowledge.sign_in_attempts.begin(keys):
        return rendered("forgotten.html", status=429, can_mail=True, fault="fault_too_many_tries")
    account = knowledge.accounts.of_email(email)
    if account is not None and not account.disabled:
        threading.Thread(
            target=mail_link, args=(parts(), account), daemon=True
        ).start()  # the answer comes as fast without
    return redirect(url_for("console.accounts.sign_in", said="link_mailed", lang=page_language()))


def sign_in_page(
    *, status: int = 200, fault: str | None = None, back: str = "", carried: Sequence[tuple[str, str]] = ()
) -> Response:
    """Return the sign-in page.

    Args:
        back: The page to go on with.
        carried: Fields of a form that was sent after the session was over; they are sent again after signing in.
    """
    fields = [(_CARRIED + name, value) for name, value in carried]
    email = request.form.get("email", "") if request.endpoint == "console.accounts.enter" else ""
    return rendered("sign_in.html", status=status, fault=fault, back=back, carried=fields, email=email)


def _is_ours(path: str) -> bool:
    return path.startswith("/console/") and "\\" not in path and "//" not in path


def _counted(key: str) -> str:
    """Return a key of tries from which nobody reads an address, not even with the database."""
    return hmac.new(parts().key.encode(), key.encode(), "sha256").hexdigest()
