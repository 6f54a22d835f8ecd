"""`lotse doctor`: whether everything a server needs is there and fits together."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator

import click

from knowledge import Knowledge, KnowledgeError, open_knowledge, read_settings
from lotse.channels import NO_MESSAGES, messages_of
from lotse.dialogue import RASA_PYTHON, dialogue_model
from widget.channels.opening import channel_states
from widget.mail.postbox import FolderPostbox, mailbox_folder
from widget.settings import read_web_settings

_LEAST_FREE_GB = 1.0
# SQLite's notes on 3.51.3: several connections can, rarely, reset the write-ahead log under a reader.
_WAL_RESET_REPAIRED = (3, 51, 3)


@click.command("doctor", epilog="Example: lotse doctor")
def doctor_command() -> None:
    """Check environment, database, places, models and index; exit status 1 when something needs mending."""
    knowledge = open_knowledge(read_settings())
    sound = True
    for name, finding, needs_mending in _findings(knowledge):
        sound = sound and not needs_mending
        click.echo(f"{'!!' if needs_mending else 'ok'}  {name}: {finding}")
    if not sound:
        raise SystemExit(1)


def _findings(knowledge: Knowledge) -> Iterator[tuple[str, str, bool]]:
    """Yield what was looked at, what was found, and whether it needs mending."""
    yield "Python", sys.version.split()[0], sys.version_info < (3, 11)
    free = shutil.disk_usage(knowledge.settings.data_dir.parent).free / 1e9
    yield "disk", f"{free:.1f} GB free", free < _LEAST_FREE_GB
    if knowledge.settings.database_url.startswith("sqlite"):
        yield "SQLite", _sqlite(), False
    yield (
        "database",
        *_tried(
            lambda: (
                f"{knowledge.store.address}: "
                f"{len(knowledge.store.offerings()):,} offerings, {len(knowledge.store.alliances())} alliances"
            )
        ),
    )
    yield "places", *_tried(lambda: f"{knowledge.places.nearest(52.5, 13.4).name} lies where it should")
    yield "encoder", *_tried(lambda: f"{knowledge.encoder.id}, {knowledge.encoder.dim} dimensions")
    yield "need model", *_tried(lambda: f"{len(knowledge.classifier.model.labels)} needs")
    yield "language model", *_tried(lambda: f"{len(knowledge.identifier.model.labels)} languages")
    yield (
        "index",
        *_tried(lambda: "up to date" if knowledge.index_is_current() else _fail("behind the store; run `lotse index`")),
    )
    yield "mails", *_tried(lambda: _mail(knowledge))
    yield from _channels(knowledge)
    yield "Rasa", str(RASA_PYTHON.parent.parent.name), not RASA_PYTHON.exists()
    model = dialogue_model(knowledge.settings)
    yield (
        "dialogue model",
        "there" if model.exists() else "missing; `lotse train dialogue` makes it",
        not model.exists(),
    )


def _mail(knowledge: Knowledge) -> str:
    """Return where mails go; none of the answers needs mending."""
    web = read_web_settings()
    reminders = "" if web.public_url else "; without LOTSE_PUBLIC_URL nobody is reminded of offerings by mail"
    if web.mail is not None:
        return f"{web.mail.host} takes them{reminders}"
    folder = mailbox_folder(knowledge.settings.data_dir)
    days = knowledge.settings.retention_days
    return f"no mail server; {FolderPostbox(folder).count()} kept in {folder}, each for {days} days{reminders}"


def _channels(knowledge: Knowledge) -> Iterator[tuple[str, str, bool]]:
    """Yield the messengers that are wanted: whether they can start, and what could not be sent."""
    counts = messages_of(knowledge)
    for state in channel_states(knowledge):
        if state.fault:
            yield state.name, state.fault, True
        elif state.channel is not None:
            count = counts.get(state.name, NO_MESSAGES)
            found = f"on; {count.waiting} messages wait, {count.given_up} given up lately (`lotse channels` asks the platform)"
            yield state.name, found, False


def _sqlite() -> str:
    if sqlite3.sqlite_version_info < _WAL_RESET_REPAIRED:
        return f"{sqlite3.sqlite_version} (has a rare fault with several writing processes; let only one `lotse serve` write)"
    return sqlite3.sqlite_version


def _tried(look: Callable[[], str]) -> tuple[str, bool]:
    try:
        return look(), False
    except KnowledgeError as error:
        return str(error), True


def _fail(message: str) -> str:
    raise KnowledgeError(message)
