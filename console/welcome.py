"""The console's first page: what is to be done first."""

from flask import Blueprint, Response, request

from console.names import alliance_names, own_alliances
from console.pages import rendered
from console.paging import page_of
from console.parts import parts
from console.policy import may, needs
from console.todo import found_for, to_do
from console.visitor import signed_in
from knowledge.german_time import GERMANY

welcome = Blueprint("welcome", __name__)


@welcome.get("/")
@needs("own.account")
def start() -> Response:
    """Show what waits to be done, the most pressing first, and whose alliances these are."""
    account, knowledge = signed_in(), parts().knowledge
    found = found_for(knowledge, account)
    drafts = list(found.drafts)
    counts = {state: sum(one.state == state for one in drafts) for state in ("review", "draft")}
    questions = []
    if may(account, "question.read"):
        questions = [one for one in knowledge.questions.all(state="open") if account.may_see(one.alliance)]
    lines = to_do(found, account, today=knowledge.settings.current_date())
    shown, number, pages = page_of(lines, request.args.get("page", 1, type=int))
    oldest = min((one.asked_at.astimezone(GERMANY) for one in questions), default=None)
    return rendered(
        "welcome.html", alliances=own_alliances(), names=alliance_names(), counts=counts, questions=questions,
        oldest=oldest, lines=shown, total=len(lines), number=number, pages=pages,
    )  # fmt: skip
