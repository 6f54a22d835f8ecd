"""How a message is taken apart: phrases, digits grown together with words, numbers that count nothing, idioms."""

import pytest

from knowledge.understanding.lexicon import lexicon_of
from knowledge.understanding.marking import mark
from knowledge.understanding.phrases import Mark, PhraseTable

TABLE = PhraseTable(
    [("guten Morgen", "greeting", ""), ("Morgen", "tomorrow", ""), ("jährig*", "years", 1.0)],
    prefixes=("l'", "و"),
)


def test_phrases_match_whole_words_in_order() -> None:
    assert TABLE.marks(["guten", "morgen"]) == [Mark(0, 2, "greeting"), Mark(1, 2, "tomorrow")]
    assert TABLE.marks(["guten", "tag", "morgens"]) == []


def test_an_open_phrase_matches_any_ending() -> None:
    assert TABLE.marks(["jahrige"]) == [Mark(0, 1, "years", 1.0)]
    assert TABLE.marks(["halbjahrig"]) == []


def test_umlauts_may_be_written_with_an_e() -> None:
    assert TABLE.marks(["jaehriger"]) == [Mark(0, 1, "years", 1.0)]


def test_what_is_written_together_with_a_word_is_taken_off() -> None:
    assert [m.kind for m in TABLE.marks(["l'morgen"])] == ["tomorrow"]
    assert [m.kind for m in TABLE.marks(["morgen'da"])] == ["tomorrow"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7j.", ("7", "j")),
        ("3 1/2", ("3.5",)),
        ("2½ Jahre", ("2.5", "jahre")),
        ("1,5", ("1,5",)),
        ("3,4 und 7", ("3", "4", "und", "7")),
        ("b2 kurs", ("b2", "kurs")),
        ("um 7:30", ("um",)),
        ("04109", ()),
        ("24.12.", ()),
        ("20 €", ()),
    ],
)
def test_digits_are_split_from_units_and_masked_where_they_count_nothing(text: str, words: tuple[str, ...]) -> None:
    assert mark(text, lexicon_of("de")).words == words


def test_letters_that_stand_for_arabic_sounds_are_no_digits() -> None:
    assert mark("7adana 3andi", lexicon_of("ar")).words == ("7adana", "3andi")


def test_an_idiom_hides_the_words_within() -> None:
    assert mark("Guten Morgen", lexicon_of("de")).of("tomorrow") == []
    assert len(mark("morgen früh", lexicon_of("de")).of("tomorrow")) == 1


@pytest.mark.parametrize(
    ("text", "ends"), [("Danke. Nein", True), ("ca. 3", False), ("Kind, 3", False), ("Kind! 3", True)]
)
def test_a_stop_after_an_abbreviation_ends_no_sentence(text: str, ends: bool) -> None:
    assert mark(text, lexicon_of("de")).sentence_ends(1) is ends
