"""`lotse prepare` and `lotse index`: make what a server needs, once."""

import click

from knowledge import Knowledge, Settings, open_knowledge, read_settings
from knowledge.demo import FILES as DEMO_FILES
from knowledge.importing import import_files
from knowledge.training.questions import ChatLine, read_questions
from lotse.dialogue import ensure_dialogue_model, examples
from lotse.prepared import note_prepared
from lotse.progress import Progress
from widget.crisis import CRISIS_MODEL, ensure_crisis_model

# So many of the questions stand for what is ordinary; all of them would only take longer.
_ORDINARY_EVERY = 2
# Intents whose messages tell of no need, whatever else they say.
_TELLING_NO_NEED = frozenset(
    {
        "affirm", "ask_address", "ask_capabilities", "ask_contact", "ask_details", "ask_hours", "ask_privacy", "bot_challenge",
        "change_language", "delete_conversation", "deny", "goodbye", "greet", "how_are_you", "insult", "more_results",
        "not_helpful", "out_of_scope", "simple_language", "start_over", "talk_to_person", "thank",
    }
)  # fmt: skip


@click.command("prepare", epilog="Example: lotse prepare --no-demo")
@click.option("--demo/--no-demo", default=True, help="Load the demo knowledge base into an empty store (default: yes).")
@click.option("--dialogue", is_flag=True, help="Train the dialogue model too (`lotse serve` does it by itself).")
def prepare_command(demo: bool, dialogue: bool) -> None:
    """Make places, models and index, and load demo data into an empty store. What is done is not done again."""
    settings = read_settings()
    prepare(settings, demo=demo, progress=Progress())
    if dialogue:
        ensure_dialogue_model(settings, progress=lambda line: click.echo(f"  {line}", err=True))


@click.command("index", epilog="Example: lotse index")
def index_command() -> None:
    """Build the index again from the store, beside the present one, and switch to it."""
    snapshot = open_knowledge(read_settings()).index(Progress(), afresh=True)
    click.echo(f"Indexed {len(snapshot.ids):,} offerings.")


def prepare(settings: Settings, *, demo: bool, progress: Progress) -> None:
    """Make what is missing or out of date for a server of these settings."""
    knowledge = open_knowledge(settings)
    if demo and knowledge.store.generation() == 0:
        report = import_files(DEMO_FILES, store=knowledge.store, taxonomy=knowledge.taxonomy, editor="demo")
        if report.errors:
            raise click.ClickException("\n".join(map(str, report.errors)))
        click.echo(f"Loaded {report.added} demo records; `lotse import` brings in your own.")
    prepare_knowledge(knowledge, progress)


def prepare_knowledge(knowledge: Knowledge, progress: Progress) -> None:
    """Make what is missing or out of date: places, models, index, and the crisis layer's second look."""
    chat_lines = dialogue_lines()
    knowledge.prepare(chat_lines=chat_lines, progress=progress)
    ordinary = [q.text for q in read_questions() if not q.held_back][::_ORDINARY_EVERY]
    ordinary += [line.text for line in chat_lines]
    ensure_crisis_model(
        knowledge.models_dir / CRISIS_MODEL, knowledge.encoder, ordinary, lambda a, b: progress("crisis", a, b)
    )
    note_prepared(knowledge.settings)


def dialogue_lines() -> list[ChatLine]:
    """Return the dialogue's examples, from which the models of languages and needs learn how chats sound."""
    return [ChatLine(one.text, one.language, one.intent in _TELLING_NO_NEED) for one in examples()]
