"""The ten lexicons: complete, of one form, and without words that would swallow a need."""

import re
from datetime import date
from typing import Any

import pytest

from knowledge.taxonomy import load_taxonomy
from knowledge.text import words
from knowledge.understanding.days import read_days
from knowledge.understanding.lexicon import FOLDER, WEEKDAYS, lexicon_of, read_lexicon
from knowledge.understanding.marking import mark
from knowledge.values import LANGUAGES

from .test_sentences import READER, SUNDAY

_HOLIDAYS = {"summer", "autumn", "christmas", "winter", "easter", "whitsun"}
_KEYS = set(
    re.findall(r"`(\w+)`", "".join(re.findall(r"^\|(.+?)\|", (FOLDER / "README.md").read_text(), re.MULTILINE)))
)


def _phrases(content: Any) -> list[str]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        return [p for key, value in content.items() for p in (value if isinstance(value, list) else [key])]
    return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_stands_in_the_readme(language: str) -> None:
    assert set(read_lexicon(language)) - _KEYS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_holds_a_word(language: str) -> None:
    empty = [p for content in read_lexicon(language).values() for p in _phrases(content) if not words(p)]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_months_holidays_and_languages_are_complete(language: str) -> None:
    content = read_lexicon(language)
    assert set(content["weekdays"]) == set(WEEKDAYS)
    assert set(content["months_named"]) == {str(month) for month in range(1, 13)}
    assert set(content["holidays"]) == _HOLIDAYS
    assert set(content["languages"]) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_age_up_to_twelve_has_a_word(language: str) -> None:
    values = {float(value) for value in read_lexicon(language)["numbers"].values()}
    assert set(range(1, 13)) - values == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_found_beside_a_day(language: str) -> None:
    for month, names in read_lexicon(language)["months_named"].items():
        said = mark(f"5 {names[0].rstrip('*')}", lexicon_of(language))
        found = read_days("", said, SUNDAY).on
        assert found is not None
        assert (found.month, found.day) == (int(month), 5), names[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_need_is_swallowed(language: str) -> None:
    swallowed = []
    for code, concept in load_taxonomy().concepts.items():
        for name in (concept.labels.get(language), *concept.other.get(language, ())):
            understood = READER.read(name or "", language=language, today=date(2026, 11, 22))
            # Words for an age ("Teenager") or a wish ("online") are understood as such.
            if name and not understood.residue and not understood.ages and understood.online is None:
                swallowed.append((code, name))
    assert swallowed == []


def test_a_language_without_a_lexicon_is_read_as_german() -> None:
    assert lexicon_of("xx").is_filler("bitte")


def test_simple_german_is_read_as_german() -> None:
    assert mark("Mein Kind ist 3 Jahre alt", lexicon_of("de-simple")).of("years", "old") != []


def test_filler_words_carry_no_need_and_needs_are_no_filler() -> None:
    assert lexicon_of("tr").is_filler("merhaba")
    assert not lexicon_of("tr").is_filler("kres")
