"""The gateway's settings, read once from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from typing import Literal
from urllib.parse import unquote, urlsplit

from limits import parse_many
from pydantic import TypeAdapter, ValidationError

from knowledge import SettingError
from knowledge.settings import whole_number
from knowledge.values import Origin

_TILES = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/[^\s\"'<>]*")
_SHORTEST_SECRET = 32


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """The mail server that takes mails to alliances, and the address they come from.

    Attributes:
        tls: True where the connection is encrypted from its first byte (`smtps`); else by STARTTLS.
    """

    host: str
    port: int
    sender: str
    tls: bool = False
    user: str | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class TileSettings:
    """The pictures that a map is made of; a parent's browser fetches them from their host, after consent.

    Attributes:
        url: The address of one picture, with `{z}`, `{x}` and `{y}` in it.
        attribution: Whom the map names as its makers; web addresses in it can be pressed.
    """

    url: str
    attribution: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, kw_only=True)
class TranslatorSettings:
    """The server that translates for the console.

    Attributes:
        url: Where texts are sent to, path included.
    """

    kind: Literal["libretranslate", "deepl"]
    url: str
    key: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """How the gateway reaches Rasa and guards its door.

    Attributes:
        rasa_url: Where Rasa's HTTP server listens, without a slash at the end.
        rasa_token: What Rasa was given as `--auth-token`; only its `/status` asks for it.
        rate_limit: Requests that one address may make, as Flask-Limiter writes it.
        trusted_proxies: How many proxies stand before the gateway; their forwarding headers are believed.
        origins: Websites that may show the assistant of all alliances, and of every one.
        public_url: Where parents reach the gateway, without a slash at the end, for paper, calendars and mails; None: where the request
            came to.
        tiles: What maps are made of; None: offerings are shown without a map.
        mail: The server that takes mails; None: they are kept in the data folder, and alliances look into the console.
        secret_key: Signs the console's links and forms; None: the data folder keeps one.
        check_links: Whether the web addresses of offerings are looked at now and then.
        translator: What translates for the console on request; None: people alone.
    """

    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: str | None = None
    rate_limit: str = "120 per minute"
    trusted_proxies: int = 0
    origins: frozenset[str] = frozenset()
    public_url: str | None = None
    tiles: TileSettings | None = None
    mail: MailSettings | None = None
    secret_key: str | None = field(default=None, repr=False)
    check_links: bool = True
    translator: TranslatorSettings | None = None


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
        trusted_proxies=whole_number(env, "LOTSE_TRUSTED_PROXIES", default=WebSettings.trusted_proxies, least=0),
        origins=_origins(env.get("LOTSE_ORIGINS") or ""),
        public_url=_public_url(env),
        tiles=_tiles(env),
        mail=_mail(env),
        secret_key=_secret(env.get("LOTSE_SECRET_KEY") or ""),
        check_links=_is_on(env, "LOTSE_CHECK_LINKS"),
        translator=_translator(env),
    )


def _address(env: Mapping[str, str], name: str, *, default: str) -> str:
    value = env.get(name) or default
    if not value.startswith(("http://", "https://")):
        raise SettingError(f"{name}={value!r} is no web address; write it as {default}, or leave it out")
    return value.rstrip("/")


def _public_url(env: Mapping[str, str]) -> str | None:
    value = (env.get("LOTSE_PUBLIC_URL") or "").rstrip("/")
    if value and not re.fullmatch(r"https?://[^/?#@\s]+", value):
        raise SettingError(
            f"LOTSE_PUBLIC_URL={value!r} is not where a server is; write it as https://familie.example.org, or leave it out"
        )
    return value or None


def _secret(value: str) -> str | None:
    if value and len(value) < _SHORTEST_SECRET:
        raise SettingError(
            f"LOTSE_SECRET_KEY is too short; give it {_SHORTEST_SECRET} random letters or more, or leave it out"
        )
    return value or None


def _is_on(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name) or "on"
    if value not in {"on", "off"}:
        raise SettingError(f"{name}={value!r} is neither on nor off; set it to off, or leave it out")
    return value == "on"


def _limit(env: Mapping[str, str], name: str, *, default: str) -> str:
    value = env.get(name) or default
    try:
        parse_many(value)
    except ValueError:
        raise SettingError(f"{name}={value!r} is no rate; write it as {default!r}, or leave it out") from None
    return value


def _origins(value: str) -> frozenset[str]:
    try:
        return frozenset(TypeAdapter(tuple[Origin, ...]).validate_python(value.split()))
    except ValidationError:
        raise SettingError(
            f"LOTSE_ORIGINS={value!r} lists no websites; write them as https://www.example.org, without a path, with spaces between"
        ) from None


def _tiles(env: Mapping[str, str]) -> TileSettings | None:
    url, attribution = env.get("LOTSE_TILES_URL"), env.get("LOTSE_TILES_ATTRIBUTION")
    if not url:
        return None
    if not _TILES.fullmatch(url) or sorted(re.findall(r"\{(\w*)\}", url)) != ["x", "y", "z"]:
        raise SettingError(
            f"LOTSE_TILES_URL={url!r} is no address of tiles; write it as https://tile.example.org/{{z}}/{{x}}/{{y}}.png, or leave it out"
        )
    if not attribution:
        raise SettingError(
            "LOTSE_TILES_ATTRIBUTION is missing; set it to what the host of the tiles wants to be named, or leave LOTSE_TILES_URL out"
        )
    return TileSettings(url=url, attribution=attribution)


def _mail(env: Mapping[str, str]) -> MailSettings | None:
    text, sender = env.get("LOTSE_SMTP_URL"), env.get("LOTSE_MAIL_FROM") or ""
    if not text:
        return None
    # The address holds a password: an error must not repeat it.
    wrong = SettingError("LOTSE_SMTP_URL is no mail server; write it as smtp://user:password@host:587 or smtps://…:465")
    try:
        url = urlsplit(text)
        port = url.port or {"smtp": 587, "smtps": 465}[url.scheme]
    except (ValueError, KeyError):
        raise wrong from None
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise wrong
    try:
        Address(addr_spec=sender)
    except (ValueError, IndexError, MessageError):
        raise SettingError(
            f"LOTSE_MAIL_FROM={sender!r} is no e-mail address; set it to the one that mails are to come from"
        ) from None
    return MailSettings(
        host=url.hostname, port=port, sender=sender, tls=url.scheme == "smtps", user=unquote(url.username or "") or None,
        password=unquote(url.password or ""),
    )  # fmt: skip


def _translator(env: Mapping[str, str]) -> TranslatorSettings | None:
    url, kind = (env.get("LOTSE_TRANSLATE_URL") or "").rstrip("/"), env.get("LOTSE_TRANSLATE_KIND") or ""
    if not url:
        return None
    # The address may hold a password: an error must not repeat it.
    if not re.fullmatch(r"https?://[^/?#@\s]+(/[^?#\s]*)?", url):
        raise SettingError(
            "LOTSE_TRANSLATE_URL is no address of a translation server; write it as https://api-free.deepl.com or http://localhost:5000"
        )
    if kind not in {"", "libretranslate", "deepl"}:
        raise SettingError(
            f"LOTSE_TRANSLATE_KIND={kind!r} is neither libretranslate nor deepl; set one, or leave it out"
        )
    key = env.get("LOTSE_TRANSLATE_KEY") or None
    is_deepl = (urlsplit(url).hostname or "").endswith("deepl.com") or url.endswith("/v2/translate")
    if kind == "deepl" or (not kind and is_deepl):
        whole = url if url.endswith("/translate") else f"{url.removesuffix('/v2')}/v2/translate"
        return TranslatorSettings(kind="deepl", url=whole, key=key)
    return TranslatorSettings(
        kind="libretranslate", url=url if url.endswith("/translate") else f"{url}/translate", key=key
    )
