"""One turn of a conversation, as a list of steps: clean, crisis, language, understand, assistant, own answer, remember."""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from knowledge import Conversation, Knowledge, Understanding, written_language
from widget.cards.display import with_display
from widget.conversation.assistant import Assistant, AssistantAwayError, AssistantRequest
from widget.conversation.given_replies import GivenReplies, Reply
from widget.conversation.hearing import Said, hear
from widget.conversation.languages import first_known, reliably, reply_language
from widget.conversation.memory import Memory, read_memory, recall
from widget.conversation.message import cleaned
from widget.conversation.observing import Observer, Turn, tell
from widget.conversation.own_answer import choice_of_language, message, own_answer
from widget.conversation.rasa_reply import AssistantReply, Message
from widget.conversation.turns_in_order import ConversationBusyError, Turns
from widget.conversation.understood import as_metadata
from widget.limits import QuestionsADay
from widget.texts import sentence

_log = logging.getLogger(__name__)


class Crisis(Protocol):
    """A message that needs help at once."""

    @property
    def language(self) -> str:
        """The reply language it was recognised in."""
        ...

    @property
    def leaves_time(self) -> bool:
        """Whether offerings may stand below the help."""
        ...

    def replies(self, language: str) -> list[str]:
        """Return the paragraphs to answer with."""
        ...


