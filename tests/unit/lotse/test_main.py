"""Faults that a person can mend become one sentence with the next step; others stay what they are."""

import errno
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from lotse.__main__ import lotse, mendable


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/lotse"), "/srv/lotse may not be written"),
        (OSError(errno.EROFS, "Read-only file system", "/srv/lotse"), "/srv/lotse may not be written"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "the data folder may not be written"),
    ],
)
def test_a_person_is_told_what_to_do(error: Exception, says: str) -> None:
    told = mendable(error)
    assert told is not None
    assert told.startswith(says)


@pytest.mark.parametrize(
    "error", [KeyError("x"), OSError(errno.ENOENT, "gone"), sqlite3.OperationalError("no such table")]
)
def test_faults_of_the_program_are_not_hidden(error: Exception) -> None:
    assert mendable(error) is None


@pytest.mark.parametrize(
    "command", [("backup", "{}"), ("export", "--output", "{}"), ("evaluate", "q.jsonl", "--run", "{}")]
)
def test_a_file_in_a_folder_that_is_not_there_is_refused_before_anything_begins(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    answer = CliRunner().invoke(lotse, [part.format(tmp_path / "none" / "x") for part in command])
    assert answer.exit_code == 2
    assert f"there is no folder {tmp_path / 'none'}; make it first, or name another file" in answer.output
