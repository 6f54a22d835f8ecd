"""Who is signed in to the console, and who tried to: sessions and tries, both by digests only."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, func, insert, select, update

from knowledge.store.engine import wait_for_turn
from knowledge.store.tables import SignInAttemptRow, WebSessionRow

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=1)
WINDOW = timedelta(minutes=15)
MOST_TRIES = 10
# Every page would be a write otherwise.
_NOTED_EVERY = timedelta(minutes=1)


class WebSessions:
    """Sessions of signed-in accounts. A browser holds a random token; the database only its digest."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def open(self, account_id: int, *, now: datetime | None = None) -> str:
        """Begin a session and return the token that the browser is to keep."""
        token, at = secrets.token_urlsafe(32), now or datetime.now(UTC)
        row = {
            "id": _digest(token),
            "account_id": account_id,
            "created_at": at,
            "last_seen": at,
            "expires_at": at + LASTS,
        }
        with self._writing.begin() as connection:
            connection.execute(insert(WebSessionRow), row)
        return token

    def account_of(self, token: str, *, now: datetime | None = None) -> int | None:
        """Return the number of the account that is signed in, or None when the session is over or never was."""
        at = now or datetime.now(UTC)
        wanted = WebSessionRow.id == _digest(token)
        with self._reading.connect() as connection:
            row = connection.execute(
                select(WebSessionRow.account_id, WebSessionRow.last_seen, WebSessionRow.expires_at).where(wanted)
            ).one_or_none()
        if row is None or row.expires_at <= at or row.last_seen + IDLE <= at:
            return None
        if at - row.last_seen > _NOTED_EVERY:
            with self._writing.begin() as connection:
                connection.execute(update(WebSessionRow).where(wanted).values(last_seen=at))
        return int(row.account_id)

    def close(self, token: str) -> None:
        """End a session; one that is over already is ended."""
        with self._writing.begin() as connection:
            connection.execute(delete(WebSessionRow).where(WebSessionRow.id == _digest(token)))

    def delete_expired(self, *, now: datetime | None = None) -> int:
        """Delete the sessions that are over, and tries that count no more; return how many sessions there were."""
        at = now or datetime.now(UTC)
        with self._writing.begin() as connection:
            connection.execute(delete(SignInAttemptRow).where(SignInAttemptRow.tried_at <= at - WINDOW))
            over = (WebSessionRow.expires_at <= at) | (WebSessionRow.last_seen <= at - IDLE)
            return connection.execute(delete(WebSessionRow).where(over)).rowcount


class SignInAttempts:
    """Counts tries to sign in, so that nobody can try many passwords."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine

    def begin(self, keys: Collection[str], *, now: datetime | None = None) -> bool:
        """Note a try under each key and return True, or False when one of them had too many lately; then none is noted."""
        at = now or datetime.now(UTC)
        digests = [_digest(key) for key in keys]
        counted = select(func.count()).where(SignInAttemptRow.tried_at > at - WINDOW)
        with self._writing.begin() as connection:
            wait_for_turn(connection, "sign-ins")  # two tries at once must not both be the tenth
            for digest in digests:
                if (connection.scalar(counted.where(SignInAttemptRow.key == digest)) or 0) >= MOST_TRIES:
                    return False
            connection.execute(insert(SignInAttemptRow), [{"key": digest, "tried_at": at} for digest in digests])
        return True

    def forget(self, keys: Collection[str]) -> None:
        """Forget the tries of keys: whoever signed in has mistyped only."""
        digests = [_digest(key) for key in keys]
        with self._writing.begin() as connection:
            connection.execute(delete(SignInAttemptRow).where(SignInAttemptRow.key.in_(digests)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
