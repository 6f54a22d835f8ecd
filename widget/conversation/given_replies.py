"""Replies given lately, so that a message sent twice over a bad connection is answered once and heard once."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from widget.conversation.rasa_reply import Message

_KEPT_S = 600.0
_MOST = 5_000
_PATIENCE_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back to the page, and who gave the answer (for the metrics): crisis, rasa, search, gateway, people or failure.

    `contact_asked` and `question_left` tell where the leaving of a question stands, as in `AssistantReply`.
    """

    conversation: str
    language: str
    messages: list[Message]
    by: str
    contact_asked: bool = False
    question_left: bool = False


@dataclass
class GivenReplies:
    """The replies of the last ten minutes by conversation and message id, in memory alone: they can tell what a parent asked."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _replies: OrderedDict[tuple[str, str], tuple[float, Future[Reply]]] = field(default_factory=OrderedDict)

    def once(self, conversation: str, message_id: str, answer: Callable[[], Reply]) -> Reply:
        """Return the reply to a message, made by `answer` when it comes first; who sends it again meanwhile waits.

        Raises:
            Exception: What `answer` raised; the message may then be sent again.
        """
        key = (conversation, message_id)
        with self._lock:
            self._drop_old()
            known = self._replies.get(key)
            reply: Future[Reply] = known[1] if known else Future()
            if known is None:
                self._replies[key] = (time.monotonic(), reply)
        if known is not None:
            return reply.result(timeout=_PATIENCE_S)
        try:
            reply.set_result(answer())
        except BaseException as error:
            with self._lock:
                self._replies.pop(key, None)
            reply.set_exception(error)
            raise
        return reply.result()

    def forget(self, conversation: str) -> None:
        """Drop the replies of a conversation."""
        with self._lock:
            for key in [key for key in self._replies if key[0] == conversation]:
                del self._replies[key]

    def _drop_old(self) -> None:
        oldest = time.monotonic() - _KEPT_S
        while self._replies:
            key, (began, _) = next(iter(self._replies.items()))
            if began > oldest and len(self._replies) <= _MOST:
                return
            del self._replies[key]
