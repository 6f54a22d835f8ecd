"""What a messenger's event means to the conversation: the gateway's answer, or a sentence about what messengers alone can do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from knowledge import LANGUAGES, SIMPLE_GERMAN, Alliance, Conversation, Knowledge
from widget.channels.channel import Channel, Incoming, Showing
from widget.channels.handover import contact_here, messenger_of
from widget.channels.texts import say
from widget.conversation.contact import contact_of
from widget.conversation.given_replies import Reply
from widget.conversation.languages import first_known
from widget.conversation.memory import read_memory
from widget.conversation.own_answer import message
from widget.conversation.rasa_reply import Message
from widget.conversation.turn import Ask, Gateway
from widget.pages.chat_setting import first_questions
from widget.texts import language_names, sentence

# By these a parent can reach a provider.
_WAYS = {"phone", "email", "website", "route"}
_CANNOT = {"voice": "cannot_hear", "picture": "cannot_see", "old button": "old_button"}
# Written, chosen from a menu or pressed; a messenger may add the name of its account.
_COMMAND = re.compile(r"/(start|help|language|stop)(?:@\w+)?(?:\s+(\S{1,80}))?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Conversing:
    """Holds one conversation of a channel.

    Attributes:
        conversation: Its id.
    """

    gateway: Gateway
    channel: Channel
    conversation: str

    def answer(self, incoming: Incoming) -> Showing | None:
        """Return what to show to an event; None where nothing is to be said.

        Raises:
            ConversationBusyError: Earlier messages of the conversation are still being answered.
        """
        if incoming.kind == "gone":
            self._knowledge.conversations.delete(self.conversation)
            return None
        greeted = self.channel.begins_with_start or self._knowledge.conversations.find(self.conversation) is not None
        command = _COMMAND.fullmatch(incoming.text.strip()) if incoming.kind in {"text", "button"} else None
        if command is not None:
            reply = self._obey(command[1].lower(), command[2], incoming)
        elif incoming.kind in {"unreadable", "group", "too_many"}:
            language = self._language(incoming)
            key = _CANNOT.get(incoming.text, "cannot_read") if incoming.kind == "unreadable" else incoming.kind
            reply = self._reply(language, [message(say(language, key))])
        elif messenger_of(incoming.text) is not None:
            reply = self._wait_here(incoming)
        else:
            reply = self._ask(incoming, incoming.text)
        if reply.contact_asked:
            reply = self._with_answer_here(reply)
        reply = replace(
            reply, messages=with_contacts(reply.messages, self._knowledge.store.alliances(), reply.language)
        )
        if not greeted and command is None and incoming.kind != "group" and reply.by != "crisis":
            # Who begins with a question, and not with the greeting, must learn it too.
            about = message(self._about(reply.language, say(reply.language, "machine")))
            reply = replace(reply, messages=[*reply.messages, about])
        return Showing(reply=reply, asks_place=self._asks_place(reply), answering=incoming)

    def broken(self, incoming: Incoming) -> Showing:
        """Return what to show where an event could not be answered time and again."""
        language = self._language(incoming)
        return Showing(reply=self._reply(language, [message(sentence(language, "say_broken"))]), answering=incoming)

    @property
    def _knowledge(self) -> Knowledge:
        return self.gateway.knowledge

    def _ask(self, incoming: Incoming, words: str) -> Reply:
        return self.gateway.answer(
            Ask(
                conversation=self.conversation, message=words, message_id=f"{self.channel.name} {incoming.update_id}",
                accepted=incoming.language if incoming.language in LANGUAGES else None,
                sender=self.conversation,
                channel=self.channel.name,
            )
        )  # fmt: skip

    def _obey(self, command: str, argument: str | None, incoming: Incoming) -> Reply:
        """Carry out a command."""
        if command == "start":
            return self._begin(argument, incoming)
        if command == "stop":
            return self._forget(incoming)
        language = self._language(incoming)
        if command == "language":
            buttons = [{"title": name, "payload": _change_to(code)} for code, name in language_names().items()]
            return self._reply(language, [message(say(language, "choose_language"), buttons=buttons)])
        buttons = [
            {"title": say(language, "command_language"), "payload": "/language"},
            {"title": say(language, "person"), "payload": "/talk_to_person"},
            {"title": say(language, "command_stop"), "payload": "/stop"},
        ]
        return self._reply(language, [message(self._about(language, say(language, "help")), buttons=buttons)])

    def _begin(self, argument: str | None, incoming: Incoming) -> Reply:
        """Greet, as the alliance whose link was followed does; what was asked for before is dropped."""
        named = next((one for one in self._knowledge.store.alliances() if one.id == argument), None)
        if self._knowledge.conversations.find(self.conversation) is not None:
            self._ask(incoming, "/start_over")
        language = self._language(incoming)
        begun = self._knowledge.conversations.find(self.conversation)
        begun = begun or Conversation(id=self.conversation, language=language)
        memory = read_memory(begun.memory)
        memory = replace(memory, alliance=named.id if named else memory.alliance)
        self._knowledge.conversations.keep(replace(begun, memory=memory.as_json()))
        own = named.widget.greeting.get(language) if named else None
        text = self._about(language, *([own] if own else []), sentence(language, "page_greeting"))
        return self._reply(language, [message(text, buttons=first_questions(self._knowledge, named, language))])

    def _with_answer_here(self, reply: Reply) -> Reply:
        """Offer that the answer comes into this messenger, below the question for an address or a number."""
        title = say(reply.language, "answer_here", channel=self.channel.title)
        button = {"title": title, "payload": contact_here(self.channel.title)}
        *before, last = reply.messages
        return replace(reply, messages=[*before, {**last, "buttons": [*last["buttons"], button]}])

    def _wait_here(self, incoming: Incoming) -> Reply:
        """Hand over that the answer is awaited here; the user's address is kept where a question was left, and as long as it."""
        notes, contact = self._knowledge.channel_notes, contact_here(self.channel.title)
        before = notes.address(self.conversation)
        kept = timedelta(days=self._knowledge.settings.retention_days, hours=1)
        notes.keep_address(self.conversation, channel=self.channel.name, address=incoming.user, keep_for=kept)
        reply = self._ask(incoming, contact)
        if not reply.question_left and before is None:
            notes.forget_address(self.conversation)
        here = say(reply.language, "here", channel=self.channel.title)
        return replace(reply, messages=[{**one, "text": one["text"].replace(contact, here)} for one in reply.messages])

    def _about(self, language: str, *before: str) -> str:
        return "\n\n".join((*before, say(language, "privacy", channel=self.channel.title)))

    def _forget(self, incoming: Incoming) -> Reply:
        """Delete what is kept of the conversation, in all parts that can be reached now."""
        language = self._language(incoming)
        reply = self._ask(incoming, "/delete_conversation")
        self._knowledge.questions.delete_of(self.conversation)
        self._knowledge.conversations.delete(self.conversation)
        self.gateway.given.forget(self.conversation)
        stays = message(say(language, "history_stays", channel=self.channel.title))
        if reply.by != "rasa":
            return self._reply(language, [message(say(language, "forgotten_in_part")), stays])
        return replace(reply, messages=[*reply.messages, stays])

    def _asks_place(self, reply: Reply) -> bool:
        """Return whether the place is what a search lacks after this reply."""
        if reply.by not in {"rasa", "search"}:
            return False
        found = self._knowledge.conversations.find(self.conversation)
        memory = read_memory(found.memory if found else {})
        searching = memory.request is not None and memory.place is None and not memory.wishes.get("online")
        return memory.asked == "place" or (searching and memory.asked is None)

    def _language(self, incoming: Incoming) -> str:
        found = self._knowledge.conversations.find(self.conversation)
        return first_known(found.language if found else None, incoming.language)

    def _reply(self, language: str, messages: list[Message]) -> Reply:
        return Reply(conversation=self.conversation, language=language, messages=messages, by="gateway")


def with_contacts(messages: Iterable[Message], alliances: list[Alliance], language: str) -> list[Message]:
    """Return messages whose cards all name somebody: where a provider cannot be called, written to or visited, an alliance."""
    return [
        {**one, "offerings": [_with_contact(card, alliances, language) for card in one["offerings"]]}
        for one in messages
    ]


def _with_contact(card: Mapping[str, Any], alliances: list[Alliance], language: str) -> dict[str, Any]:
    if any(action["kind"] in _WAYS for action in card["display"]["actions"]):
        return dict(card)
    return {**card, "contact": contact_of(alliances, language, place=None, home=card.get("alliance"))}


def _change_to(language: str) -> str:
    """Return the command of a button that changes the language."""
    return "/simple_language" if language == SIMPLE_GERMAN else f'/change_language{{"language": "{language}"}}'
