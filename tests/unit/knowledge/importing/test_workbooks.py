"""Workbooks as people keep them, and as nobody should."""

import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from knowledge.errors import ImportFileError
from knowledge.importing import ImportReport, import_files, load_mapping
from knowledge.importing.workbook_checks import check_workbook
from knowledge.store import Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance

HEAD = ["Angebot", "Kategorie", "PLZ", "Ort"]
Import = Callable[..., ImportReport]


@pytest.fixture
def known(store: Store, koethen: Alliance) -> Store:
    store.put([koethen], editor="test")
    return store


@pytest.fixture
def bring(known: Store, taxonomy: Taxonomy) -> Import:
    def run(path: Path, **how: Any) -> ImportReport:
        return import_files([path], store=known, taxonomy=taxonomy, editor="anna", alliance="koethen", **how)

    return run


def _book(path: Path, *rows: list[Any], change: Callable[[Any], None] = lambda book: None) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Liste"
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(path)
    return path


def test_cells_are_read_as_what_they_show(bring: Import, known: Store, tmp_path: Path) -> None:
    head = [*HEAD, "Telefon", "Gültig ab", "Gültig bis", "Geprüft am", "Alter von", "Kostenlos"]
    row = [
        "Hort Mond",
        "Hort",
        6366,
        "Köthen",
        3496123456,
        datetime(2026, 12, 1),
        "24.12.2026",
        date(2026, 8, 9),
        6.5,
        True,
    ]
    assert bring(_book(tmp_path / "a.xlsx", head, row)).errors == ()
    [one] = known.offerings()
    assert (one.postal_code, one.phone, one.age_min, one.free) == ("06366", "3496123456", 6.5, True)
    assert (str(one.valid_from), str(one.valid_to), str(one.checked_on)) == ("2026-12-01", "2026-12-24", "2026-08-09")


def test_titles_above_the_headings_and_empty_and_hidden_rows_do_no_harm(
    bring: Import, known: Store, tmp_path: Path
) -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[6].hidden = True
        book.active.merge_cells("A1:D1")
        book.active["A900000"].number_format = "@"

    path = _book(
        tmp_path / "a.xlsx", ["Unsere Angebote 2026"], [], [None, "Stand: heute"], HEAD, [], ["Kita A", "daycare"],
        [None, None], ["Kita B", "daycare"], change=hide,
    )  # fmt: skip
    assert bring(path).errors == ()
    assert [one.title for one in known.offerings()] == ["Kita A", "Kita B"]


