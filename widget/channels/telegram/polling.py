"""Fetches events from Telegram where the server has no public address for a webhook."""

from collections.abc import Callable, Sequence

from widget.channels.channel import Incoming, UnreadableUpdateError
from widget.channels.telegram.api import BotApi
from widget.channels.telegram.reading import ALLOWED_UPDATES, read_update

# Telegram holds an empty answer back for so long, so that an event arrives at once and few questions are asked.
_HELD_S = 25


def fetch(
    api: BotApi, button: Callable[[str], str | None], take: Callable[[Sequence[Incoming]], int]
) -> Callable[[], bool]:
    """Return the work of one question to Telegram; it returns False where there was no answer.

    What is to be fetched next is told by the events themselves: a question confirms to Telegram all before its offset, and
    events are stored before the next question. After a restart Telegram gives again what was not confirmed, and what is
    stored already is not taken twice.
    """
    offset: int | None = None
    begun = False

    def once() -> bool:
        nonlocal offset, begun
        if not begun:  # while a webhook is set, Telegram refuses to be asked
            begun = api.call("deleteWebhook").ok
            if not begun:
                return False
        params = {"timeout": _HELD_S, "limit": 100, "allowed_updates": list(ALLOWED_UPDATES)}
        answer = api.call(
            "getUpdates", params if offset is None else {**params, "offset": offset}, timeout_s=_HELD_S + 10.0
        )
        if not answer.ok or not isinstance(answer.result, list):
            begun = False
            return False
        events: list[Incoming] = []
        numbers: list[int] = []
        for update in answer.result:
            try:
                incoming = read_update(update, button)
            except UnreadableUpdateError:
                incoming = None  # it must not come again and again
            if isinstance(update, dict) and isinstance(update.get("update_id"), int):
                numbers.append(update["update_id"])
            if incoming is not None:
                events.append(incoming)
        take(events)
        if numbers:
            offset = max(numbers) + 1
        return True

    return once
