"""`lotse channels`: the messengers in which parents may write, whether they work, and what is missing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import click
from sqlalchemy.exc import DBAPIError

from knowledge import Knowledge, KnowledgeError, open_knowledge, read_settings
from widget.channels.channel import Channel, Finding, Incoming, Showing
from widget.channels.opening import CHANNELS, ChannelState, channel_states
from widget.conversation.given_replies import Reply
from widget.conversation.own_answer import message
from widget.settings import read_web_settings
from widget.texts import sentence


@dataclass(frozen=True, kw_only=True)
class Messages:
    """How many messages of a channel wait for being answered or sent, and how many could not be sent."""

    waiting: int
    given_up: int


NO_MESSAGES = Messages(waiting=0, given_up=0)


@click.group("channels", invoke_without_command=True, epilog="Example: lotse channels; lotse channels connect telegram")
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON.")
@click.pass_context
def channels_command(context: click.Context, as_json: bool) -> None:
    """Show for each messenger whether it is on, what its platform says, and what is missing; exit status 1 where something is."""
    if context.invoked_subcommand is not None:
        return
    knowledge = open_knowledge(read_settings())
    counts = messages_of(knowledge)
    found = [(state, _findings(state)) for state in channel_states(knowledge)]
    if as_json:
        shown = [_as_json(state, findings, counts.get(state.name, NO_MESSAGES)) for state, findings in found]
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        for state, findings in found:
            count = counts.get(state.name, NO_MESSAGES)
            click.echo(f"{state.name}: {_word(state)}")
            _tell(findings)
            if state.channel is not None:
                click.echo(f"      {count.waiting} messages wait, {count.given_up} could not be sent lately")
    if not all(finding.sound for _, findings in found for finding in findings):
        raise SystemExit(1)


@channels_command.command("connect", epilog="Example: lotse channels connect telegram")
@click.argument("name", metavar="CHANNEL", type=click.Choice(list(CHANNELS)))
@click.option("--test", "address", help="Also send the greeting to this user, named by the platform's number.")
def connect_command(name: str, address: str | None) -> None:
    """Tell a messenger's platform where this server is, and ask it whether that worked."""
    channel = _channel(name)
    sound = _all_sound(channel.connect(read_web_settings().public_url))
    if sound and address:
        sound = _all_sound([_tested(channel, address)])
    if not sound:
        raise SystemExit(1)
    click.echo(
        "Done. Now write to it from your telephone: “/start” is answered within seconds while `lotse serve` runs."
    )


def messages_of(knowledge: Knowledge) -> Mapping[str, Messages]:
    """Return the counts by channel; none while the database is away, of which others tell."""
    try:
        unanswered, unsent = knowledge.channel_updates.waiting(), knowledge.channel_messages.counts()
    except (DBAPIError, KnowledgeError):
        return {}
    return {
        name: Messages(
            waiting=unanswered.get(name, 0) + unsent.get(name, {}).get("waiting", 0),
            given_up=unsent.get(name, {}).get("given_up", 0),
        )
        for name in {*unanswered, *unsent}
    }


def _tested(channel: Channel, address: str) -> Finding:
    greeting = Reply(conversation="", language="de", messages=[message(sentence("de", "page_greeting"))], by="gateway")
    # As an answer: what people write by themselves, some platforms take for a day only.
    asked = Incoming(update_id="test", user=address, kind="text")
    for one in channel.render(Showing(reply=greeting, answering=asked)):
        delivery = channel.send(address, one.content)
        if delivery.state != "sent":
            why = f"the greeting could not be sent ({delivery.reason}); has this user written to it before?"
            return Finding(text=why, sound=False)
    return Finding(text="the greeting is sent")


def _channel(name: str) -> Channel:
    state = next(one for one in channel_states(open_knowledge(read_settings())) if one.name == name)
    if state.channel is None:
        raise KnowledgeError(state.fault or f"{name} is not turned on; docs/channels/{name}.md says how, step by step")
    return state.channel


def _findings(state: ChannelState) -> list[Finding]:
    if state.fault:
        return [Finding(text=state.fault, sound=False)]
    return state.channel.check() if state.channel is not None else []


def _word(state: ChannelState) -> str:
    if state.fault:
        return "cannot start"
    return "on" if state.channel is not None else f"off (docs/channels/{state.name}.md)"


def _tell(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(f"  {'ok' if finding.sound else '!!'}  {finding.text}")


def _all_sound(findings: Iterable[Finding]) -> bool:
    sound = True
    for finding in findings:
        _tell([finding])
        sound = sound and finding.sound
    return sound


def _as_json(state: ChannelState, findings: list[Finding], count: Messages) -> dict[str, object]:
    return {
        "name": state.name, "on": state.channel is not None, "fault": state.fault,
        "findings": [asdict(finding) for finding in findings], **asdict(count),
    }  # fmt: skip
