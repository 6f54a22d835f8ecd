"""Both kinds of translation servers, over HTTP on loopback."""

from collections.abc import Iterator

import pytest

from console.translations.translator import Translator, TranslatorError
from knowledge import SettingError
from tests.unit.console.translating import TranslationServer, running_server
from widget.settings import TranslatorSettings, read_web_settings


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    with running_server() as running:
        yield running


@pytest.fixture(params=["libretranslate", "deepl"])
def translator(request: pytest.FixtureRequest, server: TranslationServer) -> Translator:
    return Translator(_settings(server.url, LOTSE_TRANSLATE_KIND=request.param, LOTSE_TRANSLATE_KEY="k"), timeout_s=5)


def _settings(url: str, **more: str) -> TranslatorSettings:
    found = read_web_settings({"LOTSE_TRANSLATE_URL": url, **more}).translator
    assert found
    return found


def test_texts_come_back_in_their_order_and_empty_ones_are_not_sent(
    translator: Translator, server: TranslationServer
) -> None:
    found = translator.translate(["Kita", "", "Für Kinder"], "uk")
    assert [text.partition("] ")[2] or text for text in found] == ["Kita", "", "Für Kinder"]
    assert translator.translate(["", " "], "uk") == ["", " "]
    assert len(server.asked) == 1


def test_each_kind_is_asked_in_its_own_way(server: TranslationServer) -> None:
    Translator(_settings(server.url, LOTSE_TRANSLATE_KEY="k")).translate(["Kita"], "tr")
    Translator(_settings(f"{server.url}/v2/translate", LOTSE_TRANSLATE_KEY="k")).translate(["Kita"], "en")
    (path, body, headers), (deepl_path, deepl_body, deepl_headers) = server.asked
    assert (path, body) == (
        "/translate", {"q": ["Kita"], "source": "de", "target": "tr", "format": "text", "api_key": "k"},
    )  # fmt: skip
    assert "Authorization" not in headers
    assert (deepl_path, deepl_body) == (
        "/v2/translate",
        {"text": ["Kita"], "source_lang": "DE", "target_lang": "EN-GB"},
    )
    assert deepl_headers["Authorization"] == "DeepL-Auth-Key k"


@pytest.mark.parametrize(
    ("status", "answer", "fault"),
    [
        (403, {"error": "Invalid API key"}, "key"),
        (400, {"error": "Please contact the server operator to get an API key"}, "key"),
        (400, {"error": "fa is not supported"}, "language"),
        (456, {"message": "Quota Exceeded"}, "quota"),
        (429, {"error": "Slowdown"}, "busy"),
        (500, b"oops", "away"),
        (302, b"", "answer"),
        (200, b"<html>", "answer"),
        (200, {"translatedText": [], "translations": []}, "answer"),
        (200, {"translatedText": [None], "translations": [{}]}, "answer"),
        (200, [1], "answer"),
        (200, {"translatedText": "x" * 1_100_000, "translations": [{"text": "x" * 1_100_000}]}, "answer"),
    ],
)
def test_what_goes_wrong_is_told_by_its_cause(
    translator: Translator, server: TranslationServer, status: int, answer: object, fault: str
) -> None:
    server.fails = (status, answer)
    with pytest.raises(TranslatorError) as caught:
        translator.translate(["Kita"], "fa")
    assert caught.value.fault == fault
    assert len(server.asked) == 1, "the key went to another address"


@pytest.mark.parametrize("kind", ["libretranslate", "deepl"])
def test_a_slow_server_and_one_that_is_not_there_are_told_apart(server: TranslationServer, kind: str) -> None:
    server.pause_s = 1.0
    with pytest.raises(TranslatorError) as caught:
        Translator(_settings(server.url, LOTSE_TRANSLATE_KIND=kind), timeout_s=0.1).translate(["Kita"], "tr")
    assert caught.value.fault == "slow"
    with pytest.raises(TranslatorError) as caught:
        Translator(_settings("http://127.0.0.1:9", LOTSE_TRANSLATE_KIND=kind)).translate(["Kita"], "tr")
    assert caught.value.fault == "away"


@pytest.mark.parametrize(
    ("url", "more", "kind", "whole"),
    [
        ("http://localhost:5000", {}, "libretranslate", "http://localhost:5000/translate"),
        ("http://localhost:5000/translate", {}, "libretranslate", "http://localhost:5000/translate"),
        ("https://api-free.deepl.com/", {}, "deepl", "https://api-free.deepl.com/v2/translate"),
        ("https://t.example.org/v2/translate", {}, "deepl", "https://t.example.org/v2/translate"),
        ("https://t.example.org", {"LOTSE_TRANSLATE_KIND": "deepl"}, "deepl", "https://t.example.org/v2/translate"),
    ],
)
def test_the_address_tells_the_kind_unless_the_setting_does(
    url: str, more: dict[str, str], kind: str, whole: str
) -> None:
    found = _settings(url, **more)
    assert (found.kind, found.url) == (kind, whole)


def test_settings_without_their_form_are_refused_without_telling_secrets() -> None:
    assert read_web_settings({}).translator is None
    for environment in (
        {"LOTSE_TRANSLATE_URL": "ftp://secret"},
        {"LOTSE_TRANSLATE_URL": "https://user:secret@t.example.org"},
        {"LOTSE_TRANSLATE_URL": "https://t.example.org", "LOTSE_TRANSLATE_KIND": "google"},
    ):
        with pytest.raises(SettingError, match="LOTSE_TRANSLATE") as caught:
            read_web_settings(environment)
        assert "secret" not in str(caught.value)
    assert "secret" not in repr(_settings("https://t.example.org", LOTSE_TRANSLATE_KEY="secret"))