CrisisCheck = Callable[[str, str], Crisis | None]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One message with what came along: the language chosen on the page, that of the browser, the page's alliance.

    Attributes:
        message_id: By which a message that is sent again is known: it gets the reply that it got before.
        sender: The address it came from.
        channel: Where it was written.
    """

    conversation: str
    message: str
    message_id: str | None = None
    language: str | None = None
    accepted: str | None = None
    alliance: str | None = None
    sender: str | None = None
    channel: str = "web"


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """Answers messages, and tells each turn to its observers; its parts are wired once by the application."""

    knowledge: Knowledge
    assistant: Assistant
    check_crisis: CrisisCheck
    turns: Turns = field(default_factory=Turns)
    given: GivenReplies = field(default_factory=GivenReplies)
    questions_a_day: QuestionsADay = field(default_factory=QuestionsADay)
    observers: Sequence[Observer] = ()

    def answer(self, ask: Ask) -> Reply:
        """Return the answer to one message; there is always one, whatever is down.

        Raises:
            ConversationBusyError: Earlier messages of the conversation are still being answered.
        """
        if ask.message_id is None:
            return self._answer(ask)
        return self.given.once(ask.conversation, ask.message_id, lambda: self._answer(ask))

    def tell(self, turn: Turn) -> None:
        """Tell the observers a turn, or a search that belongs to no conversation; this never fails."""
        tell(self.observers, turn)

    def _answer(self, ask: Ask) -> Reply:
        reply, turn = self._answer_and_turn(ask)
        self.tell(turn)
        return reply

    def _answer_and_turn(self, ask: Ask) -> tuple[Reply, Turn]:
        words = cleaned(ask.message)
        try:
            crisis = self.check_crisis(words, self._guessed_language(ask, words))
            if crisis is None:
                return self._in_turn(ask, words)
            begins = self._begins(ask)
            reply = self._help_at_once(ask, crisis)
            return self._with_help_nearby(reply, crisis, ask, words), Turn(**_about(ask, reply), is_first=begins)
        except ConversationBusyError:
            raise
        except Exception as error:
            _log_failure("a turn", error)
            language = first_known(ask.language, ask.accepted)
            texts = (sentence(language, "say_broken"), sentence(language, "say_contact_unknown"))
            reply = _reply(ask, language, [message(text) for text in texts], by="failure")
            return reply, Turn(**_about(ask, reply), is_first=False)

    def _in_turn(self, ask: Ask, words: str) -> tuple[Reply, Turn]:
        with self.turns.of(ask.conversation):
            return self._converse(ask, words)

    def _guessed_language(self, ask: Ask, words: str) -> str:
        before = first_known(ask.language, ask.accepted)
        return reliably(
            lambda: reply_language(words, otherwise=before, identifier=self.knowledge.identifier), otherwise=before
        )

    def _with_help_nearby(self, reply: Reply, crisis: Crisis, ask: Ask, words: str) -> Reply:
        """Return the help with offerings below it, where the parent also asked for something and nobody is in danger."""
        if not crisis.leaves_time:
            return reply
        try:
            if self._leaves_question(ask):
                return reply
            found = [one for one in self._in_turn(ask, words)[0].messages if one["offerings"]]
        except Exception as error:
            _log_failure("looking for help nearby", error)
            return reply
        return replace(reply, messages=[*reply.messages, *found])

    def _leaves_question(self, ask: Ask) -> bool:
        """Return whether words would go into a question for an alliance; those of a crisis must not."""
        conversation = self.knowledge.conversations.find(ask.conversation)
        return conversation is not None and read_memory(conversation.memory).asked == "question"

    def _begins(self, ask: Ask) -> bool:
        try:
            return self.knowledge.conversations.find(ask.conversation) is None
        except Exception as error:  # help in a crisis must never fail
            _log_failure("looking for a conversation", error)
            return False

    def _help_at_once(self, ask: Ask, crisis: Crisis) -> Reply:
        """Return help that waits for nothing that can be down."""
        language = reliably(lambda: self._note_language(ask, crisis.language), otherwise=crisis.language)
        return _reply(ask, language, [message(text) for text in crisis.replies(language)], by="crisis")

    def _note_language(self, ask: Ask, written: str) -> str:
        """Remember the language for the next message, but not these words; Einfache Sprache stays."""
        conversation = self.knowledge.conversations.find(ask.conversation)
        keeps = conversation is not None and written_language(conversation.language) == written_language(written)
        language = conversation.language if conversation and keeps else written
        begun = conversation or Conversation(id=ask.conversation, language=language)
        self.knowledge.conversations.keep(replace(begun, language=language))
        return language

    def _converse(self, ask: Ask, words: str) -> tuple[Reply, Turn]:
        kept = self.knowledge.conversations.find(ask.conversation)
        conversation = kept or Conversation(id=ask.conversation, language="")
        before = first_known(ask.language, conversation.language, ask.accepted)
        memory = read_memory(conversation.memory)
        memory = replace(memory, alliance=memory.alliance or ask.alliance)
        turns = conversation.turns
        # Where nothing was found at a place, its name may have been misunderstood.
        where_next = memory.place is None or (memory.request is not None and not memory.shown)
        said = hear(self.knowledge, words, before=before, memory=memory, place_expected=turns > 0 and where_next)
        if not said.words and said.command is None:
            return _unheard(ask, _reply(ask, before, [message(sentence(before, "say_empty"))], by="gateway"))
        if not said.legible and memory.asked != "question":  # an alliance's people may read it
            return _unheard(ask, _reply(ask, before, [choice_of_language(before)], by="gateway"))
        private = memory.asked == "question"
        begins = kept is None
        reply = self._from_assistant(ask, said, memory)
        if reply is not None:
            language = reply.language or said.language
            messages, by, searched = reply.messages, "rasa", reply.searched
            memory = _after_assistant(memory, said, reply)
        else:
            language, by = said.language, "search"
            own = own_answer(
                self.knowledge, words=said.words, command=said.command, understood=said.understood, memory=memory, language=language
            )  # fmt: skip
            messages, memory, searched = own.messages, own.memory, own.searched
        deletes = reply is not None and reply.deletes
        try:
            if deletes:
                self.knowledge.conversations.delete(ask.conversation)
                self.given.forget(ask.conversation)
            else:
                self.knowledge.conversations.keep(
                    Conversation(id=ask.conversation, language=language, turns=turns + 1, memory=memory.as_json())
                )
        except Exception as error:  # the answer is there: it is worth more than its memory
            _log_failure("remembering a turn", error)
        answer = _reply(ask, language, messages, by=by)
        if reply is not None:
            answer = replace(answer, contact_asked=reply.contact_asked, question_left=reply.question_left)
        if private or deletes or memory.asked == "question":
            return answer, Turn(**_about(ask, answer), is_first=begins, deletes=deletes)
        return answer, Turn(
            **_about(ask, answer), is_first=begins, words=said.words, understood=said.understood,
            request=self._outside_crisis(memory.request, said), place=memory.place, alliance=memory.alliance,
            needs=searched.needs if searched else {},
            offerings=tuple(card["id"] for one in answer.messages for card in one["offerings"]),
            searched=searched is not None, answered=searched.answered if searched else None,
        )  # fmt: skip

    def _outside_crisis(self, request: str | None, said: Said) -> str | None:
        """Return a request that may be told: an earlier message that it comes from may have been one of a crisis."""
        if request is None or request == said.words or request in self.knowledge.taxonomy.concepts:
            return request
        try:
            return None if self.check_crisis(request, said.language) else request
        except Exception as error:  # the answer is there
            _log_failure("looking at a request", error)
            return None

    def _from_assistant(self, ask: Ask, said: Said, memory: Memory) -> AssistantReply | None:
        """Return the assistant's reply, or None when it is away, or cannot know what a button refers to."""
        behind = memory if memory.by_gateway else None
        if said.command is not None:
            if behind and said.command.intent in {"more_results", "give_place"}:
                return None
            words, understood = said.command.payload(place=behind.place if behind else None), said.understood
        else:
            words, understood = self._caught_up(said, behind)
        metadata = as_metadata(
            understood, language=said.language, before=memory, catching_up=behind,
            may_leave_question=self.questions_a_day.may_leave(ask.sender),
        )  # fmt: skip
        request = AssistantRequest(conversation=ask.conversation, message=words, metadata=metadata)
        try:
            reply = self.assistant.reply(request)
        except AssistantAwayError as error:
            _log.warning("the assistant gave no answer (%s); the gateway does", error)
            return None
        if reply.question_left:
            self.questions_a_day.count(ask.sender)
        return reply

    def _caught_up(self, said: Said, behind: Memory | None) -> tuple[str, Understanding]:
        """Return what Rasa hears: where the gateway had asked for the place, also what it was asked for before."""
        answers_where = behind is not None and behind.asked == "place" and said.understood.where.place is not None
        if behind is None or behind.request is None or not answers_where or said.understood.residue:
            return said.words, said.understood
        taxonomy = self.knowledge.taxonomy
        request = (
            taxonomy.label(behind.request, said.language) if behind.request in taxonomy.concepts else behind.request
        )
        today = self.knowledge.settings.current_date()
        asked_for = self.knowledge.reader.read(request, language=said.understood.language, today=today)
        ages = said.understood.ages or asked_for.ages
        return f"{request}, {said.words}", replace(asked_for, where=said.understood.where, ages=ages)


