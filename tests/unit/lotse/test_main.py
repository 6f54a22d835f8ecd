"""Faults that a person can mend become one sentence with the next step; others stay what they are."""

import errno
import sqlite3

import pytest

from lotse.__main__ import mendable


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
