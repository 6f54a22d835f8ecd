"""Guides are cut at headings and blank lines, and sections into sentences, without losing or changing a word."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.guides.sections import cut, sentences
from knowledge.values import Guide


def guide(text: str) -> Guide:
    return Guide(id="wegweiser", language="de", title="Wegweiser", text=text)


def test_a_heading_holds_for_all_paragraphs_below_it() -> None:
    found = cut(guide("# Kita\n\nErst das eine.\n\nDann das andere.\n\n## Geld\nElterngeld."))
    assert [(s.heading, s.text) for s in found] == [
        ("Kita", "Erst das eine."), ("Kita", "Dann das andere."), ("Geld", "Elterngeld."),
    ]  # fmt: skip


def test_what_is_compared_names_title_and_heading() -> None:
    [section] = cut(guide("## Geld\nElterngeld gibt es auf Antrag."))
    assert section.titled == "Wegweiser. Geld. Elterngeld gibt es auf Antrag."


def test_a_very_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "Dieser Satz steht hier und hat ungefähr sechzig Zeichen, mehr nicht."
    found = cut(guide(" ".join([sentence] * 60)))
    assert len(found) > 2
    assert all(len(section.text) <= 1200 and section.text.endswith("nicht.") for section in found)
    assert " ".join(section.text for section in found) == " ".join([sentence] * 60)


def test_numbers_and_abbreviations_end_no_sentence() -> None:
    text = "Ab der 3. Klasse gibt es z. B. einen Hort. Fragen Sie unter Tel. 030 23125 100. Es kostet ca. 20 Euro!"
    assert sentences(text) == [
        "Ab der 3. Klasse gibt es z. B. einen Hort.", "Fragen Sie unter Tel. 030 23125 100.", "Es kostet ca. 20 Euro!",
    ]  # fmt: skip


def test_arabic_question_marks_end_sentences() -> None:
    assert sentences("من يدفع؟ البلدية تدفع.") == ["من يدفع؟", "البلدية تدفع."]


@given(st.text(alphabet="ab .!?\n#؟1z", max_size=400))
def test_no_word_is_lost_or_changed(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
