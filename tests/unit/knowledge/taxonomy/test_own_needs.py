"""An alliance's own needs (LOTSE_TAXONOMY_DIR): added to the shipped ones, understood and named; faults are said plainly."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import TaxonomyError
from knowledge.needs import NeedClassifier
from knowledge.settings import read_settings
from knowledge.taxonomy import Taxonomy, load_taxonomy
from knowledge.training.needs import train_need_model
from knowledge.training.questions import Question, names_as_questions
from knowledge.understanding import Reader
from tests.fakes import ThreeTowns, WordEncoder

NEEDS = """
leisure.toy_library: "Ludothek: lends toys"
shared_cooking: "families cook and eat together"
"""
GERMAN = """
leisure.toy_library: {label: Spielzeug ausleihen, other: [Ludothek, Spielzeugverleih], hidden: [ludotek]}
shared_cooking: {label: Gemeinsam kochen, other: [Familienküche]}
daycare: {other: [Bauernhofkita]}
"""
TURKISH = """
leisure.toy_library: {label: Oyuncak kütüphanesi}
shared_cooking: {label: Birlikte yemek pişirme}
leisure: {label: Boş zaman}
"""
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a folder of needs and labels; what is not told is whole."""

    def write(needs: str | None = NEEDS, **labels: str) -> Path:
        (tmp_path / "labels").mkdir()
        if needs is not None:
            (tmp_path / "needs.yml").write_text(needs, encoding="utf-8")
        for language, content in ({"de": GERMAN, "tr": TURKISH} | labels).items():
            (tmp_path / "labels" / f"{language}.yml").write_text(content, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def own(folder: Folder) -> Taxonomy:
    return load_taxonomy(folder())


def test_own_needs_stand_beside_the_shipped_ones(own: Taxonomy, taxonomy: Taxonomy) -> None:
    assert set(own.categories) == {*taxonomy.categories, "shared_cooking"}
    assert set(own.needs) == {*taxonomy.needs, "leisure.toy_library"}


def test_an_own_need_is_named_in_its_languages_and_else_in_german(own: Taxonomy) -> None:
    assert own.label("shared_cooking", "tr") == "Birlikte yemek pişirme"
    assert own.label("shared_cooking", "de-simple") == own.label("shared_cooking", "ar") == "Gemeinsam kochen"


def test_own_names_of_a_shipped_need_are_added_and_an_own_label_replaces(own: Taxonomy, taxonomy: Taxonomy) -> None:
    before, after = taxonomy.concepts["daycare"], own.concepts["daycare"]
    assert after.labels == before.labels
    assert after.other["de"] == (*before.other["de"], "Bauernhofkita")
    assert own.label("leisure", "tr") == "Boş zaman"
    assert own.concepts["leisure"].other["tr"] == taxonomy.concepts["leisure"].other["tr"]


def test_a_name_of_an_own_need_is_no_longer_another_needs(own: Taxonomy, taxonomy: Taxonomy) -> None:
    having = [
        [code for code, concept in each.concepts.items() if "Ludothek" in concept.other.get("de", ())]
        for each in (taxonomy, own)
    ]
    assert having == [["leisure.library"], ["leisure.toy_library"]]


def test_names_alone_need_no_list_of_needs(folder: Folder) -> None:
    names = load_taxonomy(folder(None, de="daycare: {label: Kita}", tr="{}"))
    assert names.label("daycare", "de") == "Kita"


def test_a_category_without_finer_needs_is_learnt_by_its_own_names(own: Taxonomy) -> None:
    learnt = {question.need for question in names_as_questions(own)}
    assert {"shared_cooking", "leisure.toy_library"} <= learnt
    assert "leisure" not in learnt


@pytest.mark.parametrize(
    ("text", "language", "need"),
    [
        ("Gemeinsam kochen", "de", "shared_cooking"),
        ("Wo gibt es eine Familienküche?", "de", "shared_cooking"),
        ("birlikte yemek pişirme", "tr", "shared_cooking"),
        ("Ludothek", "de", "leisure.toy_library"),
        ("oyuncak kütüphanesi", "tr", "leisure.toy_library"),
    ],
)
def test_own_needs_are_understood(own: Taxonomy, text: str, language: str, need: str) -> None:
    encoder = WordEncoder()
    some = Taxonomy({code: c for code, c in own.concepts.items() if code.startswith(("leisure", "shared", "fathers"))})
    ordinary = [Question("unrelated", "direct", "de", text) for text in ("Wetter morgen", "Auto reparieren", "Pizza")]
    classifier = NeedClassifier(train_need_model(ordinary, some, encoder), encoder)
    said = Reader(classifier, ThreeTowns(), some).read(text, language=language, today=date(2026, 11, 22))  # type: ignore[arg-type]
    assert next(iter(said.needs)) == need


@pytest.mark.parametrize(
    ("needs", "labels", "told"),
    [
        ("leisure.toy_library: [a, b]", {}, r"needs.yml, leisure.toy_library: want a sentence"),
        ("Spielzeug: lends toys", {}, r"'Spielzeug' is no code"),
        ("unrelated: nothing", {}, r"'unrelated' is no code"),
        ("toys.library: lends toys", {}, r"'toys.library' is under no category; add 'toys'"),
        ("- leisure.toy_library", {}, r"needs.yml does not hold a mapping"),
        ("leisure.toy_library: 'open", {}, r"needs.yml cannot be read"),
        (NEEDS, {"de": "toys: {label: Spielzeug}"}, r"de.yml names 'toys', which needs.yml does not have"),
        (NEEDS, {"de": "leisure: Freizeit"}, r"de.yml, leisure: want `label`, `other` and `hidden`"),
        (NEEDS, {"de": "leisure: {lable: Freizeit}"}, r"de.yml, leisure: want `label`, `other` and `hidden`"),
        (NEEDS, {"de": "leisure: {label: [Freizeit]}"}, r"de.yml, leisure: want a text as label"),
        (NEEDS, {"de": "leisure: {other: Freizeit}"}, r"de.yml, leisure: want a list of names as other"),
        (NEEDS, {"es": "leisure: {label: Ocio}"}, r"es.yml: want a file named de, en"),
        (NEEDS, {"de": "leisure.toy_library: {label: Ludothek}"}, r"'shared_cooking' has no German label"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told_with_its_place_and_what_to_do(
    folder: Folder, needs: str, labels: dict[str, str], told: str
) -> None:
    with pytest.raises(TaxonomyError, match=told):
        load_taxonomy(folder(needs, **{"tr": "{}", **labels}))


def test_a_folder_that_is_none_is_told_by_the_settings_name(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="LOTSE_TAXONOMY_DIR"):
        load_taxonomy(tmp_path / "nowhere")


def test_the_folder_is_the_same_wherever_a_process_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({"LOTSE_TAXONOMY_DIR": "own"}).taxonomy_dir == tmp_path / "own"
