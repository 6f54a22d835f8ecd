"""The argument that names a file to be written."""

from pathlib import Path

import click


class NewFile(click.Path):
    """A file that a command writes, as `pathlib.Path`; the folder that it is to lie in must be there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # type: ignore[override]  # click says Any
        """Return the path, or end the command with what to do."""
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}; make it first, or name another file", param, ctx)
        return path