def test_what_is_merged_downwards_is_meant_for_every_row(bring: Import, known: Store, tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("C2:C3")
        book.active.merge_cells("D2:D3")

    rows = [["Kita A", "daycare", "06366", "Köthen"], ["Kita B", "daycare"], ["Kita C", "daycare", "06217"]]
    assert bring(_book(tmp_path / "a.xlsx", HEAD, *rows, change=merge)).errors == ()
    assert [(o.title, o.postal_code, o.city) for o in sorted(known.offerings(), key=lambda o: o.title)] == [
        ("Kita A", "06366", "Köthen"), ("Kita B", "06366", "Köthen"), ("Kita C", "06217", None),
    ]  # fmt: skip


def test_faults_name_sheet_row_column_value_and_what_to_do(bring: Import, tmp_path: Path) -> None:
    rows = [["Kita", "daycare", "abc"], ["Hort", "Quatsch", "06366"], [None, "daycare", "06366"]]
    report = bring(_book(tmp_path / "a.xlsx", HEAD, *rows))
    assert [(e.file, e.line, e.column, e.value) for e in report.errors] == [
        ("a.xlsx, Liste", 2, "PLZ", "abc"),
        ("a.xlsx, Liste", 3, "Kategorie", "Quatsch"),
        ("a.xlsx, Liste", 4, "Angebot", ""),
    ]
    assert str(report.errors[0]) == (
        "a.xlsx, Liste:2, PLZ: not a German postal code; write five digits such as 06366 (found: 'abc')"
    )


def test_every_visible_sheet_with_a_list_is_imported_and_the_others_are_named(
    bring: Import, known: Store, tmp_path: Path
) -> None:
    def more(book: Any) -> None:
        for name, rows in {
            "Kurse": [HEAD, ["Kurs", "language_course"]],
            "Notizen": [["anrufen"]],
            "Codes": [HEAD, ["X"]],
        }.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book["Codes"].sheet_state = "hidden"
        book.create_sheet("Leer")

    report = bring(_book(tmp_path / "a.xlsx", HEAD, ["Kita", "daycare"], change=more))
    assert {one.title for one in known.offerings()} == {"Kita", "Kurs"}
    assert report.left_out == ("The sheet 'Notizen' has no column for the title and was left out.",)


def test_a_formula_counts_as_its_value_or_is_named(bring: Import, known: Store, tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", HEAD, ["Kita", "daycare", "=1+1", "Köthen"])
    report = bring(path)
    assert [(e.line, e.column, e.value) for e in report.errors] == [(2, "PLZ", "=1+1")]
    assert "never calculated" in report.errors[0].problem
    _rewrite(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v></v>", b"<v>6366</v>").replace(b"<v />", b"<v>6366</v>"),
    )
    assert bring(path).errors == ()
    assert known.offerings()[0].postal_code == "06366"


def test_only_a_workbook_with_formulas_is_read_twice(tmp_path: Path) -> None:
    assert not check_workbook(_book(tmp_path / "a.xlsx", HEAD, ["Kita", "daycare"])).has_formulas
    assert check_workbook(_book(tmp_path / "a.xlsx", HEAD, ["Kita", "=A1"])).has_formulas


def test_an_error_of_the_spreadsheet_is_not_imported_as_text(bring: Import, tmp_path: Path) -> None:
    report = bring(_book(tmp_path / "a.xlsx", HEAD, ["Kita", "daycare", "06366", "#REF!"]))
    assert [(e.column, e.value) for e in report.errors] == [("Ort", "#REF!")]
    assert "an error of the spreadsheet" in report.errors[0].problem


def test_a_mapping_reads_a_workbook_with_columns_of_its_own(bring: Import, known: Store, tmp_path: Path) -> None:
    (tmp_path / "map.yml").write_text("title: Name\ncategories: {value: [daycare]}\n", encoding="utf-8")
    path = _book(tmp_path / "a.xlsx", ["Kitas in Köthen"], ["Nr", "Name"], [1, "Mosaik"])
    assert bring(path, mapping=load_mapping(tmp_path / "map.yml")).errors == ()
    assert known.offerings()[0].title == "Mosaik"


def _rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _sheet(rows: bytes) -> Callable[[bytes], bytes]:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return lambda _: start + rows + b"</sheetData></worksheet>"


def _many_rows(path: Path) -> Path:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 100_102))
    return _rewrite(_book(path, HEAD), "xl/worksheets/sheet1.xml", _sheet(rows))


def _many_columns(path: Path) -> Path:
    return _book(path, [*HEAD, *map(str, range(300))], ["Kita"])


def _too_big(path: Path) -> Path:
    return _rewrite(_book(path, HEAD), "docProps/app.xml", lambda xml: xml + b" " * 101_000_000)


def _too_dense(path: Path) -> Path:
    return _rewrite(_book(path, HEAD), "docProps/app.xml", lambda xml: xml + b" " * 20_000_000)


def _laughing(path: Path) -> Path:
    entity = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    return _rewrite(_book(path, HEAD), "xl/worksheets/sheet1.xml", lambda xml: entity + xml)


def _cut_off(path: Path) -> Path:
    content = _book(path, HEAD).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def _foreign_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return path


def _broken_part(path: Path) -> Path:
    return _rewrite(_book(path, HEAD), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_many_rows, "has 100,101 rows in one sheet, more than the 100,000"),
        (_many_columns, "a.xlsx, Liste has more than the 300 columns"),
        (_too_big, "unpacks to 101 MB, more than the 100 MB"),
        (_too_dense, "times its size, which no list does"),
        (_laughing, "holds XML entities"),
        (_cut_off, "is no workbook that can be read"),
        (_foreign_zip, "cannot be read as a workbook"),
        (_broken_part, "cannot be read as a workbook"),
        (lambda path: _book(path, []), "is empty; nothing to import"),
        (lambda path: _book(path, ["Farbe"], ["rot"]), "no sheet has a column for the title"),
        (lambda path: _book(path, ["Titel", "Titel"], ["x", "y"]), "'Titel' stands there twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_at_once_in_one_sentence(
    bring: Import, tmp_path: Path, make: Callable[[Path], Path], message: str
) -> None:
    path = make(tmp_path / "a.xlsx")
    began = time.process_time()
    with pytest.raises(ImportFileError, match=message):
        bring(path)
    assert time.process_time() - began < 1
