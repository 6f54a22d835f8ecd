"""What the families' guides say to a request, quoted word for word with title, language and address."""

from collections.abc import Mapping

from actions.conversation import Conversation
from actions.replies import Replies
from knowledge import Knowledge, categories_of, written_language
from knowledge.guides import FoundSection
from knowledge.reasons import language_name

_ASKED_FOR = frozenset({"family_guide", "family_info"})
# From this likeness on a section answers a request that does not ask for a guide; chosen on the demo guides.
_ANSWERS = 0.6
_LONGEST_QUOTE = 400


def asks_for_guide(needs: Mapping[str, float]) -> bool:
    """Return whether what is asked for is most likely a guide."""
    return next(iter(categories_of(needs)), None) in _ASKED_FOR


def quote_guide(reply: Replies, knowledge: Knowledge, known: Conversation, *, wanted: bool) -> None:
    """Quote the section that answers the request, if one does; where a guide is wanted, the closest one in any case."""
    if known.request is None or known.request in knowledge.taxonomy.concepts:
        return
    language = known.wishes.get("service_language") or written_language(known.language)
    answer = knowledge.guides(
        known.request, language=language, near=known.place, limit=1, least_similarity=-1.0 if wanted else _ANSWERS
    )
    found = next(iter(answer.sections), None)
    if found is None or answer.no_good_answer:
        return
    guide = found.section.guide
    name = language_name(guide.language, known.language)
    reply.say("utter_guide", title=guide.title, language_name=name, quote=_short(found), url=guide.url or "")


def _short(found: FoundSection) -> str:
    """Return the quote, cut after a word where it is long."""
    if len(found.quote) <= _LONGEST_QUOTE:
        return found.quote
    return found.quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
