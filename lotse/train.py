"""`lotse train encoder` and `lotse train dialogue`."""

from pathlib import Path

import click

from knowledge import open_knowledge, read_settings
from knowledge.settings import SHIPPED_ENCODER
from lotse.dialogue import ensure_dialogue_model
from lotse.progress import Progress


@click.group("train", epilog="Example: lotse train dialogue")
def train_command() -> None:
    """Train a model again."""


@train_command.command("encoder", epilog="Example: lotse train encoder --corpora parallel-text/")
@click.option(
    "--corpora",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="Folder of parallel text.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=SHIPPED_ENCODER,
    help="Where the model goes (default: the shipped one).",
)
def train_encoder_command(corpora: Path, out: Path) -> None:
    """Train the encoder from parallel text and our own questions; about an hour on two cores."""
    from knowledge.training.encoder import Recipe, train_encoder

    knowledge = open_knowledge(read_settings())
    cache = knowledge.settings.data_dir / "training"
    train_encoder(out, corpora=corpora, cache=cache, taxonomy=knowledge.taxonomy, recipe=Recipe(), progress=Progress())
    click.echo(f"Wrote the encoder to {out}; `lotse prepare` makes what depends on it.")


@train_command.command("dialogue", epilog="Example: lotse train dialogue")
def train_dialogue_command() -> None:
    """Train the dialogue model, if its inputs have changed; about a minute on two cores."""
    model = ensure_dialogue_model(read_settings(), progress=lambda line: click.echo(f"  {line}", err=True))
    click.echo(f"The dialogue model is up to date: {model.name}.")
