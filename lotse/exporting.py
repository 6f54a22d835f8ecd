"""`lotse export`: what is published, as a file for people or for other programs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click

from knowledge import Knowledge, open_knowledge, read_settings
from knowledge.exporting import Selection, published, write_csv, write_hsds, write_json_lines, write_xlsx
from lotse.new_file import NewFile

Writer = Callable[[Selection, Knowledge, BinaryIO], None]
_WRITERS: dict[str, Writer] = {
    "jsonl": lambda selection, _, out: write_json_lines(selection, out),
    "csv": lambda selection, _, out: write_csv(selection.offerings, out),
    "xlsx": lambda selection, _, out: write_xlsx(selection.offerings, out),
    "hsds": lambda selection, knowledge, out: write_hsds(knowledge.directory(selection), out),
}
_FILES_ONLY = ("xlsx", "hsds")


@click.command("export", epilog="Example: lotse export --format csv --alliance koethen --output angebote.csv")
@click.option("--format", "form", type=click.Choice(list(_WRITERS)), default="jsonl", show_default=True)
@click.option("--alliance", help="Only what is this alliance's.")
@click.option("--output", type=NewFile(), help="The file to write; by default standard output.")
def export_command(form: str, alliance: str | None, output: Path | None) -> None:
    """Write out what is published; `lotse import` takes each form back.

    jsonl holds alliances, offerings and guides, csv and xlsx the offerings, hsds offerings and organizations as one JSON
    document after Open Referral's HSDS 3.1.
    """
    if output is None and form in _FILES_ONLY:
        raise click.UsageError(f"{form} needs a file; name it with --output")
    knowledge = open_knowledge(read_settings())
    selection = published(knowledge.store, alliance=alliance)
    if output is None:
        _WRITERS[form](selection, knowledge, sys.stdout.buffer)
        return
    # Whole or not at all: a file that is there already stays until the new one is complete.
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("wb") as out:
            _WRITERS[form](selection, knowledge, out)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    click.echo(f"Wrote {len(selection.offerings):,} offerings to {output}.", err=True)
