"""The console's first page: what is to be done first."""

from flask import Blueprint, Response, request

from console.offerings.listing import page_of
from console.pages import GERMANY, rendered
from console.parts import parts
from console.policy import may, needs
from console.todo import found_for, to_do
from console.visitor import signed_in

welcome = Blueprint("welcome", __name__)


@welcome.get("/")
@needs("own.account")
def start() -> Response:
    """Show what waits to be done, the most pressing first, and whose alliances these are."""
    account, knowledge = signed_in(), parts().knowledge
    alliances = [one for one in knowledge.store.alliances() if account.may_see(one.id)]
    found = found_for(knowledge, account, parts().shown())
    drafts = list(found.drafts)
    counts = {state: sum(one.state == state for one in drafts) for state in ("review", "draft")}
    questions = []
    if may(account, "question.read"):
        questions = [one for one in knowledge.questions.all(state="open") if account.may_see(one.alliance)]
    lines = to_do(found, account, today=knowledge.settings.current_date())
    shown, number, pages = page_of(lines, request.args.get("page", 1, type=int))
    oldest = min((one.asked_at.astimezone(GERMANY) for one in questions), default=None)
    return rendered(
        "welcome.html", alliances=alliances, names={one.id: one.name for one in alliances}, counts=counts, questions=questions,
        oldest=oldest, lines=shown, total=len(lines), number=number, pages=pages,
    )  # fmt: skip
