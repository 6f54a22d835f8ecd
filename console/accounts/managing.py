"""Looking after other people's accounts: inviting, sending a new link, keeping out and letting in again."""

import re
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.accounts.links import link_for, mail_link, mails_go_out
from console.names import alliance_names
from console.pages import rendered
from console.parts import parts
from console.policy import LOOKS_AFTER, may_manage, needs
from console.visitor import page_language, signed_in, subject
from knowledge import Account, KnowledgeError
from knowledge.errors import AccountExistsError

managing = Blueprint("managing", __name__, url_prefix="/accounts")
_EMAIL = re.compile(r"[^@\s<>\"'(),;:\\\[\]]+@[^@\s<>\"'(),;:\\\[\]]+\.[^@\s<>\"'(),;:\\\[\]]+")
_LONGEST_EMAIL = 254


@managing.get("/")
@needs("account.manage")
def listing() -> Response:
    """Show the accounts that the visitor looks after, and the form of an invitation."""
    return _page()


@managing.post("/")
@needs("account.manage")
def invite() -> ResponseReturnValue:
    """Add an account and send its owner the link, or show it."""
    form, inviter = request.form, signed_in()
    faults: dict[str, str] = {}
    email = form.get("email", "").strip()
    role = next((one for one in LOOKS_AFTER[inviter.role] if one == form.get("role")), None)
    alliances = [one for one in form.getlist("alliances") if inviter.may_see(one)]
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_EMAIL:
        faults["email"] = "fault_email"
    if role is None:
        faults["role"] = "fault_role"
    if not alliances and role != "service_office":
        faults["alliances"] = "fault_no_alliance"
    if faults or role is None:
        return _page(faults=faults)
    try:
        account = parts().knowledge.accounts.add(
            email, role=role, alliances=alliances, name=form.get("name", "")[:200], language=page_language()
        )
    except AccountExistsError:
        return _page(faults={"email": "fault_account_exists"})
    except KnowledgeError:
        return _page(faults={"alliances": "fault_no_alliance"})
    return _linked(account)


@managing.post("/<int:account_id>/link")
@needs("account.manage")
def new_link(account_id: int) -> ResponseReturnValue:  # noqa: ARG001  # the guard has read it
    """Send a new link to choose a password, or show it."""
    return _linked(subject(Account))


@managing.post("/<int:account_id>/disabled")
@needs("account.manage")
def set_disabled(account_id: int) -> ResponseReturnValue:
    """Keep an account out, or let it in again."""
    disabled = request.form.get("disabled") == "yes"
    if account_id == signed_in().id:
        return redirect(url_for("console.managing.listing", said="not_yourself"))
    parts().knowledge.accounts.set_disabled(account_id, disabled)
    return redirect(url_for("console.managing.listing", said="disabled" if disabled else "enabled"))


def _linked(account: Account) -> ResponseReturnValue:
    if mails_go_out() and mail_link(parts(), account):
        return redirect(url_for("console.managing.listing", said="invited"))
    base = parts().settings.public_url or request.url_root
    return _page(link=link_for(parts().key, account, base_url=base), invited=account)


def _page(**values: Any) -> Response:
    inviter, knowledge = signed_in(), parts().knowledge
    faults = values.pop("faults", {})
    return rendered(
        "accounts.html", status=422 if faults else 200, faults=faults, form=request.form if faults else {},
        chosen=request.form.getlist("alliances") if faults else [],
        accounts=[one for one in knowledge.accounts.all() if may_manage(inviter, one)],
        roles=LOOKS_AFTER[inviter.role], alliances=[one for one in knowledge.store.alliances() if inviter.may_see(one.id)],
        names=alliance_names(), **values,
    )  # fmt: skip
