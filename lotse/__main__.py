"""Entry: `python -m lotse`, or the script `lotse` that set-up puts into the environment."""

import errno
import importlib
import sys

import click

from knowledge.errors import KnowledgeError

# Command -> module of lotse that defines a click command of that name; imported only when called, so that help is fast.
COMMANDS = {
    "serve": "serve",
    "prepare": "prepare",
    "import": "records",
    "export": "exporting",
    "backup": "backup",
    "restore": "backup",
    "index": "prepare",
    "search": "asking",
    "categories": "asking",
    "inbox": "inbox",
    "feedback": "feedback",
    "coordinator": "coordinator",
    "channels": "channels",
    "evaluate": "evaluate",
    "questions": "questions",
    "train": "train",
    "doctor": "doctor",
}


class _Commands(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"lotse.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def lotse() -> None:
    """Bündnislotse: family services of local alliances, found in the parents' own words."""


def main() -> None:
    """Run the program; faults that a person can mend become one sentence and exit status 1."""
    try:
        lotse.main(prog_name="lotse", standalone_mode=True)
    except KnowledgeError as error:
        sentence = str(error)
    except Exception as error:
        told = mendable(error)
        if told is None:
            raise
        sentence = told
    else:
        return
    click.echo(f"lotse: {sentence}", err=True)
    sys.exit(1)


def mendable(error: BaseException) -> str | None:
    """Return what to do about a full disk or a folder that may not be written; None for faults of the program.

    SQLite has no error of its own for either, only these words; SQLAlchemy wraps them.
    """
    words = str(error).lower()
    number = getattr(error, "errno", None)
    if number in {errno.ENOSPC, errno.EDQUOT} or "disk is full" in words or "no space left" in words:
        return "the disk is full; free some space and run it again. What was stored before is still there"
    if number in {errno.EACCES, errno.EROFS} or "readonly database" in words or "unable to open database file" in words:
        where = getattr(error, "filename", None) or "the data folder"
        return f"{where} may not be written; give yourself the right to, or set LOTSE_DATA_DIR to another folder"
    return None


if __name__ == "__main__":
    main()
