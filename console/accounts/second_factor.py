"""The second factor: codes of an app, by time (RFC 6238)."""

import time

import pyotp
import segno
from markupsafe import Markup

from knowledge import Account
from knowledge.store import Accounts

_STEP_S = 30
_ISSUER = "Bündnislotse"


def new_secret() -> str:
    """Return a secret for an app."""
    return pyotp.random_base32()


def picture(secret: str, account: Account) -> Markup:
    """Return the secret as a QR code for the app, an SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=_ISSUER)
    code = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(code)  # made by segno of modules, not of text


def step_of(secret: str, code: str) -> int | None:
    """Return the time step of a code, or None when it is wrong; one step too early or too late is right."""
    now, digits = int(time.time()) // _STEP_S, "".join(code.split())
    totp = pyotp.TOTP(secret)
    return next(
        (step for step in (now - 1, now, now + 1) if pyotp.utils.strings_equal(totp.generate_otp(step), digits)), None
    )


def is_right(account: Account, code: str, accounts: Accounts) -> bool:
    """Return whether a code is the account's, and take it: it is not right again. Without a second factor all are."""
    if account.totp_secret is None:
        return True
    step = step_of(account.totp_secret, code)
    return step is not None and accounts.use_totp(account.id, step)
