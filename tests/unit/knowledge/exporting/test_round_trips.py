"""What is exported is taken back by the importer unchanged."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.demo import FILES
from knowledge.errors import UnknownRecordError
from knowledge.exporting import published, write_csv, write_json_lines, write_text_workbook, write_xlsx
from knowledge.exporting.table import words
from knowledge.importing import import_files
from knowledge.importing.mapping import guess_mapping
from knowledge.store import Store, open_engine, upgrade
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance, Guide, Offering, Translation, Widget

MakeOffering = Callable[..., Offering]
SIGNS = ("=1+1", "+49 176 1", "-5", "@home", "'=1+1", "''+x", "' =ordinary", "'quoted'")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    upgrade(engine)
    yield Store(engine)
    engine.dispose()


@pytest.fixture
def demo(store: Store, taxonomy: Taxonomy) -> Store:
    assert import_files(FILES, store=store, taxonomy=taxonomy, editor="demo").errors == ()
    return store


@pytest.fixture
def full(make_offering: MakeOffering) -> Offering:
    """An offering of which every field says something."""
    return make_offering(
        title="Kita; \"Sonne\"", description="Erste Zeile\nzweite; Zeile", categories=("daycare", "fathers"),
        provider="=HYPERLINK(\"x\")", street="Lindenstraße 14", postal_code="06366", city="Köthen (Anhalt)",
        latitude=51.7528, longitude=11.9761, age_min=0.25, age_max=3, languages=("de", "tr"), format="home_visit",
        schedule="-5 Minuten", opening_hours="Mo-Fr 06:30-17:00; PH off", valid_from=date(2026, 1, 2),
        valid_to=date(2027, 12, 31), cost="@ 5 €", free=False, wheelchair=True, phone="+49 30 23125 104",
        email="kita@example.org", url="https://example.org/?a=1;b", checked_on=date(2026, 8, 19),
        translations={"tr": Translation(title="Güneş Kreşi", description="+ iyi"), "ar": Translation(title="شمس"),
                      "uk": Translation(title="Сонце", machine=True)},
    )  # fmt: skip


def test_json_lines_imported_into_an_empty_store_give_the_same_store(
    demo: Store, empty: Store, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    look = Widget(accent="#004488", greeting={"tr": "Merhaba"}, questions={"de-simple": ("Wo ist eine Kita?",)})
    demo.put([Alliance(id="a-look", name="Bündnis", widget=look), Guide(id="g", language="de", title="W", text="T\n\n# U")],
             editor="anna")  # fmt: skip
    path = tmp_path / "all.jsonl"
    with path.open("wb") as out:
        write_json_lines(published(demo), out)
    report = import_files([path], store=empty, taxonomy=taxonomy, editor="back")
    assert report.errors == ()
    assert len(demo.offerings()) == 341
    assert (empty.alliances(), empty.offerings(), empty.guides()) == (
        demo.alliances(), demo.offerings(), demo.guides(),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_spreadsheet_of_the_demo_data_imported_again_changes_nothing(
    demo: Store, taxonomy: Taxonomy, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"angebote.{form}"
    with path.open("wb") as out:
        (write_csv if form == "csv" else write_xlsx)(demo.offerings(), out)
    report = import_files([path], store=demo, taxonomy=taxonomy, editor="back")
    assert (report.errors, report.unknown_columns) == ((), ())
    assert (report.added, report.changed, report.unchanged) == (0, 0, 341)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_field_comes_back_through_a_spreadsheet(
    store: Store, koethen: Alliance, taxonomy: Taxonomy, full: Offering, tmp_path: Path, form: str
) -> None:
    store.put([koethen], editor="anna")
    path = tmp_path / f"angebote.{form}"
    with path.open("wb") as out:
        (write_csv if form == "csv" else write_xlsx)([full], out)
    report = import_files([path], store=store, taxonomy=taxonomy, editor="back")
    assert report.errors == ()
    assert store.offerings() == [full]


def _csv(*offerings: Offering) -> list[list[str]]:
    out = io.BytesIO()
    write_csv(offerings, out)
    assert out.getvalue().startswith(b"\xef\xbb\xbfID;B\xc3\xbcndnis;Angebot;")
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", SIGNS[:6])
def test_no_cell_of_a_csv_begins_like_a_formula(make_offering: MakeOffering, text: str) -> None:
    header, row = _csv(make_offering(title=text))
    assert row[header.index("Angebot")] == f"'{text}"


def test_cells_of_a_csv_are_written_as_germans_write_them(make_offering: MakeOffering) -> None:
    header, row = _csv(
        make_offering(postal_code="06366", age_min=0.5, age_max=3, free=True, checked_on=date(2026, 8, 9))
    )
    shown = dict(zip(header, row, strict=True))
    assert (shown["PLZ"], shown["Alter von"], shown["Alter bis"]) == ("06366", "0,5", "3")
    assert (shown["Kostenlos"], shown["Geprüft am"], shown["Form"]) == ("ja", "09.08.2026", "vor Ort")


def test_every_cell_of_a_workbook_is_text(full: Offering, tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as out:
        write_xlsx([full], out)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Angebote"]
    cells = {
        cell.value: (cell.data_type, cell.number_format) for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert cells["06366"] == ("s", "@")
    assert cells['=HYPERLINK("x")'] == ("s", "@")
    assert {kind for kind, _ in cells.values()} == {"s"}


def test_letters_that_a_workbook_cannot_hold_are_left_out(make_offering: MakeOffering, tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as out:
        write_xlsx([make_offering(title="Kita\x01Sonne", cost="#N/A")], out)
    values = [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx").active[2]]  # type: ignore[index]
    assert "Kita Sonne" in values
    assert "#N/A" in values


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
def test_any_text_is_read_from_a_csv_as_it_was_written(text: str) -> None:
    from knowledge.importing.readers import _csv_rows

    out = io.BytesIO()
    write_csv([Offering(id="a", alliance="b", title="t", description=text, categories=("daycare",))], out)
    [row], faults = _csv_rows("a.csv", out.getvalue().decode("utf-8-sig"))
    assert faults == []
    assert row.cells["Beschreibung"] == text.strip()


def test_every_heading_of_an_export_is_known_to_the_importer() -> None:
    headings = words()["headings"]
    guessed, unknown = guess_mapping(list(headings.values()))
    assert unknown == []
    assert {field: source.column for field, source in guessed.sources.items()} == headings
    assert set(headings) == set(Offering.model_fields) - {"translations"}


def test_a_translation_is_written_as_before_unless_a_machine_made_it(full: Offering) -> None:
    written = full.model_dump(mode="json")["translations"]
    assert written["ar"] == {"title": "شمس", "description": ""}
    assert written["uk"] == {"title": "Сонце", "description": "", "machine": True}
    header, row = _csv(full)
    assert [name for name in header if "asch" in name] == ["Maschinell übersetzt (uk)"]
    assert row[header.index("Maschinell übersetzt (uk)")] == "ja"


def test_a_cell_that_does_not_say_whether_a_machine_translated_is_named(
    store: Store, koethen: Alliance, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    store.put([koethen], editor="anna")
    path = tmp_path / "a.csv"
    path.write_text(
        "Angebot;Kategorie;Titel (tr);Maschinell übersetzt (tr)\nKita;Kita;Kreş;vielleicht\n", encoding="utf-8"
    )
    report = import_files([path], store=store, taxonomy=taxonomy, editor="back", alliance="koethen")
    assert [(error.column, error.value) for error in report.errors] == [("Maschinell übersetzt (tr)", "vielleicht")]


def test_a_withdrawn_offering_is_not_exported(store: Store, koethen: Alliance, make_offering: MakeOffering) -> None:
    store.put([koethen, make_offering("a"), make_offering("b")], editor="anna")
    store.withdraw("a", editor="anna")
    assert [one.id for one in published(store).offerings] == ["b"]


def test_one_alliance_is_exported_with_what_is_its_own(
    store: Store, koethen: Alliance, make_offering: MakeOffering
) -> None:
    berlin = Alliance(id="berlin", name="Bündnis Berlin")
    guides = [
        Guide(id=f"g-{a}".lower(), alliance=a, language="de", title="W", text="T") for a in ("berlin", "koethen", None)
    ]
    store.put([koethen, berlin, make_offering("k"), make_offering("b", alliance="berlin"), *guides], editor="anna")
    selection = published(store, alliance="berlin")
    assert (selection.alliances, [o.id for o in selection.offerings]) == ((berlin,), ["b"])
    assert [guide.id for guide in selection.guides] == ["g-berlin"]
    with pytest.raises(UnknownRecordError, match="there are: berlin, koethen"):
        published(store, alliance="nowhere")


def test_a_sheets_name_that_no_program_takes_is_made_one() -> None:
    out = io.BytesIO()
    write_text_workbook({"a:b/c[1]": [["Titel"]], "x" * 60: [["Titel"]]}, out)
    assert openpyxl.load_workbook(out).sheetnames == ["a b c 1 ", "x" * 31]
