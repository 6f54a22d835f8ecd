"""The server's secret, which signs links and forms and names messengers' conversations: a setting, or a file made when first needed."""

import os
import secrets
from pathlib import Path

_NAME = "secret.key"


def secret_key(data_dir: Path, setting: str | None = None) -> str:
    """Return the setting, else the secret of the data folder; its file can be read by its owner alone."""
    if setting:
        return setting
    path = data_dir / _NAME
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        beside = data_dir / f".{_NAME}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(beside, path)  # whole or not at all, and never over another process's
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_text(encoding="utf-8").strip()
