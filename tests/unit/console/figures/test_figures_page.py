"""The page of figures, its tables for Excel, and the year on paper: who sees which numbers, and that small ones are nobody's."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest

from knowledge import Figure, Knowledge, Offering, open_knowledge, read_settings
from knowledge.store import FigureKind
from tests.unit.console.conftest import DIGEST, Person

MakePerson = Callable[..., Person]
# The last four whole weeks begin on November 16.
TODAY, DAY, EARLIER = "2026-12-20", date(2026, 11, 20), date(2026, 10, 20)
KOETHEN: dict[tuple[FigureKind, str], int] = {
    ("conversation", ""): 1_243,
    ("language", "de"): 802, ("language", "tr"): 300, ("language", "de-simple"): 138, ("language", "fr"): 3,
    ("channel", "web"): 1_242, ("channel", "telegram"): 1,
    ("time", "18-21"): 1_000, ("time", "06-09"): 243, ("weekday", "0"): 1_240, ("weekday", "6"): 3,
    ("search", "answered"): 833, ("search", "unanswered"): 168,
    ("need", "daycare"): 644, ("need", "leisure"): 44, ("need", "carers"): 4,
    ("region", "06"): 990, ("region", "04"): 2, ("offering", "kita-sonne"): 617, ("offering", "kita-alt"): 61, ("offering", "x"): 1,
    ("helped", "yes"): 82, ("helped", "no"): 19,
}  # fmt: skip


def count(knowledge: Knowledge, day: date, alliance: str | None, counts: dict[tuple[FigureKind, str], int]) -> None:
    knowledge.figures.add({Figure(day, alliance, kind, value): times for (kind, value), times in counts.items()})


@pytest.fixture
def knowledge(knowledge: Knowledge) -> Knowledge:
    today = read_settings({"LOTSE_DATA_DIR": str(knowledge.settings.data_dir), "LOTSE_TODAY": TODAY})
    return open_knowledge(today)


@pytest.fixture
def counted(knowledge: Knowledge) -> Knowledge:
    count(knowledge, DAY, "koethen", KOETHEN)
    others: tuple[tuple[FigureKind, str], ...] = (
        ("conversation", ""), ("language", "uk"), ("channel", "web"), ("time", "00-06"), ("weekday", "2"),
    )  # fmt: skip
    count(knowledge, DAY, "halle", dict.fromkeys(others, 7))
    count(knowledge, DAY, None, {("search", "unanswered"): 9, ("region", "80"): 9})
    return knowledge


def table_of(person: Person, path: str) -> list[list[str]]:
    answer = person.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def test_the_most_important_stands_in_plain_sentences(person: MakePerson, counted: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/figures/")
    said = anna.text.replace("\xa0", " ")
    assert "Bündnis Köthen: 16.11.2026 bis 13.12.2026" in said
    assert "Familien haben 1.240 Gespräche begonnen." in said
    assert "83 % der 995 Suchen fanden etwas Passendes." in said
    assert "Am meisten gesucht: Kita und Krippe und Freizeit." in said
    assert "antworteten 80 mit Ja und 15 mit Nein" in said
    assert "Gezählt wird seit dem 20.11.2026" in said


def test_a_period_is_compared_with_the_one_before(person: MakePerson, counted: Knowledge) -> None:
    earlier: dict[tuple[FigureKind, str], int] = {
        ("conversation", ""): 1_000, ("language", "de"): 1_000, ("channel", "web"): 1_000, ("time", "18-21"): 1_000,
        ("weekday", "0"): 1_000,
    }  # fmt: skip
    count(counted, EARLIER, "koethen", earlier)
    anna = person("anna")
    anna.get("/console/figures/")
    assert "Zeitraum davor" not in anna.text  # counting began in the midst of it
    counted.figures.add({Figure(date(2026, 9, 1), None, "conversation"): 1})
    anna.get("/console/figures/")
    assert "Das sind 24 % mehr als im Zeitraum davor (1.000)." in anna.text.replace("\xa0", " ")
    assert ["Deutsch", "800", "1000"] in [row[4:] for row in table_of(anna, "/console/figures/download")]


def test_numbers_below_five_are_nowhere_on_the_page_nor_in_its_tables(person: MakePerson, counted: Knowledge) -> None:
    anna = person("anna")
    for path in ("/console/figures/", "/console/figures/year?period=2026"):
        anna.get(path)
        numbers = re.findall(r'<td class="number">([^<]*)</td>', anna.html)
        counts = [int(one.replace(".", "")) for one in numbers if one.replace(".", "").isdecimal()]
        assert len(counts) > 10
        assert [one for one in counts if one % 5 or one < 5] == []
        assert "unter 5" in numbers
        assert "Französisch" not in anna.text
        assert "Angehörige" not in anna.text
    rows = table_of(anna, "/console/figures/download")[1:]
    written = {row[5] for row in rows}
    assert {one for one in written if one != "unter 5" and int(one) % 5} == set()
    assert "unter 5" in written


def test_a_table_for_excel_has_the_numbers_of_the_page(person: MakePerson, counted: Knowledge) -> None:
    anna = person("anna")
    assert table_of(anna, "/console/figures/download?table=language&period=4weeks") == [
        ["Bündnis", "von", "bis", "Tabelle", "Wert", "Anzahl", "Zeitraum davor"],
        ["Bündnis Köthen", "16.11.2026", "13.12.2026", "Sprachen der Gespräche", "Deutsch", "800", ""],
        ["Bündnis Köthen", "16.11.2026", "13.12.2026", "Sprachen der Gespräche", "Türkisch", "300", ""],
        ["Bündnis Köthen", "16.11.2026", "13.12.2026", "Sprachen der Gespräche", "Deutsch in Einfacher Sprache", "135", ""],
        ["Bündnis Köthen", "16.11.2026", "13.12.2026", "Sprachen der Gespräche", "alle übrigen, jeweils", "unter 5", ""],
    ]  # fmt: skip
    answer = anna.client.get("/console/figures/download?table=language")
    assert answer.get_data()[:3] == b"\xef\xbb\xbf"
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=zahlen_koethen_2026-11-16_2026-12-13_language.csv"
    )
    assert anna.client.get("/console/figures/download?table=passwords").status_code == 404


def test_a_title_that_is_a_formula_is_text_in_excel(person: MakePerson, counted: Knowledge) -> None:
    formula = Offering(id="kita-alt", alliance="halle", title='=HYPERLINK("http://x")', categories=("daycare",))
    counted.store.put([formula], editor="import")
    rows = table_of(person("anna"), "/console/figures/download?table=offering")
    assert [row[4:6] for row in rows[1:3]] == [["Kita Sonne", "615"], ['\'=HYPERLINK("http://x")', "60"]]


def test_an_offering_that_parents_see_no_more_is_named_by_its_id_alone(person: MakePerson, counted: Knowledge) -> None:
    secret = Offering(id="kita-alt", alliance="halle", title="Geheimer Entwurf", categories=("daycare",))
    counted.editions.save(secret, state="draft", editor="ben@example.org", read_version=0)
    anna = person("anna")
    anna.get("/console/figures/")
    assert "Geheim" not in anna.text
    assert "kita-alt" in anna.text


def test_everybody_sees_the_figures_of_their_own_alliances_alone(person: MakePerson, counted: Knowledge) -> None:
    for name, own, other in (("rita", "koethen", "halle"), ("helga", "koethen", "halle"), ("ben", "halle", "koethen")):
        one = person(name)
        assert one.get(f"/console/figures/?alliance={own}").status_code == 200
        for path in ("", "year", "download"):
            assert one.client.get(f"/console/figures/{path}?alliance={other}").status_code == 404
            assert one.client.get(f"/console/figures/{path}?alliance=none-such").status_code == 404
    ben = person("ben")
    ben.get("/console/figures/")
    assert "Ukrainisch" in ben.text
    assert "Türkisch" not in ben.text


def test_the_service_office_sees_all_together_first_and_each(person: MakePerson, counted: Knowledge) -> None:
    office = person("office")
    office.get("/console/figures/")
    assert "Alle zusammen: 16.11.2026" in office.text
    assert "Familien haben 1.250 Gespräche begonnen." in office.text
    assert "Postleitzahlen 80…" in office.text
    office.get("/console/figures/?alliance=halle")
    assert "Bündnis Halle: 16.11.2026" in office.text
    assert "Familien haben 5 Gespräche begonnen." in office.text


def test_without_figures_and_without_alliance_the_page_says_so(person: MakePerson, knowledge: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/figures/")
    assert "weniger als 5 Gespräche" in anna.text
    assert "<svg class" not in anna.html
    account = knowledge.accounts.add("nora@example.org", role="reader", alliances=())
    knowledge.accounts.set_password(account.id, DIGEST)
    nora = person("nora")
    for path in ("", "year"):
        nora.get(f"/console/figures/{path}")
        assert "noch kein Bündnis zugeordnet" in nora.text
    assert nora.client.get("/console/figures/download").status_code == 404


def test_a_plot_is_an_image_with_name_and_description_and_no_inline_style(
    person: MakePerson, counted: Knowledge
) -> None:
    anna = person("anna")
    anna.get("/console/figures/?period=nonsense")
    assert "style=" not in anna.html
    (drawn,) = [
        ElementTree.fromstring(svg)
        for svg in re.findall(r'<svg class="plot".*?\n</svg>', anna.html, re.DOTALL)
        if "plot-search-" in svg
    ]
    assert drawn.get("role") == "img"
    named = {part.get("id"): part.text for part in drawn if part.tag in {"title", "desc"}}
    assert drawn.get("aria-labelledby") == " ".join(str(key) for key in named)
    assert list(named.values()) == [
        "Ob die Suche etwas Passendes fand",
        "Balken von oben nach unten: etwas Passendes gefunden 830, nichts ganz Passendes 165. Die Tabelle darunter nennt alle Werte.",
    ]
    assert [bar.get("width") for bar in drawn.iter("rect")] == ["76.0%", "15.11%"]


def test_the_year_on_paper_is_the_last_whole_one_else_this(person: MakePerson, counted: Knowledge) -> None:
    anna = person("anna")
    anna.get("/console/figures/year")
    assert "Jahresbericht 2025: Bündnis Köthen" in anna.text
    anna.get("/console/figures/year?period=2026")
    assert "Jahresbericht 2026: Bündnis Köthen" in anna.text
    anna.get("/console/figures/year?period=4weeks")
    assert "Jahresbericht 2025: Bündnis Köthen" in anna.text
    anna.get("/console/figures/year?period=12months")
    assert "Bericht über 12 Monate: Bündnis Köthen" in anna.text


def test_the_page_is_in_english_too(person: MakePerson, counted: Knowledge) -> None:
    anna = person("anna")
    anna.post("/console/account/language", language="en")
    anna.get("/console/figures/")
    assert "Families began 1,240 conversations. 83% of the 995 searches found something that fits." in anna.text
    assert "18:00 to 21:00" in anna.text
