"""What parents asked in vain: the list, one group, asking it again, and settling it."""

from typing import Any, get_args

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.in_vain.asking import ask_again
from console.in_vain.grouping import LEAST_PEOPLE, Group, group_with, groups_of
from console.names import alliance_names, language_name
from console.pages import rendered
from console.parts import parts
from console.policy import needs
from console.texts import say
from console.visitor import page_language, signed_in, subject
from knowledge import KnowledgeError, broader, written_language
from knowledge.german_time import GERMANY
from knowledge.store import VAIN_STATES, AskedInVain, VainState
from widget.texts import day, direction

in_vain = Blueprint("in_vain", __name__, url_prefix="/in-vain")
_MOST_SHOWN = 60


@in_vain.get("/")
@needs("question.read")
def listing() -> Response:
    """Show the groups in a state, those with most questions first."""
    state = _state(request.args.get("state")) or "open"
    found = _groups(state)
    # Of single questions that nobody understood there is nothing to read, and nothing to do, until others ask for the same.
    groups = [group for group in found if state != "open" or group.need is not None or group.shows_words]
    single = sum(len(group.questions) for group in found) - sum(len(group.questions) for group in groups)
    return rendered(
        "in_vain.html", groups=groups[:_MOST_SHOWN], single=single, least=LEAST_PEOPLE,
        more=max(0, len(groups) - _MOST_SHOWN), state=state, states=VAIN_STATES,
        several=signed_in().tenants is None or len(signed_in().alliances) > 1, label_of=label_of,
        language_name=language_name, alliance_name=_alliance_name, when=_when,
    )  # fmt: skip


@in_vain.get("/<int:vain_id>")
@needs("question.read")
def show(vain_id: int) -> Response:  # noqa: ARG001  # the guard has read it
    """Show a group, and what can be done about it."""
    group = group_here()
    return rendered(
        "in_vain_group.html", group=group, heading=label_of(group), category=group.need and broader(group.need),
        city=next(iter(group.places), None), state=group.questions[0].state, least=LEAST_PEOPLE,
        **_speaking(),
    )  # fmt: skip


@in_vain.get("/<int:vain_id>/again")
@needs("question.read")
def again(vain_id: int) -> Response:  # noqa: ARG001  # the guard has read it
    """Ask the group's questions again, and show what they find now."""
    group = group_here()
    try:
        asked, fault = ask_again(parts().knowledge, group), None
    except KnowledgeError:
        asked, fault = [], "in_vain_no_search"
    return rendered(
        "in_vain_again.html", group=group, heading=label_of(group), asked=asked, fault=fault,
        good=sum(one.good for one in asked), state=group.questions[0].state, **_speaking(),
    )  # fmt: skip


@in_vain.post("/<int:vain_id>/state")
@needs("question.answer")
def set_state(vain_id: int) -> ResponseReturnValue:
    """Settle or dismiss a group's questions as far as they were seen, or open them again."""
    state = _state(request.form.get("state"))
    if state is None:
        abort(422)
    seen = request.form.get("seen", "")
    last = int(seen) if seen.isdecimal() and len(seen) < 19 else vain_id
    ids = [one.id for one in group_here().questions if one.id <= last]
    parts().knowledge.in_vain.set_state(ids, state, by=signed_in().email)
    # From the list of what is settled the step can be taken back.
    return redirect(url_for("console.in_vain.listing", state=state, said=f"in_vain_{state}"))


def group_here() -> Group:
    """Return the group of the question that the address names, among those of its state."""
    question = subject(AskedInVain)
    return group_with(_groups(question.state), question.id) or abort(404)


def label_of(group: Group) -> str:
    """Return the name of what a group asks for, in the page's language."""
    if group.need is not None:
        return parts().knowledge.taxonomy.label(group.need, page_language())
    words = list(group.frequent_words().values())[:3] if group.shows_words else []
    if words:
        return say(page_language(), "in_vain_unknown_words", words=", ".join(words))
    return say(page_language(), "in_vain_unknown")


def _speaking() -> dict[str, Any]:
    """Return what templates need to show words in their own language."""
    return {
        "language_name": language_name, "lang_of": written_language, "alliance_name": _alliance_name,
        "dir_of": direction,
        "may_see": signed_in().may_see, "when": _when,
    }  # fmt: skip


def _groups(state: VainState) -> list[Group]:
    knowledge = parts().knowledge
    questions = knowledge.in_vain.all(signed_in().tenants, state=state)
    return groups_of(questions, knowledge.encoder.encode_queries)


def _alliance_name(alliance_id: str | None) -> str:
    return alliance_names().get(alliance_id) or alliance_id or say(page_language(), "in_vain_no_alliance")


def _when(group: Group) -> str:
    """Return on which days a group was asked for; in Germany the hour may belong to the day after that in UTC."""
    first, last = (day(page_language(), at.astimezone(GERMANY)) for at in (group.first_asked, group.last_asked))
    return first if first == last else say(page_language(), "in_vain_between", first=first, last=last)


def _state(value: str | None) -> VainState | None:
    return next((state for state in get_args(VainState) if state == value), None)
