"""`lotse backup` and `lotse restore`: the whole store as one file, and back."""

from pathlib import Path

import click

from knowledge import open_knowledge, read_settings
from knowledge.store import Manifest, restore_backup
from lotse.lock import only_one
from lotse.new_file import NewFile
from lotse.prepare import prepare_knowledge
from lotse.progress import Progress


@click.command("backup", epilog="Example: lotse backup lotse-2026-11-22.zip")
@click.argument("file", type=NewFile())
def backup_command(file: Path) -> None:
    """Write the store into one file, while the server runs: alliances, offerings, guides, their history, questions.

    Conversations and settings are left out. The file holds parents' questions with their contacts: keep it as safe as the
    database, and no longer than LOTSE_RETENTION_DAYS.
    """
    manifest = open_knowledge(read_settings()).back_up(file)
    click.echo(f"Backed up {_told(manifest)} to {file}. Conversations and settings are left out.")


@click.command("restore", epilog="Example: lotse restore lotse-2026-11-22.zip --replace")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put the backup in the place of what is there; that is lost.")
def restore_command(file: Path, replace: bool) -> None:
    """Bring a backup back, into SQLite or PostgreSQL, whichever it was made from: all of it or nothing.

    No server may run meanwhile. A store that is not empty is refused without --replace.
    """
    settings = read_settings()
    with only_one(settings):
        # An index of what was there before could pass for current: restored edits have numbers that it has seen.
        current = settings.index_dir / "current"
        manifest = restore_backup(
            settings.database_url, file, replace=replace, before_switch=lambda: current.unlink(missing_ok=True)
        )
        click.echo(f"Restored {_told(manifest)} as of {manifest.made_at.astimezone():%Y-%m-%d %H:%M}.")
        prepare_knowledge(open_knowledge(settings), Progress())


def _told(manifest: Manifest) -> str:
    return ", ".join(
        f"{manifest.tables[name].rows:,} {name}s" for name in ("alliance", "offering", "guide", "question")
    )
