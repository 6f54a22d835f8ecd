"""Accounts of the people who keep the knowledge base true: role, alliances, and the digests that let them in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.errors import AccountExistsError, UnknownRecordError
from knowledge.store.tables import AccountAllianceRow, AccountRow, AllianceRow, WebSessionRow

Role = Literal["service_office", "coordinator", "helper", "reader"]
ROLES: tuple[Role, ...] = ("service_office", "coordinator", "helper", "reader")


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person who may use the console.

    Attributes:
        email: In small letters; unique.
        alliances: Ids of those this person works for; the service office works for all, whatever stands here.
        password_hash: As argon2 writes it; None until the invitation was followed.
        totp_secret: Base 32; None without a second factor.
        language: Of the console's pages.
    """

    id: int
    email: str
    name: str
    role: Role
    alliances: tuple[str, ...]
    language: str
    created_at: datetime
    disabled: bool = False
    password_hash: str | None = field(default=None, repr=False)
    totp_secret: str | None = field(default=None, repr=False)

    def may_see(self, alliance: str | None) -> bool:
        """Return whether an alliance is among this account's; None is what belongs to all of them."""
        return self.role == "service_office" or alliance in self.alliances

    @property
    def tenants(self) -> tuple[str, ...] | None:
        """The alliances this account works for; None: all."""
        return None if self.role == "service_office" else self.alliances


class Accounts:
    """Keeps accounts in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)

    def add(
        self, email: str, *, role: Role, alliances: Collection[str], name: str = "", language: str = "de"
    ) -> Account:
        """Add an account without a password.

        Raises:
            AccountExistsError: There is one with this e-mail address.
            UnknownRecordError: There is no such alliance.
        """
        try:
            with Session(self._writing) as session, session.begin():
                row = AccountRow(
                    email=email.strip().lower(), name=name.strip(), role=role, language=language,
                    created_at=datetime.now(UTC), disabled=False,
                )  # fmt: skip
                session.add(row)
                session.flush()
                _join(session, row.id, alliances)
                return _account(session, row)
        except IntegrityError as error:
            raise AccountExistsError(f"there is an account for {email} already") from error

    def all(self) -> list[Account]:
        """Return all accounts by e-mail address."""
        with Session(self._reading) as session:
            return [_account(session, row) for row in session.scalars(select(AccountRow).order_by(AccountRow.email))]

    def one(self, account_id: int) -> Account | None:
        """Return the account of a number, or None."""
        with Session(self._reading) as session:
            row = session.get(AccountRow, account_id)
            return _account(session, row) if row else None

    def of_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address in whatever letters, or None."""
        with Session(self._reading) as session:
            row = session.scalar(select(AccountRow).where(AccountRow.email == email.strip().lower()))
            return _account(session, row) if row else None

    def set_password(self, account_id: int, password_hash: str) -> None:
        """Let an account in by a new password, and end all its sessions.

        Raises:
            UnknownRecordError: No account has this number.
        """
        self._change(account_id, ends_sessions=True, password_hash=password_hash)

    def set_totp(self, account_id: int, secret: str | None) -> None:
        """Ask for a code of this secret at each sign-in; None: ask no more.

        Raises:
            UnknownRecordError: No account has this number.
        """
        self._change(account_id, totp_secret=secret, totp_used=None)

    def set_language(self, account_id: int, language: str) -> None:
        """Show the console in another language.

        Raises:
            UnknownRecordError: No account has this number.
        """
        self._change(account_id, language=language)

    def set_disabled(self, account_id: int, disabled: bool) -> None:
        """Keep an account out, or let it in again; its sessions end.

        Raises:
            UnknownRecordError: No account has this number.
        """
        self._change(account_id, ends_sessions=True, disabled=disabled)

    def use_totp(self, account_id: int, step: int) -> bool:
        """Take the code of a time step, and return False where it or a later one was taken before."""
        fresh = or_(AccountRow.totp_used.is_(None), AccountRow.totp_used < step)
        with self._writing.begin() as connection:
            taken = update(AccountRow).where(AccountRow.id == account_id, fresh).values(totp_used=step)
            return connection.execute(taken).rowcount == 1

    def _change(self, account_id: int, *, ends_sessions: bool = False, **values: Any) -> None:
        with self._writing.begin() as connection:
            found = connection.execute(update(AccountRow).where(AccountRow.id == account_id).values(**values)).rowcount
            if not found:
                raise UnknownRecordError(
                    f"no account {account_id}; `lotse coordinator list` lists those that are there"
                )
            if ends_sessions:
                connection.execute(delete(WebSessionRow).where(WebSessionRow.account_id == account_id))


def _join(session: Session, account_id: int, alliances: Collection[str]) -> None:
    known = set(session.scalars(select(AllianceRow.id)))
    for alliance in dict.fromkeys(alliances):
        if alliance not in known:
            raise UnknownRecordError(f"no alliance {alliance!r}; there are: {', '.join(sorted(known)) or 'none yet'}")
        session.add(AccountAllianceRow(account_id=account_id, alliance_id=alliance))


def _account(session: Session, row: AccountRow) -> Account:
    joined = select(AccountAllianceRow.alliance_id).where(AccountAllianceRow.account_id == row.id)
    return Account(
        id=row.id, email=row.email, name=row.name, role=_role(row.role), alliances=tuple(sorted(session.scalars(joined))),
        language=row.language, created_at=row.created_at, disabled=row.disabled, password_hash=row.password_hash,
        totp_secret=row.totp_secret,
    )  # fmt: skip


def _role(name: str) -> Role:
    return next((role for role in ROLES if role == name), "reader")  # one that is not known may do the least
