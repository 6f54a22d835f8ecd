"""The gateway's settings, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from limits import parse_many

from knowledge import SettingError


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """How the gateway reaches Rasa and guards its door.

    Attributes:
        rasa_url: Where Rasa's HTTP server listens, without a slash at the end.
        rasa_token: What Rasa was given as `--auth-token`; only its `/status` asks for it.
        rate_limit: Requests that one address may make, as Flask-Limiter writes it.
        trusted_proxies: How many proxies stand before the gateway; their forwarding headers are believed.
        retention_days: Conversations that nobody continued for so long are forgotten.
    """

    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: str | None = None
    rate_limit: str = "120 per minute"
    trusted_proxies: int = 0
    retention_days: int = 30


def read_web_settings(environment: Mapping[str, str] | None = None) -> WebSettings:
    """Return the settings of an environment, `os.environ` by default.

    Raises:
        SettingError: A value does not have its form; the message names the setting.
    """
    env = os.environ if environment is None else environment
    return WebSettings(
        rasa_url=_address(env, "LOTSE_RASA_URL", default=WebSettings.rasa_url),
        rasa_token=env.get("LOTSE_RASA_TOKEN") or None,
        rate_limit=_limit(env, "LOTSE_RATE_LIMIT", default=WebSettings.rate_limit),
        trusted_proxies=_whole(env, "LOTSE_TRUSTED_PROXIES", default=WebSettings.trusted_proxies, least=0),
        retention_days=_whole(env, "LOTSE_RETENTION_DAYS", default=WebSettings.retention_days, least=1),
    )


def _address(env: Mapping[str, str], name: str, *, default: str) -> str:
    value = env.get(name) or default
    if not value.startswith(("http://", "https://")):
        raise SettingError(f"{name}={value!r} is no web address; write it as {default}, or leave it out")
    return value.rstrip("/")


def _limit(env: Mapping[str, str], name: str, *, default: str) -> str:
    value = env.get(name) or default
    try:
        parse_many(value)
    except ValueError:
        raise SettingError(f"{name}={value!r} is no rate; write it as {default!r}, or leave it out") from None
    return value


def _whole(env: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isdecimal() or int(text) < least:
        raise SettingError(f"{name}={text!r} is not a whole number from {least}; set it to one such as {default}")
    return int(text)
