"""`lotse questions`: the saved questions of offerings, to be measured by `lotse evaluate`."""

from pathlib import Path

import click

from knowledge import open_knowledge, read_settings
from knowledge.bench import judged, judged_lines
from lotse.new_file import NewFile


@click.command("questions", epilog="Example: lotse questions --output saved.jsonl; lotse evaluate saved.jsonl")
@click.option("--alliance", help="Only those of this alliance.")
@click.option("--output", type=NewFile(), help="The file to write; by default standard output.")
def questions_command(alliance: str | None, output: Path | None) -> None:
    """Write out the questions with which coordinators want their offerings found, as `lotse evaluate` reads them."""
    knowledge = open_knowledge(read_settings())
    if alliance is not None:
        knowledge.store.alliance(alliance)  # an error names those that are there
    saved = knowledge.saved_questions.all(None if alliance is None else [alliance])
    if output is None:
        click.echo(judged_lines(saved), nl=False)
        return
    output.write_text(judged_lines(saved), encoding="utf-8")
    click.echo(f"Wrote {len(judged(saved)):,} questions to {output}.", err=True)
