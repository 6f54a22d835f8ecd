"""Parents' questions: the list, one question, its answer by e-mail, and ticking it off."""

from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.inbox.answering import is_mail_address, send_answer
from console.names import alliance_names, language_name
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.texts import say
from console.visitor import page_language, signed_in, subject
from knowledge import Question
from widget.cards.display import phone_link
from widget.channels.handover import foreseen, messenger_of, send_into_messenger
from widget.wiring import wired_channels

inbox = Blueprint("inbox", __name__, url_prefix="/inbox")
_LONGEST_ANSWER = 10_000


@inbox.get("/")
@needs("question.read")
def listing() -> Response:
    """Show the questions for one's own alliances: those that are open, oldest first, or all."""
    everything = request.args.get("all") == "yes"
    questions = parts().knowledge.questions.all(state=None if everything else "open")
    mine = [one for one in questions if signed_in().may_see(one.alliance)]
    return rendered(
        "inbox.html", questions=mine, everything=everything, names=alliance_names(), language_name=language_name
    )


@inbox.get("/<int:question_id>")
@needs("question.read")
def show(question_id: int) -> Response:  # noqa: ARG001  # the guard has read it
    """Show a question, and how it can be answered."""
    return _page()


@inbox.post("/<int:question_id>/answer")
@needs("question.answer")
def answer(question_id: int) -> ResponseReturnValue:
    """Send the answer to the parent, by mail or into the messenger of the question, and tick the question off."""
    question, postbox = subject(Question), parts().postbox
    text = request.form.get("answer", "").replace("\r\n", "\n").strip()
    if not text or len(text) > _LONGEST_ANSWER:
        return _page(fault="fault_answer", answer=text)
    alliance = next((one for one in parts().knowledge.store.alliances() if one.id == question.alliance), None)
    if messenger_of(question.contact) is not None:
        name = alliance.name if alliance else question.alliance
        handed = send_into_messenger(parts().knowledge, wired_channels(), question, text, alliance=name)
        if handed != "sent":
            return _page(fault=f"fault_{handed}", answer=text)
        parts().knowledge.questions.set_state(question_id, "answered")
        return redirect(url_for("console.inbox.listing", said="answered"))
    if not postbox.delivers or not is_mail_address(question.contact):
        return _page(fault="fault_no_mail", answer=text)
    if alliance is None or not send_answer(question, text, alliance, postbox):
        return _page(fault="fault_not_mailed", answer=text)
    parts().knowledge.questions.set_state(question_id, "answered")
    return redirect(url_for("console.inbox.listing", said="answered"))


@inbox.post("/<int:question_id>/state")
@needs("question.answer")
def set_state(question_id: int) -> ResponseReturnValue:
    """Tick a question off, or open it again."""
    state = request.form.get("state")
    if state == "open":
        parts().knowledge.questions.set_state(question_id, "open")
    elif state == "answered":
        parts().knowledge.questions.set_state(question_id, "answered")
    return redirect(url_for("console.inbox.listing", said="ticked" if state == "answered" else "reopened"))


def _page(*, fault: str | None = None, answer: str = "") -> Response:
    question, status = subject(Question), 422 if fault else 200
    by_mail, messenger = is_mail_address(question.contact), messenger_of(question.contact)
    # The parent's mail program and ours get the question's number only: an address is kept in histories.
    about = quote(say(page_language(), "answer_subject", id=question.id))
    if messenger is not None and fault is None:
        handed = foreseen(parts().knowledge, wired_channels(), question)
        fault = None if handed == "sent" else f"fault_{handed}"  # said before anybody writes in vain
    return rendered(
        "question.html", status=status, question=question, fault=fault, answer=answer, by_mail=by_mail,
        can_send=messenger is not None or (by_mail and parts().postbox.delivers), messenger=messenger, names=alliance_names(),
        mailto=f"mailto:{quote(question.contact, safe='@')}?subject={about}",
        phone=None if by_mail or messenger else phone_link(question.contact), language_name=language_name,
    )  # fmt: skip