def _log_failure(what: str, error: Exception) -> None:
    """Log where something failed; never the error's text, which may quote a parent's words."""
    _log.error("%s failed: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


def _about(ask: Ask, reply: Reply) -> dict[str, Any]:
    """Return what may be told of every turn."""
    return {"conversation": ask.conversation, "language": reply.language, "by": reply.by, "channel": ask.channel}


def _unheard(ask: Ask, reply: Reply) -> tuple[Reply, Turn]:
    """Return the answer to what was empty or in no language that we read; nothing is remembered of it."""
    return reply, Turn(**_about(ask, reply), is_first=False)


def _after_assistant(memory: Memory, said: Said, reply: AssistantReply) -> Memory:
    """Return what is remembered after Rasa answered: what it says, else what the message says."""
    if said.command is not None and said.command.intent == "start_over":
        memory = Memory(alliance=memory.alliance)
    # What is told to people is neither a request nor a place to search at.
    known = replace(memory, asked=None) if memory.asked == "question" else recall(memory, said.understood, said.words)
    if reply.memory is not None:
        told = read_memory(reply.memory)
        known = replace(
            known, request=told.request or known.request, place=told.place or known.place, ages=told.ages or known.ages,
            shown=told.shown, wishes=told.wishes, asked=told.asked,
        )  # fmt: skip
    return replace(known, by_gateway=False)


def _reply(ask: Ask, language: str, messages: list[Message], *, by: str) -> Reply:
    shown = [{**one, "offerings": [with_display(card, language) for card in one["offerings"]]} for one in messages]
    return Reply(conversation=ask.conversation, language=language, messages=shown, by=by)
