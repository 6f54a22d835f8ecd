"""Who may do what: actions of each role, and whose records. Every route of the console names its action, or does not start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from flask import Flask

from knowledge import Account, Role

Action = Literal[
    "own.account",
    "offering.read",
    "offering.draft",
    "offering.publish",
    "offering.import",
    "guide.write",
    "figures.read",
    "question.read",
    "question.answer",
    "account.manage",
]
# Not an action but its absence: who is not signed in may come, too.
OPEN = "open"

_READS: frozenset[Action] = frozenset({"own.account", "offering.read", "figures.read"})
_DRAFTS: frozenset[Action] = _READS | {"offering.draft"}
_ALL: frozenset[Action] = _DRAFTS | {
    "offering.publish", "offering.import", "guide.write", "question.read", "question.answer", "account.manage",
}  # fmt: skip
# What stands here holds for the account's own alliances; the service office's are all (Account.may_see).
MAY: Mapping[Role, frozenset[Action]] = {
    "reader": _READS, "helper": _DRAFTS, "coordinator": _ALL, "service_office": _ALL,
}  # fmt: skip
# Roles that somebody of a role may invite and look after.
LOOKS_AFTER: Mapping[Role, tuple[Role, ...]] = {
    "reader": (), "helper": (), "coordinator": ("coordinator", "helper", "reader"),
    "service_office": ("coordinator", "helper", "reader", "service_office"),
}  # fmt: skip

View = TypeVar("View", bound=Callable[..., object])


class UndeclaredRouteError(Exception):
    """A route of the console does not say who may use it."""


def needs(action: Action) -> Callable[[View], View]:
    """Let a view be used by those alone who may do this, with the records of their own alliances."""
    return lambda view: _declared(view, action)


def open_to_all(view: View) -> View:
    """Let a view be used without signing in."""
    return _declared(view, OPEN)


@dataclass(frozen=True)
class FilesTaken:
    """What a view takes beyond a common form: requests of so many bytes; `in_fields`: its text fields may be as long."""

    largest_bytes: int
    in_fields: bool


def takes_files(largest_bytes: int, *, in_fields: bool = False) -> Callable[[View], View]:
    """Let those who may use a view send it files, or texts as long as files."""

    def declared(view: View) -> View:
        view.console_files = FilesTaken(largest_bytes, in_fields)  # type: ignore[attr-defined]  # read by files_taken
        return view

    return declared


def files_taken(view: Callable[..., object]) -> FilesTaken | None:
    """Return what a view takes that takes files, or None."""
    taken: FilesTaken | None = getattr(view, "console_files", None)
    return taken


def policy_of(view: Callable[..., object]) -> str:
    """Return the action that a view needs, or `OPEN`.

    Raises:
        UndeclaredRouteError: It does not say so.
    """
    declared: str | None = getattr(view, "console_policy", None)
    if declared is None:
        raise UndeclaredRouteError(f"{view.__module__}.{view.__name__} needs `@needs(action)` or `@open_to_all`")
    return declared


def check_policies(app: Flask) -> None:
    """Refuse to start with a route that does not declare its policy.

    Raises:
        UndeclaredRouteError: There is such a route.
    """
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console."):
            policy_of(app.view_functions[rule.endpoint])


def may(account: Account | None, action: str) -> bool:
    """Return whether an account's role allows an action, with its own alliances' records."""
    return account is not None and action in MAY[account.role]


def may_manage(account: Account, other: Account) -> bool:
    """Return whether an account may look after another: of a role it may give, with no alliance that is not its own."""
    theirs = all(account.may_see(alliance) for alliance in other.alliances)
    shared = account.role == "service_office" or bool(other.alliances)
    return theirs and shared and other.role in LOOKS_AFTER[account.role]


def _declared(view: View, policy: str) -> View:
    view.console_policy = policy  # type: ignore[attr-defined]  # read by policy_of
    return view
