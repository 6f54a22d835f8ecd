"""Settings, read once from the environment. Every name is listed in the README's table."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
# A day and its hours are those of the families, wherever the server stands.
GERMANY = ZoneInfo("Europe/Berlin")
SHIPPED_ENCODER = Path(__file__).resolve().parent / "encoder" / "model"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the knowledge base, the gateway and the command line need to know about where they run.

    Attributes:
        data_dir: Folder of everything that is made at run time: database, index, places, dialogue model, logs.
        database_url: SQLAlchemy URL of the store, the one source of truth.
        encoder: Folder or hub name of a sentence-transformers model; the shipped model by default.
        taxonomy_dir: Folder with an alliance's own needs and labels, added to the shipped ones; None for none.
        today: A fixed date for evaluation; None for the calendar's.
        radius_km: How far a search looks when the question does not say.
        retention_days: Conversations that nobody continued for so long are forgotten; questions left are kept so long.
    """

    data_dir: Path
    database_url: str
    encoder: str
    taxonomy_dir: Path | None
    today: date | None
    radius_km: float
    retention_days: int

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def places_path(self) -> Path:
        return self.data_dir / "places.sqlite"

    def current_date(self) -> date:
        """Return the day that "today" means: LOTSE_TODAY if set, else that of the calendar in Germany."""
        return self.today or datetime.now(GERMANY).date()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment, `os.environ` by default.

    Raises:
        SettingError: A value does not have its form; the message names the setting.
    """
    env = os.environ if environment is None else environment
    data_dir = Path(env.get("LOTSE_DATA_DIR") or ROOT / "var").resolve()
    taxonomy_dir = env.get("LOTSE_TAXONOMY_DIR")
    return Settings(
        data_dir=data_dir,
        database_url=env.get("LOTSE_DATABASE_URL") or f"sqlite:///{data_dir / 'lotse.sqlite'}",
        encoder=env.get("LOTSE_ENCODER") or str(SHIPPED_ENCODER),
        taxonomy_dir=Path(taxonomy_dir).resolve() if taxonomy_dir else None,
        today=_date(env, "LOTSE_TODAY"),
        radius_km=number(env, "LOTSE_RADIUS_KM", default=25.0),
        retention_days=whole_number(env, "LOTSE_RETENTION_DAYS", default=30, least=1),
    )


def number(env: Mapping[str, str], name: str, *, default: float) -> float:
    """Return a setting as a positive number.

    Raises:
        SettingError: The value is no positive number.
    """
    text = env.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value <= 0:
        raise SettingError(
            f"{name}={text!r} is not a positive number; set it to one such as {default:g}, or leave it out"
        )
    return value


def whole_number(env: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    """Return a setting as a whole number.

    Raises:
        SettingError: The value is no whole number, or below `least`.
    """
    text = env.get(name)
    if not text:
        return default
    if not text.isdecimal() or int(text) < least:
        raise SettingError(f"{name}={text!r} is not a whole number from {least}; set it to one such as {default}")
    return int(text)


def _date(env: Mapping[str, str], name: str) -> date | None:
    text = env.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingError(f"{name}={text!r} is not a date; write it as 2026-11-22, or leave it out") from None
