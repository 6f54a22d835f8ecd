"""Who is reminded of an alliance's offerings: its coordinators, or else the alliance's own address."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import Account, Alliance


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who may say whether an alliance's offerings are still true, and reads a language."""

    email: str
    language: str

    @property
    def stamp(self) -> str:
        """A short text by which a link knows its recipient without telling the address."""
        return hashlib.sha256(self.email.encode()).hexdigest()[:16]


def recipients_of(alliance: Alliance, accounts: Iterable[Account]) -> list[Recipient]:
    """Return who is reminded; nobody where there is neither a coordinator nor an address."""
    coordinators = [
        Recipient(email=one.email, language=one.language)
        for one in accounts
        if one.role == "coordinator" and alliance.id in one.alliances and not one.disabled
    ]
    if coordinators or not alliance.email:
        return coordinators
    return [Recipient(email=alliance.email, language="de")]
