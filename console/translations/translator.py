"""Asks a server to translate: one compatible with LibreTranslate, or one compatible with DeepL."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import httpx

from widget.settings import TranslatorSettings

Fault = Literal["away", "slow", "key", "quota", "busy", "language", "answer"]
# After these, the next text would fare no better.
ENDS: frozenset[Fault] = frozenset({"away", "slow", "key", "quota", "busy", "language"})
_TIMEOUT_S = 20.0
_LARGEST_ANSWER = 1_000_000
# DeepL names some target languages otherwise.
_DEEPL_TARGETS: Mapping[str, str] = {"en": "EN-GB", "pt": "PT-PT"}
_FAULTS: Mapping[int, Fault] = {401: "key", 403: "key", 404: "away", 429: "busy", 456: "quota", 503: "busy"}


class TranslatorError(Exception):
    """A text was not translated; `fault` tells why, as the code of a sentence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Translator:
    """Translates German texts on a server; `host` names it to people."""

    def __init__(self, settings: TranslatorSettings, *, timeout_s: float = _TIMEOUT_S) -> None:
        self._settings, self._timeout_s = settings, timeout_s

    @property
    def host(self) -> str:
        return self._settings.host

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """Return German texts in another language, in their order; empty ones stay empty.

        Raises:
            TranslatorError: They were not translated.
        """
        wanted = [text for text in texts if text.strip()]
        if not wanted:
            return list(texts)
        is_deepl = self._settings.kind == "deepl"
        answer = self._asked(*(self._deepl if is_deepl else self._libretranslate)(wanted, language))
        try:
            found = [one["text"] for one in answer["translations"]] if is_deepl else answer["translatedText"]
            found = [found] if isinstance(found, str) else list(found)
        except (KeyError, TypeError):
            raise TranslatorError("answer") from None
        if len(found) != len(wanted) or not all(isinstance(one, str) and one.strip() for one in found):
            raise TranslatorError("answer")
        translated = iter(found)
        return [next(translated) if text.strip() else text for text in texts]

    def _deepl(self, texts: Sequence[str], language: str) -> tuple[dict[str, Any], dict[str, str]]:
        target = _DEEPL_TARGETS.get(language, language.upper())
        headers = {"Authorization": f"DeepL-Auth-Key {self._settings.key}"} if self._settings.key else {}
        return {"text": texts, "source_lang": "DE", "target_lang": target}, headers

    def _libretranslate(self, texts: Sequence[str], language: str) -> tuple[dict[str, Any], dict[str, str]]:
        body = {"q": texts, "source": "de", "target": language, "format": "text"}
        return {**body, **({"api_key": self._settings.key} if self._settings.key else {})}, {}

    def _asked(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> Any:
        """Return what the server answers. A redirect is not followed: the key is meant for this server alone."""
        try:
            with (
                httpx.Client(timeout=self._timeout_s, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self._settings.url, json=body, headers=headers) as response,
            ):
                content, until = b"", time.monotonic() + self._timeout_s
                for part in response.iter_bytes():
                    content += part
                    if time.monotonic() > until:
                        raise TranslatorError("slow")
                    if len(content) > _LARGEST_ANSWER:
                        raise TranslatorError("answer")
        except httpx.TimeoutException:
            raise TranslatorError("slow") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise TranslatorError("away") from None
        if response.status_code != 200:
            raise TranslatorError(_fault(response.status_code, content))
        try:
            return json.loads(content)
        except ValueError:
            raise TranslatorError("answer") from None


def _fault(status: int, content: bytes) -> Fault:
    """Return what an error means. LibreTranslate tells 400 for an unknown key as for an unknown language."""
    if status == 400:
        return "key" if b"api key" in content.lower() else "language"
    return _FAULTS.get(status, "away" if status >= 500 else "answer")
