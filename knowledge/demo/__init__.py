"""The demo knowledge base: invented offerings of six alliances (README.md beside this module)."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
FILES = tuple(_FOLDER / f"{name}.jsonl" for name in ("alliances", "offerings", "guides"))
