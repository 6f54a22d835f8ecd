import json
from pathlib import Path

import pytest

from knowledge.errors import ImportFileError
from knowledge.importing import import_files, load_mapping
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance

ROW = {
    "id": "kita-sonne",
    "alliance": "koethen",
    "title": "Kita Sonne",
    "categories": ["daycare"],
    "postal_code": "06366",
}


@pytest.fixture
def known(store: Store, koethen: Alliance) -> Store:
    store.put([koethen], editor="test")
    return store


def _jsonl(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_json_lines_are_imported(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    report = import_files([_jsonl(tmp_path / "a.jsonl", ROW)], store=known, taxonomy=taxonomy, editor="anna")
    assert (report.added, report.errors) == (1, ())
    assert known.offering("kita-sonne").postal_code == "06366"  # type: ignore[union-attr]


def test_one_faulty_row_leaves_everything_as_it_was_and_names_every_fault(
    known: Store, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps(ROW),
        "",
        "{broken",
        json.dumps({**ROW, "id": "b", "postal_code": "636"}),
        json.dumps({**ROW, "id": "c", "categories": ["cooking"]}),
        json.dumps({**ROW, "id": "d", "age_min": 6, "age_max": 3}),
        json.dumps({**ROW, "id": "e", "opening_hours": "meistens"}),
        json.dumps(ROW),
        json.dumps({"id": "f", "alliance": "koethen", "categories": ["daycare"]}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = import_files([path], store=known, taxonomy=taxonomy, editor="anna")
    assert known.offerings() == []
    assert [(e.line, e.column) for e in report.errors] == [
        (3, ""),
        (4, "postal_code"),
        (5, "categories"),
        (6, ""),
        (7, "opening_hours"),
        (8, "id"),
        (9, "title"),
    ]
    assert "five digits" in str(report.errors[1])
    assert "swap them" in str(report.errors[3])
    assert "stands already in a.jsonl:1" in str(report.errors[5])


def test_a_german_spreadsheet_in_old_encoding_is_read(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    text = (
        "Ort;PLZ;Angebot;Kategorie;Beginn;Kostenlos;Alter von;Sprachen;Bündnis\r\n"
        "Köthen;6366;Krabbelgruppe Wühlmäuse;Krabbelgruppe;01.12.2026;ja;0,5;Deutsch, Türkisch;koethen\r\n"
        ";;;;;;;;\r\n"
    )
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode("cp1252"))
    report = import_files([path], store=known, taxonomy=taxonomy, editor="anna")
    assert report.errors == ()
    [offering] = known.offerings()
    assert (offering.title, offering.postal_code, offering.free, offering.age_min) == (
        "Krabbelgruppe Wühlmäuse",
        "06366",
        True,
        0.5,
    )
    assert offering.categories == ("parenting_group",)
    assert offering.languages == ("de", "tr")
    assert str(offering.valid_from) == "2026-12-01"


def test_faults_of_a_spreadsheet_name_its_own_columns(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "Titel,Kategorie,PLZ,Gültig bis,Bündnis\nKita,daycare,abc,31.02.2027,koethen\nHort,Quatsch,06366,,koethen\n",
        encoding="utf-8",
    )
    report = import_files([path], store=known, taxonomy=taxonomy, editor="anna")
    assert [(e.line, e.column, e.value) for e in report.errors] == [
        (2, "PLZ", "abc"),
        (2, "Gültig bis", "31.02.2027"),
        (3, "Kategorie", "Quatsch"),
    ]


def test_the_same_list_imported_again_changes_nothing_even_without_ids(
    known: Store, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Titel;Kategorie;Ort\nKita Mond;Kita;Köthen\n", encoding="utf-8")
    first = import_files([path], store=known, taxonomy=taxonomy, editor="anna", alliance="koethen")
    second = import_files([path], store=known, taxonomy=taxonomy, editor="anna", alliance="koethen")
    assert (first.added, second.added, second.unchanged) == (1, 0, 1)


def test_a_mapping_reads_a_list_with_columns_of_its_own(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("nr,name,lang,auf,zu\n7,Mosaik,0|2,07:00,17:00\n", encoding="utf-8")
    (tmp_path / "map.yml").write_text(
        """
        id: {template: "k-{nr}"}
        title: {template: "Kita {name}"}
        alliance: {value: koethen}
        categories: {value: [daycare]}
        languages: {column: lang, separator: "|", values: {"0": de, "2": tr}}
        opening_hours: {hours: {Mo: [auf, zu], Tu: [auf, zu]}}
        """,
        encoding="utf-8",
    )
    mapping = load_mapping(tmp_path / "map.yml")
    report = import_files([tmp_path / "liste.csv"], store=known, taxonomy=taxonomy, editor="a", mapping=mapping)
    assert report.errors == ()
    [offering] = known.offerings()
    assert (offering.id, offering.title, offering.languages) == ("k-7", "Kita Mosaik", ("de", "tr"))
    assert offering.opening_hours == "Mo,Tu 07:00-17:00"


def test_a_missing_alliance_is_said_once(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    rows = [{**ROW, "id": f"k-{i}", "alliance": "berlin"} for i in range(5)]
    report = import_files([_jsonl(tmp_path / "a.jsonl", *rows)], store=known, taxonomy=taxonomy, editor="anna")
    assert [(e.line, e.column, e.value) for e in report.errors] == [(1, "alliance", "berlin")]
    assert "4 more rows" in report.errors[0].problem
    assert "koethen" in report.errors[0].problem


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"x", "save a list as XLSX"),
        ("a.csv", b"  \n ", "is empty"),
        ("a.csv", b"Titel;Titel\nx;y\n", "stands there twice"),
        ("a.csv", b"Farbe;Form\nrot;rund\n", "no column for the title"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    known: Store, taxonomy: Taxonomy, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportFileError, match=message):
        import_files([tmp_path / name], store=known, taxonomy=taxonomy, editor="anna")


def test_a_dry_run_counts_and_writes_nothing(known: Store, taxonomy: Taxonomy, tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "a.jsonl", ROW)
    report = import_files([path], store=known, taxonomy=taxonomy, editor="anna", dry_run=True)
    assert (report.added, report.dry_run) == (1, True)
    assert known.offerings() == []
