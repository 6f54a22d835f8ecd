"""The console's door: whether the visitor may, and whether the record is theirs to see. Runs before every view."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from console.accounts.views import sign_in_page
from console.parts import parts
from console.policy import OPEN, files_taken, may, may_manage, policy_of
from console.visitor import recognise, refuse_forged, visitor
from knowledge import Account, UnknownRecordError

_GREATEST_ID = 2**31 - 1
_SAFE = {"GET", "HEAD", "OPTIONS"}
# A description in ten languages, each letter written in six bytes.
_LARGEST_FORM_BYTES = 2 * 1024 * 1024


def guard() -> ResponseReturnValue | None:
    """Let a request through, or answer it: with the sign-in page, 403, or 404 for what is not theirs to see."""
    g.visitor = recognise()
    account = visitor().account
    assert request.endpoint is not None
    view = current_app.view_functions[request.endpoint]
    files = files_taken(view)
    if account is not None:
        request.max_content_length = request.max_form_memory_size = _LARGEST_FORM_BYTES
        if files is not None and may(account, policy_of(view)):
            request.max_content_length = files.largest_bytes
            request.max_form_memory_size = files.largest_bytes if files.in_fields else _LARGEST_FORM_BYTES
    elif files is not None and not files.in_fields and request.method not in _SAFE:
        # A file cannot be handed through the sign-in page; it is not even taken.
        return sign_in_page(status=401, back=request.path, fault="fault_file_again")
    if request.method not in _SAFE:
        refuse_forged()
    action = policy_of(view)
    if action != OPEN:
        if account is None:
            return _to_sign_in()
        if not may(account, action):
            abort(403)
        g.subject = _subject(account)
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page; a form that was sent meanwhile is handed through, so that nothing typed is lost."""
    if request.method in _SAFE:
        return redirect(url_for("console.accounts.sign_in", next=request.full_path.rstrip("?")))
    return sign_in_page(status=401, back=request.path, carried=[*request.form.items(multi=True)])


def _subject(account: Account) -> object:
    """Return the record that the address names; 404 for what is not there, and for what is somebody else's."""
    for name, value in (request.view_args or {}).items():
        if name in _SUBJECTS:
            if value > _GREATEST_ID if isinstance(value, int) else "\0" in value:
                abort(404)  # no database holds such an id, nor takes it in a question
            found, theirs = _SUBJECTS[name](account, value)
            return found if theirs else abort(404)
    return None


def _offering(account: Account, offering_id: str) -> tuple[object, bool]:
    edition = parts().knowledge.editions.one(offering_id)
    return edition, edition is not None and account.may_see(edition.offering.alliance)


def _guide(account: Account, guide_id: str) -> tuple[object, bool]:
    edition = parts().knowledge.guide_editions.one(guide_id)
    return edition, edition is not None and account.may_see(edition.guide.alliance)


def _account(account: Account, account_id: int) -> tuple[object, bool]:
    other = parts().knowledge.accounts.one(account_id)
    return other, other is not None and may_manage(account, other)


def _question(account: Account, question_id: int) -> tuple[object, bool]:
    try:
        question = parts().knowledge.questions.one(question_id)
    except UnknownRecordError:
        return None, False
    return question, account.may_see(question.alliance)


def _saved_question(account: Account, saved_id: int) -> tuple[object, bool]:
    question = parts().knowledge.saved_questions.one(saved_id)
    return question, question is not None and account.may_see(question.alliance)


def _in_vain(account: Account, vain_id: int) -> tuple[object, bool]:
    question = parts().knowledge.in_vain.one(vain_id)
    return question, question is not None and account.may_see(question.alliance)


def _learnt_name(account: Account, name_id: int) -> tuple[object, bool]:
    name = parts().knowledge.learnt_names.one(name_id)
    return name, name is not None and account.may_see(name.alliance)


def _note(account: Account, note_id: int) -> tuple[object, bool]:
    note = parts().knowledge.notes.one(note_id)
    return note, note is not None and _offering(account, note.offering)[1]


def _import(account: Account, import_id: int) -> tuple[object, bool]:
    found = parts().knowledge.spreadsheet_imports.one(import_id)
    return found, found is not None and account.may_see(found.alliance)


# By the name of the route's argument, whose converter gives the right type.
_SUBJECTS: Mapping[str, Callable[[Account, Any], tuple[object, bool]]] = {
    "offering_id": _offering,
    "account_id": _account,
    "guide_id": _guide,
    "question_id": _question,
    "saved_id": _saved_question,
    "vain_id": _in_vain,
    "name_id": _learnt_name,
    "note_id": _note,
    "import_id": _import,
}
