"""Entry: `python -m lotse`, or the script `lotse` that set-up puts into the environment."""

import importlib
import sys

import click

from knowledge.errors import KnowledgeError

# Command -> module of lotse that defines a click command of that name; imported only when called, so that help is fast.
COMMANDS = {
    "serve": "serve",
    "prepare": "prepare",
    "import": "records",
    "index": "prepare",
    "search": "asking",
    "categories": "asking",
    "evaluate": "evaluate",
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
    """Run the program; faults of the knowledge base become one sentence and exit status 1."""
    try:
        lotse.main(prog_name="lotse", standalone_mode=True)
    except KnowledgeError as error:
        click.echo(f"lotse: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
