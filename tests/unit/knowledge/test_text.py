import pytest

from knowledge.text import clean, fold, fold_german, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Köthen", "kothen"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul IŞIK ışık", "istanbul isik isik"),
        ("Łódź", "lodz"),
        ("București, ţară", "bucuresti, tara"),
        ("أهلاً إلى آخر", "اهلا الي اخر"),
        ("کودکی", "كودكي"),
        ("Йод її", "йод її"),
        ("٠٦٣٦٦ ۱۲", "06366 12"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_german_digraphs_meet_umlauts() -> None:
    assert fold_german("Köthen") == fold_german("Koethen") == "koethen"


def test_words_keep_apostrophes_inside_only() -> None:
    assert words("сім’ї 'kita' l'école!") == ["сім'ї", "kita", "l'ecole"]


def test_clean_removes_invisible_marks_and_keeps_the_half_space() -> None:
    assert clean("a\u200e\u202eb\x00  c\nمی\u200cخواهم") == "ab c می\u200cخواهم"
