"""The console's first page: what waits to be done."""

from flask import Blueprint, Response

from console.offerings.listing import is_unchecked
from console.pages import rendered
from console.parts import parts
from console.policy import may, needs
from console.visitor import signed_in

welcome = Blueprint("welcome", __name__)


@welcome.get("/")
@needs("own.account")
def start() -> Response:
    """Show whose alliances these are, and where to go on."""
    account, knowledge = signed_in(), parts().knowledge
    alliances = [one for one in knowledge.store.alliances() if account.may_see(one.id)]
    today = knowledge.settings.current_date()
    editions = knowledge.editions.all(account.tenants)
    counts = {
        "review": sum(one.state == "review" for one in editions),
        "drafts": sum(one.state == "draft" for one in editions),
        "unchecked": sum(one.public is not None and is_unchecked(one, today) for one in editions),
    }
    if may(account, "question.read"):
        counts["inbox"] = sum(account.may_see(one.alliance) for one in knowledge.questions.all(state="open"))
    return rendered("welcome.html", alliances=alliances, counts=counts)
