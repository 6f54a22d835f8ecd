"""What is to be done first: one line an offering, with every reason, the most pressing first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache, partial

from console.figures.small_numbers import rounded
from console.freshness.due import Reviewed, reviewed, why
from console.freshness.urgency import shown_lately, urgency
from console.policy import may
from console.texts import say
from knowledge import Account, Knowledge, SavedQuestion
from knowledge.store import LinkCheck, Lying, Note
from knowledge.values import Guide
from widget.cards.display import email_link, phone_link
from widget.texts import day

# What weighs as much as so many months overdue.
_NOTE, _REVIEW, _BROKEN, _CONTACT, _FAILING, _DRAFT = 6.0, 6.0, 3.0, 3.0, 2.0, 0.5
_LYING_DAYS = 30
_LONGEST_QUOTE = 200


@dataclass
class Line:
    """What is to be done about one offering or guide.

    Attributes:
        is_guide: It is about a guide, which has no page of its own here.
        version: Of what is published; None where nothing is.
        due: Whether somebody should look whether it is still true.
        reasons: Each gives a sentence in the language of the page when it is shown; of thousands of lines only a few are.
    """

    id: str
    title: str
    alliance: str
    is_guide: bool = False
    version: int | None = None
    due: bool = False
    score: float = 0.0
    reasons: list[Callable[[], str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is of an account's alliances."""

    reviewed: Iterable[Reviewed]
    drafts: Iterable[Lying] = ()
    notes: Iterable[Note] = ()
    broken: Mapping[str, LinkCheck] = field(default_factory=dict)
    guides: Iterable[Guide] = ()
    shown: Mapping[str, int] = field(default_factory=dict)
    failing: Iterable[SavedQuestion] = ()


def found_for(knowledge: Knowledge, account: Account) -> Found:
    """Return what there is of an account's alliances."""
    broken = knowledge.link_checks.broken()
    # Their texts are long, and are read only where one of them may have something to it.
    guides = [one for one in knowledge.store.guides() if account.may_see(one.alliance)] if broken else []
    return Found(
        reviewed=reviewed(knowledge, account.tenants), drafts=knowledge.reviews.drafts(account.tenants),
        notes=knowledge.notes.waiting(account.tenants), broken=broken, guides=guides,
        shown=shown_lately(knowledge),
        failing=knowledge.saved_questions.failing(account.tenants),
    )  # fmt: skip


def to_do(found: Found, account: Account, *, today: date, now: datetime | None = None) -> list[Line]:
    """Return a line for each offering about which something is to be done, the most pressing first."""
    notes: dict[str, list[Note]] = {}
    for note in found.notes:
        notes.setdefault(note.offering, []).append(note)
    failing: dict[str, list[SavedQuestion]] = {}
    for question in found.failing:
        failing.setdefault(question.offering, []).append(question)
    lines = {}
    for one in found.reviewed:
        id_ = one.published.id
        line = _of_published(one, notes.pop(id_, []), failing.get(id_, []), found, account.language, today)
        if line.reasons:
            lines[line.id] = line
    for draft in found.drafts:
        _add_draft(lines, draft, account, (now or datetime.now(UTC)))
    for guide in found.guides:
        if guide.url and guide.url in found.broken:
            line = Line(id=guide.id, title=guide.title, alliance=guide.alliance or "", is_guide=True, score=_BROKEN)
            line.reasons.append(_broken(found.broken[guide.url], account.language, today))
            lines[f"guide {guide.id}"] = line
    return sorted(lines.values(), key=lambda line: (-line.score, line.id))


@lru_cache(maxsize=20_000)
def contact_fault(phone: str | None, email: str | None, url: str | None) -> str | None:
    """Return the key of the sentence that says what is wrong with a contact, or None."""
    if not (phone or email or url):
        return "to_do_no_contact"
    if phone and phone_link(phone) is None:
        return "to_do_phone"
    return "to_do_email" if email and email_link(email) is None else None


def _of_published(
    one: Reviewed, notes: list[Note], failing: list[SavedQuestion], found: Found, language: str, today: date
) -> Line:
    published, overdue = one.published, one.overdue_days(today)
    phone, email, url = (published.content[name] for name in ("phone", "email", "url"))
    line = Line(
        id=published.id, title=published.content["title"], alliance=published.alliance, version=published.version,
        due=overdue >= 0,
    )  # fmt: skip
    besides = 0.0
    for note in notes:
        besides += _NOTE
        line.reasons.append(partial(say, language, "to_do_note", author=note.author, text=_short(note.text)))
    if url and url in found.broken:
        besides += _BROKEN
        line.reasons.append(_broken(found.broken[url], language, today))
    fault = contact_fault(phone, email, url)
    if fault is not None:
        besides += _CONTACT
        line.reasons.append(partial(say, language, fault, phone=phone))
    if failing:
        besides += _FAILING
        line.reasons.append(partial(say, language, "to_do_failing", question=_short(failing[0].asked.text)))
    if line.due:
        line.reasons.append(partial(why, one, language, today))
    if line.reasons:
        shown = found.shown.get(published.id, 0)
        line.score = urgency(overdue_days=overdue, shown=shown, besides=besides)
        about = rounded({published.id: shown})[published.id]
        if about:
            line.reasons.append(partial(say, language, "to_do_shown", count=about))
    return line


def _add_draft(lines: dict[str, Line], draft: Lying, account: Account, now: datetime) -> None:
    days = (now - draft.written_at).days
    if draft.state == "review" and may(account, "offering.publish"):
        key, weight = "to_do_review", _REVIEW
    elif draft.state == "draft" and days > _LYING_DAYS:
        key, weight = "to_do_draft", _DRAFT
    else:
        return
    line = lines.setdefault(draft.id, Line(id=draft.id, title=draft.title, alliance=draft.alliance))
    line.reasons.append(partial(say, account.language, key, days=days))
    line.score += urgency(overdue_days=-1, shown=0, besides=weight * (1 + days / 30))


def _broken(check: LinkCheck, language: str, today: date) -> Callable[[], str]:
    return partial(say, language, "website_broken", date=day(language, check.failing_since or today))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
