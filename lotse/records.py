"""`lotse import`: bring lists into the store."""

import json
from pathlib import Path

import click

from knowledge import LANGUAGES, open_knowledge, read_settings
from knowledge.importing import ImportReport, import_files, load_mapping
from lotse.prepare import prepare_knowledge
from lotse.progress import Progress

_MOST_SHOWN = 50
# So many letters of a guide tell its language.
_TELLING = 2000


@click.command("import", epilog="Example: lotse import angebote.csv --alliance koethen --dry-run")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--alliance", help="The alliance of rows that name none.")
@click.option(
    "--mapping", "mapping_file", type=click.Path(path_type=Path), help="A file that says which column is which field."
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="The language of a guide's file; by default its text tells."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--editor", default="import", show_default=True, help="Who is written into the history.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_command(
    files: tuple[Path, ...],
    alliance: str | None,
    mapping_file: Path | None,
    language: str | None,
    dry_run: bool,
    editor: str,
    as_json: bool,
) -> None:
    """Import offerings, alliances and guides from JSON Lines, XLSX or CSV, and guides from PDF, HTML or Markdown.

    All of it is imported, or nothing if one row is faulty.
    """
    knowledge = open_knowledge(read_settings())
    progress = Progress()
    report = import_files(
        files, store=knowledge.store, taxonomy=knowledge.taxonomy, editor=editor, alliance=alliance,
        mapping=load_mapping(mapping_file) if mapping_file else None, dry_run=dry_run,
        language_of=lambda text: language or knowledge.identifier.identify(text[:_TELLING], default="de"),
        progress=lambda done, total: progress("rows", done, total),
    )  # fmt: skip
    _show(report, as_json)
    if report.errors:
        raise SystemExit(1)
    if not dry_run and (report.added or report.changed):
        prepare_knowledge(knowledge, progress)


def _show(report: ImportReport, as_json: bool) -> None:
    if as_json:
        content = {
            "added": report.added, "changed": report.changed, "unchanged": report.unchanged, "dry_run": report.dry_run,
            "unknown_columns": report.unknown_columns, "left_out": report.left_out, "errors": [vars(error) for error in report.errors],
        }  # fmt: skip
        click.echo(json.dumps(content, ensure_ascii=False))
        return
    for heading in report.unknown_columns:
        click.echo(f"The column {heading!r} is not known and was left out.", err=True)
    for sentence in report.left_out:
        click.echo(sentence, err=True)
    for error in report.errors[:_MOST_SHOWN]:
        click.echo(str(error), err=True)
    if len(report.errors) > _MOST_SHOWN:
        click.echo(f"… and {len(report.errors) - _MOST_SHOWN} more faults.", err=True)
    if report.errors:
        faulty = len({(error.file, error.line) for error in report.errors})
        click.echo(f"Nothing was imported: {faulty} of the rows have faults. Correct them and import again.", err=True)
    else:
        would = "Would be " if report.dry_run else ""
        click.echo(f"{would}added: {report.added:,}, changed: {report.changed:,}, unchanged: {report.unchanged:,}.")
