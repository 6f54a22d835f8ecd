"""Texts within a platform's limits."""

from hypothesis import given
from hypothesis import strategies as st

from widget.channels.lengths import length, pieces, shortened

FAMILY = "👨‍👩‍👧‍👦"  # eleven UTF-16 units, one letter to the eye


def test_a_short_text_stays_as_it_is() -> None:
    assert shortened("Kita Spatzennest", 16) == "Kita Spatzennest"


def test_a_long_title_ends_after_a_word() -> None:
    assert shortened("Offene Sprechstunde für Alleinerziehende", 24) == "Offene Sprechstunde für…"


def test_a_word_that_ends_at_the_limit_is_kept() -> None:
    assert shortened("Kita Spatzennest am Markt", 17) == "Kita Spatzennest…"


def test_one_long_word_is_cut_within() -> None:
    assert shortened("Kinderbetreuungsberatungsstelle", 10) == "Kinderbet…"


def test_a_family_is_not_parted() -> None:
    assert shortened(FAMILY * 2, 15) == FAMILY + "…"
    assert pieces(FAMILY * 3, 15) == [FAMILY, FAMILY, FAMILY]


def test_a_letter_with_its_vowel_mark_is_not_parted() -> None:
    word = "مُحَمَّد"
    parts = pieces(word * 3, 5)
    assert "".join(parts) == word * 3
    assert not any(part[0] in "\u064f\u064e\u0651" for part in parts)


def test_paragraphs_are_parted_before_sentences() -> None:
    assert pieces("Erster Absatz. Mit zwei Sätzen.\n\nZweiter Absatz. Ende.", 45) == [
        "Erster Absatz. Mit zwei Sätzen.",
        "Zweiter Absatz. Ende.",
    ]


@given(st.text(max_size=300), st.integers(min_value=4, max_value=80))
def test_no_piece_is_too_long_and_nothing_is_lost(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert all(0 < length(part) <= most for part in parts)
    assert length(shortened(text, most)) <= most
    assert "".join("".join(parts).split()) == "".join(text.split())
