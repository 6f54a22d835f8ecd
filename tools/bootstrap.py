"""Builds both environments from pyproject.toml: .venv (everything but Rasa) and .venv-rasa (Rasa alone, Python 3.10).

Standard library only, for any Python >= 3.11: `python3 tools/bootstrap.py app rasa`. What is up to date is not done again.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP, RASA = ROOT / ".venv", ROOT / ".venv-rasa"
STAMP = ".made-from"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
TORCH = "torch==2.13.0"
NEEDED_GB = 6.0


class SetUpError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def main(wanted: list[str]) -> int:
    """Build the environments named (`app`, `rasa`, and groups for the first: `postgresql`, `test`, `check`, `train`)."""
    try:
        _check_python()
        groups = [group for group in wanted if group != "rasa"]
        if groups:
            _ensure(APP, ["app", "data", *(g for g in groups if g != "app")], _make_app)
        if "rasa" in wanted:
            _ensure(RASA, ["rasa"], _make_rasa)
    except SetUpError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"set-up: {error}; free some space or check the folder's rights, then run it again", file=sys.stderr)
        return 1
    return 0


def _check_python() -> None:
    if sys.version_info < (3, 11):
        raise SetUpError(
            f"Python {platform.python_version()} is too old; install Python 3.11 or newer and run it again"
        )


def _ensure(folder: Path, groups: list[str], make) -> None:  # type: ignore[no-untyped-def]
    """Build a folder unless its stamp says that it was built from this pyproject.toml with at least these groups."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()[:16]
    stamp = folder / STAMP
    had = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    if had[:1] == [digest] and set(groups) <= set(had[1:]) and _python_of(folder).exists():
        return
    if had[:1] == [digest]:
        groups = sorted(set(groups) | set(had[1:]))
    _check_disk()
    began = time.monotonic()
    print(f"set-up: {folder.name} ({', '.join(groups)}) …", flush=True)
    make(folder, groups)
    stamp.write_text(" ".join([digest, *groups]), encoding="utf-8")
    print(f"set-up: {folder.name} is ready ({time.monotonic() - began:.0f} s)", flush=True)


def _check_disk() -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        raise SetUpError(f"only {free:.1f} GB of disk are free, {NEEDED_GB:.0f} are needed; free some and run it again")


def _make_app(folder: Path, groups: list[str]) -> None:
    if not _python_of(folder).exists():
        venv.create(folder, with_pip=True, clear=True)
    python = str(_python_of(folder))
    _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv>=0.9"], "uv")
    if subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode:
        # The CPU build: from PyTorch's own index, or from where this machine's pip finds wheels. Never several GB of CUDA.
        _run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "0", "--timeout", "5",
             "--extra-index-url", TORCH_INDEX, TORCH],
            "PyTorch",
        )  # fmt: skip
    _install(folder, groups)
    script = folder / ("Scripts" if os.name == "nt" else "bin") / "lotse"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{python}" -m lotse "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _make_rasa(folder: Path, groups: list[str]) -> None:
    if not (APP / STAMP).exists():
        _ensure(APP, ["app", "data"], _make_app)
    if not _python_of(folder).exists():
        python = _python_310()
        answer = subprocess.run(
            [_uv(), "venv", "-q", "--clear", "-p", python, str(folder)], check=False, capture_output=True, text=True
        )
        if answer.returncode:
            raise SetUpError(
                f"Rasa needs Python 3.10, and none was found or could be fetched ({_last(answer.stderr)}); install it "
                "(for example `apt install python3.10`, `pyenv install 3.10`, or `uv python install 3.10`) and run it again"
            )
    _install(folder, groups)


def _install(folder: Path, groups: list[str]) -> None:
    chosen = [argument for group in groups for argument in ("--group", group)]
    _run(
        [_uv(), "pip", "install", "-q", "--compile-bytecode", "-p", str(_python_of(folder)), *chosen],
        f"the packages of {folder.name}",
    )


def _run(command: list[str], what: str) -> None:
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return
    reason = _last(answer.stderr) or _last(answer.stdout)
    words = (answer.stderr + answer.stdout).lower()
    if "no space left" in words:
        raise SetUpError(f"the disk is full while installing {what}; free {NEEDED_GB:.0f} GB and run it again")
    if any(
        sign in words
        for sign in ("connection", "resolve", "network", "timed out", "dns", "unreachable", "from versions: none")
    ):
        raise SetUpError(
            f"{what} could not be fetched: no connection ({reason}); connect, or set a proxy, and run it again"
        )
    raise SetUpError(f"{what} could not be installed: {reason}")


def _python_310() -> str:
    """Return a working Python 3.10: on the path, of pyenv (active or not), else the version for uv to find or fetch."""
    candidates = [shutil.which("python3.10") or ""]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates += sorted((str(p) for p in pyenv.glob("3.10.*/bin/python")), reverse=True)
    for candidate in filter(None, candidates):
        answer = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
        if answer.returncode == 0 and "3.10" in answer.stdout:
            return candidate
    return "3.10"


def _uv() -> str:
    return str(APP / ("Scripts" if os.name == "nt" else "bin") / "uv")


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or [""])[-1][:300]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["app", "rasa"]))
