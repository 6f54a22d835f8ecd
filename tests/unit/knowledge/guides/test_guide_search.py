"""Sections are found by meaning, in the parent's language first, and quoted word for word."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from knowledge.guides import GuideSearch
from knowledge.guides.quoting import quote
from knowledge.values import Alliance, Guide
from tests.fakes import MERSEBURG, MUENCHEN, ThreeTowns, WordEncoder, small_classifier

KITA = """# Kita

## Anmelden
Merken Sie Ihr Kind früh vor. Der Kindergarten braucht die Geburtsurkunde.

## Essen
Mittags gibt es Suppe."""
KURS = "# Sprache\n\nEin Sprachkurs hilft Deutsch lernen."


class Shelves:
    """A store of guides that counts how often it was read."""

    def __init__(self, guides: list[Guide]) -> None:
        self.kept, self.version, self.read = guides, 1, 0

    def generation(self) -> int:
        return self.version

    def guides(self) -> list[Guide]:
        self.read += 1
        return self.kept

    def alliances(self) -> list[Alliance]:
        return [
            Alliance(id="merseburg", name="Bündnis Merseburg", city="Merseburg"),
            Alliance(id="muenchen", name="Bündnis München", city="München"),
        ]


def guide(id_: str, text: str, *, language: str = "de", alliance: str | None = None) -> Guide:
    return Guide(id=id_, alliance=alliance, language=language, title="Wegweiser", text=text)


@pytest.fixture
def shelves() -> Shelves:
    return Shelves([guide("kita", KITA), guide("kurs", KURS)])


@pytest.fixture
def search_in(shelves: Shelves) -> Callable[..., GuideSearch]:
    encoder = WordEncoder()
    reader = SimpleNamespace(classifier=small_classifier(encoder), places=ThreeTowns())

    def build(*guides: Guide) -> GuideSearch:
        shelves.kept = list(guides) or shelves.kept
        return GuideSearch(store=shelves, encoder=encoder, reader=reader)  # type: ignore[arg-type]

    return build


def test_the_section_that_answers_comes_first(search_in: Callable[..., GuideSearch]) -> None:
    search = search_in()
    assert search("Kindergarten Geburtsurkunde", language="de").sections[0].section.heading == "Anmelden"
    assert search("Deutsch lernen Sprachkurs", language="de").sections[0].section.guide.id == "kurs"


def test_the_parents_language_comes_first_then_german(search_in: Callable[..., GuideSearch]) -> None:
    search = search_in(guide("fr", KURS, language="fr"), guide("de", KURS), guide("tr", KURS, language="tr"))
    found = search("Sprachkurs Deutsch lernen", language="tr")
    assert [one.section.guide.id for one in found.sections] == ["tr", "de", "fr"]


def test_a_guide_about_a_far_town_comes_last(search_in: Callable[..., GuideSearch]) -> None:
    near, far = guide("near", KURS, alliance="merseburg"), guide("far", KURS, alliance="muenchen")
    search = search_in(far, near)
    assert search("Sprachkurs", language="de", near=MERSEBURG).sections[0].section.guide.id == "near"
    assert search("Sprachkurs", language="de", near=MUENCHEN).sections[0].section.guide.id == "far"


def test_what_is_no_family_matter_has_no_good_answer(search_in: Callable[..., GuideSearch]) -> None:
    search = search_in()
    assert search("auto reparieren", language="de").no_good_answer
    assert not search("wir brauchen eine kita", language="de").no_good_answer


def test_an_edit_is_found_and_only_its_text_is_embedded_again(
    search_in: Callable[..., GuideSearch], shelves: Shelves
) -> None:
    search = search_in()
    search("Kita", language="de")
    search("Kita", language="de")
    assert shelves.read == 1
    encoder: WordEncoder = search.encoder  # type: ignore[assignment]
    encoder.encoded.clear()
    shelves.kept, shelves.version = [*shelves.kept, guide("geld", "# Geld\n\nElterngeld auf Antrag.")], 2
    assert search("Elterngeld", language="de").sections[0].section.guide.id == "geld"
    embedded = {text for text in encoder.encoded if "Kindergarten braucht" in text and "Wegweiser" in text}
    assert not embedded


def test_without_guides_nothing_is_found(search_in: Callable[..., GuideSearch], shelves: Shelves) -> None:
    search = search_in()
    shelves.kept = []
    found = search("Kita", language="de")
    assert (found.sections, found.total, found.no_good_answer) == ((), 0, True)


def test_a_quote_is_the_closest_sentence_word_for_word() -> None:
    encoder = WordEncoder()
    text = "Mittags gibt es Suppe. Der Kindergarten braucht die Geburtsurkunde. Abends ist zu."
    question = encoder.encode_queries(["Geburtsurkunde Kindergarten"])[0]
    assert quote(text, question, encoder) == "Der Kindergarten braucht die Geburtsurkunde."
