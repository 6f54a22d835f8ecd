"""One server a data folder: it holds a lock as long as it runs."""

import fcntl
from typing import IO

import click

from knowledge import Settings


def only_one(settings: Settings) -> IO[str]:
    """Lock the data folder, so that two servers never write one database."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = (settings.data_dir / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise click.ClickException(
            f"another `lotse serve` runs on {settings.data_dir}; end it, or set LOTSE_DATA_DIR to another folder"
        ) from None
    return lock
