"""Sets the messengers going: who takes deliveries, who answers, who sends, and what is forgotten."""

from collections.abc import Callable
from datetime import timedelta

from knowledge import Knowledge
from widget.channels.answering import Answering
from widget.channels.bell import Bell
from widget.channels.channel import Channel
from widget.channels.sending import Sending
from widget.channels.taking import Reception
from widget.conversation.turn import Gateway
from widget.rounds import Round

_ANSWERERS, _SENDERS = 4, 4
_LOOK_EVERY_S = 1.0
_AFTER_A_FAULT_S = 5.0


def channel_rounds(gateway: Gateway, reception: Reception) -> list[Round]:
    """Return the work of the messengers that are on; none where none is."""
    channels = reception.channels
    if not channels:
        return []
    to_send = Bell()
    answering = Answering(gateway=gateway, channels=channels, bell=to_send)
    sending = Sending(knowledge=gateway.knowledge, channels=channels)
    return [
        *(_workers("channel answers", _ANSWERERS, answering.answer_next, reception.bell)),
        *(_workers("channel sends", _SENDERS, sending.send_next, to_send)),
        *(work for name, channel in channels.items() for work in _of(name, channel, reception)),
    ]


def forget_old_channel_work(knowledge: Knowledge) -> None:
    """Delete what came and what was to be sent longer ago than conversations are kept."""
    kept = timedelta(days=knowledge.settings.retention_days)
    knowledge.channel_updates.delete_older_than(kept)
    knowledge.channel_messages.delete_older_than(kept)
    knowledge.channel_notes.delete_expired(buttons_after=kept)
    knowledge.channel_choices.delete_expired()


def _workers(name: str, number: int, work: Callable[[], bool], bell: Bell) -> list[Round]:
    def all_there_is() -> None:
        rung = bell.rung()
        while work():
            pass
        bell.wait(rung, timeout_s=_LOOK_EVERY_S)

    return [
        Round(name=f"{name} {n}", work=all_there_is, every_s=0.0, again_s=_AFTER_A_FAULT_S)
        for n in range(1, number + 1)
    ]


def _of(name: str, channel: Channel, reception: Reception) -> list[Round]:
    return channel.rounds(lambda events: reception.take(name, events))
