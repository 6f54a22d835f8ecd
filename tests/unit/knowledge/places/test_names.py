"""How names are folded, cut, and heard."""

import pytest

from knowledge.places.lexicon import foreign, lexicon_of
from knowledge.places.names import base, keys
from knowledge.places.sounds import skeleton, skeletons_foreign, spoken
from knowledge.places.tokens import tokens_of
from knowledge.values import LANGUAGES


def test_a_name_is_found_with_and_without_umlauts_and_small_words() -> None:
    assert keys("Köthen") == {"kothen", "koethen"}
    assert keys("Frankfurt an der Oder") == {"frankfurt an der oder", "frankfurt oder"}
    assert keys("Sankt Ingbert") == {"sankt ingbert", "st ingbert"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Halle (Saale)", "Halle"),
        ("Frankfurt am Main", "Frankfurt"),
        ("Reichenbach/Vogtland", "Reichenbach"),
        ("Zell im Wiesental", "Zell"),
        ("Bad Homburg vor der Höhe", "Bad Homburg"),
        ("Halle-Neustadt", "Halle-Neustadt"),
    ],
)
def test_a_short_name_leaves_out_what_tells_it_apart(name: str, short: str) -> None:
    assert base(name) == short


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("Merseburg", "Мерзебург"),
        ("Merseburg", "ميرسبورغ"),
        ("Hoyerswerda", "Гойерсверда"),
        ("Quedlinburg", "Кведлінбург"),
        ("Aachen", "آخن"),
    ],
)
def test_a_name_sounds_alike_in_other_letters(name: str, heard: str) -> None:
    assert skeleton(name) in skeletons_foreign(heard)


def test_a_name_is_written_near_to_its_sound() -> None:
    assert [spoken(name) for name in ("Köthen", "Zeitz", "Schwerin")] == ["keten", "tsaits", "shverin"]


def test_words_remember_where_they_stand() -> None:
    text = "Köln’deyiz, d’Essen"
    words = tokens_of(text, frozenset({"d"}))
    assert [text[word.start : word.end] for word in words] == ["Köln’deyiz", "d", "Essen"]
    assert (words[0].stem, words[0].rest) == ("koln", "deyiz")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words_around_places(language: str) -> None:
    lexicon = lexicon_of(language)
    assert {"in", "from"} & set(lexicon.cues.values())
    for words in (lexicon.residence, lexicon.moved, lexicon.past, lexicon.others, lexicon.subjects, lexicon.never):
        assert words.whole or words.beginnings
    assert lexicon.replies
    assert lexicon.words
    assert lexicon.titles
    assert lexicon.small


@pytest.mark.parametrize(
    ("language", "word", "plain"),
    [
        ("tr", "leipzigde", "leipzig"),
        ("ar", "بكولن", "كولن"),
        ("uk", "гамбурзі", "гамбург"),
        ("ru", "касселе", "кассель"),
        ("pl", "norymberdze", "norymberga"),
        ("pl", "lipsku", "lipsk"),
        ("ro", "berlinul", "berlin"),
    ],
)
def test_case_endings_are_taken_off(language: str, word: str, plain: str) -> None:
    assert plain in {stem for stem, _ in lexicon_of(language).stems(word)}


def test_towns_abroad_are_known_in_the_ten_languages() -> None:
    assert {foreign().towns[name] for name in ("wien", "vienna", "viyana", "відень", "wieden", "فيينا", "vienne")} == {
        "Wien"
    }
    assert "syrien" in foreign().never
