"""One's own account: language, password, second factor."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer

from console.accounts import passwords, second_factor
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.texts import CONSOLE_LANGUAGES
from console.visitor import signed_in, start_session

own_account = Blueprint("own", __name__, url_prefix="/account")


@own_account.get("/")
@needs("own.account")
def show() -> ResponseReturnValue:
    """Show one's own account."""
    return _page()


@own_account.post("/language")
@needs("own.account")
def change_language() -> ResponseReturnValue:
    """Show the console in another language from now on."""
    language = request.form.get("language", "")
    if language in CONSOLE_LANGUAGES:
        parts().knowledge.accounts.set_language(signed_in().id, language)
    return redirect(url_for("console.welcome.start"))


@own_account.post("/password")
@needs("own.account")
def change_password() -> ResponseReturnValue:
    """Take a new password from whoever knows the old one; all other sessions end."""
    account, form = signed_in(), request.form
    if not _is_owner(form.get("password", "")):
        return _page(password_fault="fault_password_wrong")
    fault = passwords.fault_of(form.get("new", ""), form.get("again", ""), account)
    if fault is not None:
        return _page(password_fault=fault)
    parts().knowledge.accounts.set_password(account.id, passwords.digest(form["new"]))
    start_session(account)
    return redirect(url_for("console.own.show", said="password_changed"))


@own_account.post("/second-factor")
@needs("own.account")
def set_second_factor() -> ResponseReturnValue:
    """Ask for an app's code from now on, or no more; either takes the password."""
    account, form, accounts = signed_in(), request.form, parts().knowledge.accounts
    if not _is_owner(form.get("password", "")):
        return _page(factor_fault="fault_password_wrong")
    if account.totp_secret is not None:
        accounts.set_totp(account.id, None)
        return redirect(url_for("console.own.show", said="factor_off"))
    try:
        secret = _signer().unsign(form.get("secret", "")).decode()
    except BadSignature:
        return _page(factor_fault="fault_code")
    if second_factor.step_of(secret, form.get("code", "")) is None:
        return _page(factor_fault="fault_code", secret=secret)
    accounts.set_totp(account.id, secret)
    return redirect(url_for("console.own.show", said="factor_on"))


def _is_owner(password: str) -> bool:
    """Return whether it is the password; an open browser must not serve to try many."""
    knowledge, account = parts().knowledge, signed_in()
    key = f"own account {account.id}"
    if not knowledge.sign_in_attempts.begin([key]) or not passwords.is_right(account, password):
        return False
    knowledge.sign_in_attempts.forget([key])
    return True


def _page(
    *, password_fault: str | None = None, factor_fault: str | None = None, secret: str | None = None
) -> ResponseReturnValue:
    account = signed_in()
    offered = secret or second_factor.new_secret()
    return rendered(
        "own_account.html", status=422 if password_fault or factor_fault else 200, password_fault=password_fault,
        factor_fault=factor_fault, secret=offered, signed_secret=_signer().sign(offered).decode(),
        picture=second_factor.picture(offered, account), shortest=passwords.SHORTEST,
    )  # fmt: skip


def _signer() -> Signer:
    return Signer(parts().key, salt=f"second factor {signed_in().id}")
