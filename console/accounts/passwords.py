"""Passwords: what is a good one, their digests, and the links by which one is chosen."""

import hashlib
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeTimedSerializer

from knowledge import Account
from knowledge.store import Accounts

SHORTEST = 12
_LONGEST = 200
# argon2id with OWASP's numbers for a server that does other work, too: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Checked where there is no password, so that this takes as long as a wrong one.
_NOBODYS = _HASHER.hash("nobody has this password")
INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)


def digest(password: str) -> str:
    """Return what is stored of a password."""
    return _HASHER.hash(password)


def is_right(account: Account | None, password: str) -> bool:
    """Return whether this is the account's password; for no account, or one that is not let in, after as long a time."""
    known = account.password_hash if account is not None and not account.disabled else None
    try:
        right = _HASHER.verify(known or _NOBODYS, password[: _LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return right and known is not None


def fault_of(password: str, again: str, account: Account) -> str | None:
    """Return the key of the sentence that says why a password is not taken, or None."""
    if len(password) < SHORTEST:
        return "fault_password_short"
    if len(password) > _LONGEST:
        return "fault_password_long"
    folded = password.casefold()
    if (
        len(set(folded)) < 5
        or account.email.partition("@")[0] in folded
        or folded in {"passwortpasswort", "buendnislotse"}
    ):
        return "fault_password_easy"
    return None if password == again else "fault_password_differs"


def link_token(key: str, account: Account) -> str:
    """Return the signed part of a link with which an account's password is chosen once."""
    return _serializer(key).dumps([account.id, _stamp(account)])


def account_of_link(key: str, token: str, accounts: Accounts) -> Account | None:
    """Return whose password a link lets choose; None when it is forged, too old, or was used."""
    try:
        (account_id, stamp), made_at = _serializer(key).loads(token, return_timestamp=True)
    except BadSignature:
        return None
    account = accounts.one(account_id)
    if account is None or account.disabled or stamp != _stamp(account):
        return None
    lasts = RESET_LASTS if account.password_hash else INVITATION_LASTS
    return account if datetime.now(UTC) - made_at < lasts else None


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="console password link")


def _stamp(account: Account) -> str:
    """Return a text that changes with the password: so a link works once."""
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:16]
