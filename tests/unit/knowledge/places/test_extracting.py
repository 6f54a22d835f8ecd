"""The table of places: made whole, told apart from a damaged one, and true to its lists."""

import sqlite3
import zipfile
from pathlib import Path

import pytest
import yaml

from knowledge.errors import PlacesMissingError
from knowledge.places import extract, open_places
from knowledge.places.distances import distance_km
from knowledge.places.gazetteer import open_gazetteer
from knowledge.places.sources import RawCode, RawPlace, is_usable, read_codes
from knowledge.places.table import names_of_codes, rows

PACKAGE = Path(extract.__file__).resolve().parent
DUMP = (
    "DE\t06366\tKöthen (Anhalt)\tSachsen-Anhalt\tST\t\t00\tAnhalt-Bitterfeld\t15082\t51.7519\t11.9709\t4\n"
    "DE\t06369\tZehringen\tSachsen-Anhalt\tST\t\t00\tAnhalt-Bitterfeld\t15082\t51.80\t12.00\t4\n"
    "DE\t06369\tGroßbadegast\tSachsen-Anhalt\tST\t\t00\tAnhalt-Bitterfeld\t15082\t51.70\t11.90\t4\n"
)


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PlacesMissingError, match=r"There is no table of places at .*; run `lotse"):
        open_places(tmp_path / "places.sqlite")


def test_a_damaged_table_is_noticed(tmp_path: Path, places_path: Path) -> None:
    damaged = tmp_path / "places.sqlite"
    damaged.write_bytes(places_path.read_bytes()[:50_000])
    with pytest.raises(PlacesMissingError, match=r"damaged|not whole"):
        open_places(damaged)


def test_a_table_with_rows_missing_is_noticed(tmp_path: Path, places_path: Path) -> None:
    damaged = tmp_path / "places.sqlite"
    damaged.write_bytes(places_path.read_bytes())
    with sqlite3.connect(damaged) as connection:
        connection.execute("DELETE FROM code WHERE code = '06366'")
    connection.close()
    with pytest.raises(PlacesMissingError, match="not whole"):
        open_places(damaged)


def test_a_table_of_another_version_is_noticed(tmp_path: Path, places_path: Path) -> None:
    old = tmp_path / "places.sqlite"
    old.write_bytes(places_path.read_bytes())
    with sqlite3.connect(old) as connection:
        connection.execute("UPDATE about SET value = 0 WHERE name = 'schema'")
    connection.close()
    with pytest.raises(PlacesMissingError, match="another version"):
        open_places(old)


def test_an_extraction_that_fails_leaves_the_old_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "places.sqlite"
    path.write_text("the old table")
    monkeypatch.setattr(extract, "read_places", lambda: [])
    (tmp_path / "DE.txt").write_text("no postal codes", encoding="utf-8")
    with pytest.raises(PlacesMissingError, match="no German postal code"):
        extract.extract_places(path, postal_dump=tmp_path / "DE.txt")
    assert path.read_text() == "the old table"


@pytest.mark.parametrize("name", ["DE.txt", "DE.zip"])
def test_geonames_postal_dump_is_read_plain_and_zipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("DE.txt", DUMP)
    else:
        path.write_text(DUMP, encoding="utf-8")
    one, several = read_codes(path)
    assert one == RawCode("06366", 51.7519, 11.9709, ("Köthen (Anhalt)",))
    assert (several.code, several.names) == ("06369", ("Zehringen", "Großbadegast"))
    assert (several.latitude, several.longitude) == pytest.approx((51.75, 11.95))


def test_a_code_of_several_places_is_named_after_the_biggest() -> None:
    table = rows(
        [RawPlace("Großbadegast", 51.7, 11.9, "Sachsen-Anhalt", 900), RawPlace("Berlin", 52.5, 13.4, "Berlin", 9)], []
    )
    code = RawCode("06369", 51.75, 11.95, ("Zehringen", "Großbadegast"))
    assert names_of_codes([code], table) == ["Großbadegast"]


@pytest.mark.parametrize(
    ("name", "usable"),
    [
        ("Lipsk", True),
        ("Лейпциг", True),
        ("لایپزیگ", True),
        ("LEJ", False),
        ("mrsybwrgh", False),
        ("莱比锡", False),
        ("Λειψία", False),
    ],
)
def test_other_names_are_kept_in_the_scripts_of_our_languages(name: str, usable: bool) -> None:
    assert is_usable(name) is usable


def test_every_town_and_district_of_the_corrections_is_in_the_table(places_path: Path) -> None:
    gazetteer = open_gazetteer(places_path)
    names = {place.name: place for place in gazetteer.places}
    shorts = {place.name.split("-", 1)[-1] for place in gazetteer.places if place.kind == "district"} | set(names)
    exonyms = yaml.safe_load((PACKAGE / "exonyms.yml").read_text("utf-8"))
    corrections = yaml.safe_load((PACKAGE / "corrections.yml").read_text("utf-8"))
    assert [town for town in exonyms if town not in names] == []
    assert [new for those in corrections["names"].values() for new in those.values() if new not in shorts] == []
    for town, districts in corrections["districts"].items():
        assert [name for name in districts if name not in shorts] == [], town
    for town, codes in corrections["more_districts"].items():
        for district, code in codes.items():
            at = gazetteer.codes.get(code)
            assert at is not None, (town, district, code)
            assert distance_km((at.latitude, at.longitude), (names[town].latitude, names[town].longitude)) < 25, (
                town,
                district,
            )
