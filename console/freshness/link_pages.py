"""What the links of a reminder open, without signing in: a page with the offering, and one button that does it.

Programs that follow links in mails only ever see the page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.freshness.recipients import Recipient, recipients_of
from console.freshness.review_links import LASTS, ReviewLink, read_token
from console.offerings.preview import cards
from console.pages import rendered
from console.parts import parts
from console.policy import may, open_to_all
from console.visitor import visitor
from knowledge import Offering
from knowledge.errors import EditedMeanwhileError
from knowledge.store import Published

review = Blueprint("review", __name__, url_prefix="/review")
_LONGEST_NOTE = 2_000


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that still holds: whose it is, and the published offering as it was when the mail was written."""

    recipient: Recipient
    published: Published


@review.route("/still-true/<token>", methods=["GET", "POST"])
@open_to_all
def still_true(token: str) -> ResponseReturnValue:
    """Note that everything is still right."""
    today = parts().knowledge.settings.current_date()
    return _asked(
        token,
        "confirm",
        lambda opened: parts().knowledge.reviews.confirm(
            opened.published.id, on=today, editor=opened.recipient.email, read_version=opened.published.version
        ),
    )


@review.route("/gone/<token>", methods=["GET", "POST"])
@open_to_all
def gone(token: str) -> ResponseReturnValue:
    """Take out what is not offered any more."""
    return _asked(
        token,
        "gone",
        lambda opened: parts().knowledge.reviews.withdraw(
            opened.published.id, editor=opened.recipient.email, read_version=opened.published.version
        ),
    )


@review.route("/change/<token>", methods=["GET", "POST"])
@open_to_all
def change(token: str) -> ResponseReturnValue:
    """Take a short text on what is wrong; whoever is signed in is led to the form instead."""
    opened = _opened(token)
    if isinstance(opened, str):
        return _ended(opened)
    account, published = visitor().account, opened.published
    if request.method != "POST":  # HEAD comes here, too
        if account is not None and may(account, "offering.draft") and account.may_see(published.alliance):
            return redirect(url_for("console.editing.edit", offering_id=published.id))
        return _page(opened, "change")
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    if not text or len(text) > _LONGEST_NOTE:
        return _page(opened, "change", fault="fault_note", text=text)
    author = opened.recipient.email
    if not parts().knowledge.notes.leave(published.id, version=published.version, author=author, text=text):
        return _ended("used")
    return redirect(url_for("console.review.done", said="review_noted"))


@review.get("/done")
@open_to_all
def done() -> Response:
    """Thank, on a page that does nothing when it is loaded again."""
    return rendered("review_done.html")


def _asked(token: str, what: str, do: Callable[[Opened], None]) -> ResponseReturnValue:
    """Show a link's page, or do what its button says."""
    opened = _opened(token)
    if isinstance(opened, str):
        return _ended(opened)
    if request.method != "POST":  # HEAD comes here, too
        return _page(opened, what)
    try:
        do(opened)
    except EditedMeanwhileError:
        return _ended("used")
    parts().reindex()
    return redirect(url_for("console.review.done", said=f"review_{what}"))


def _opened(token: str) -> Opened | str:
    """Return what a link opens, or why it does so no more: "expired", "used" or "stranger"; 404 for one that is not ours."""
    link, knowledge = read_token(parts().key, token), parts().knowledge
    if link is None:
        abort(404)
    if link.expired:
        return "expired"
    published = knowledge.reviews.one(link.offering_id)
    if published is None or published.version != link.version:
        return "used"
    recipient = _recipient(link, published.alliance)
    if recipient is None:
        return "stranger"
    if knowledge.notes.is_left(published.id, version=published.version, author=recipient.email):
        return "used"
    return Opened(recipient=recipient, published=published)


def _recipient(link: ReviewLink, alliance_id: str) -> Recipient | None:
    """Return whose link it is, where they would still be reminded today."""
    knowledge = parts().knowledge
    alliance = next(one for one in knowledge.store.alliances() if one.id == alliance_id)
    found = recipients_of(alliance, knowledge.accounts.all())
    return next((one for one in found if one.stamp == link.stamp), None)


def _page(opened: Opened, what: str, *, fault: str | None = None, text: str = "") -> Response:
    offering = Offering.model_validate(opened.published.content)
    shown = cards(offering, parts().knowledge.taxonomy, ["de"])[0]
    return rendered("review_link.html", status=422 if fault else 200, what=what, shown=shown, fault=fault, text=text)


def _ended(why: str) -> Response:
    return rendered("review_ended.html", status=410, why=why, days=LASTS.days)
