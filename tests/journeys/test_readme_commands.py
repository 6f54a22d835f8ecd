"""The commands in README and docs are run as they stand there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/importing.md", "docs/exchange.md")


def _commands(page: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.removeprefix(".venv/bin/").startswith("lotse ")]


def _example(language: str, *, holding: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs/importing.md").read_text(encoding="utf-8"), re.S)
    return next(block for block in blocks if holding in block)


@pytest.fixture
def folder(data_dir: Path) -> Path:
    """A folder with the files that the pages name, made from the pages' own examples."""
    alliance = _example("json", holding="covers")
    (data_dir / "my-alliance.jsonl").write_text(
        alliance + alliance.replace('"my-alliance"', '"berlin"'), encoding="utf-8"
    )
    (data_dir / "angebote.csv").write_text(
        "Angebot;Kategorie;PLZ;Ort\nKita Sonne mit langen Zeiten bis 20 Uhr;daycare; 6366;Köthen\n", encoding="cp1252"
    )
    (data_dir / "kitas.yml").write_text(_example("yaml", holding="template"), encoding="utf-8")
    (data_dir / "kitas.csv").write_text(
        "id,name,address,plz,alat,alon,lang,mo_o,mo_c,tu_o,tu_c\n7,Mosaik,Donaustr. 88,12043,52.48,13.44,0|1,06:00,17:00,06:00,17:00\n",
        encoding="utf-8",
    )
    return data_dir


def test_the_commands_of_the_pages_work_in_their_order(folder: Path) -> None:
    environment = {**os.environ, "LOTSE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    commands = [command for page in PAGES for command in _commands(page)]
    assert len(commands) >= 5
    output = ""
    for command in commands:
        arguments = shlex.split(command)[1:]
        answer = subprocess.run(
            [sys.executable, "-m", "lotse", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, f"{command}: {answer.stderr}"
        output += answer.stdout
    assert "Kita Sonne" in output
