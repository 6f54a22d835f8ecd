"""An alliance's QR code and poster."""

import xml.etree.ElementTree as ET

import segno

from knowledge import LANGUAGES
from tests.unit.widget.asking import Tags, seen
from widget import create_app
from widget.pages.poster import qr_code
from widget.settings import WebSettings
from widget.texts import texts


def modules_of(image: bytes) -> int:
    """Return how many modules an SVG image is wide, white edge included."""
    return int(ET.fromstring(image).attrib["viewBox"].split()[2])


def test_the_code_opens_the_alliances_page_where_the_world_reaches_it(app, client) -> None:
    answer = client.get("/a/abi/qr.svg?lang=tr")
    assert answer.content_type == "image/svg+xml"
    assert answer.data == qr_code("http://localhost/a/abi")
    public = create_app(app.extensions["gateway"], WebSettings(public_url="https://familie.example.org"))
    assert public.test_client().get("/a/abi/qr.svg").data == qr_code("https://familie.example.org/a/abi")


def test_behind_a_trusted_proxy_the_code_has_the_protocol_of_the_parents(app) -> None:
    behind = create_app(app.extensions["gateway"], WebSettings(trusted_proxies=1)).test_client()
    headers = {"X-Forwarded-Proto": "https", "Host": "familie.example.org"}
    assert behind.get("/a/abi/qr.svg", headers=headers).data == qr_code("https://familie.example.org/a/abi")


def test_a_code_is_dark_on_white_with_the_edge_that_scanners_need() -> None:
    image = qr_code("https://familie.example.org/a/abi")
    plain = segno.make("https://familie.example.org/a/abi", error="m", micro=False)
    assert modules_of(image) == plain.symbol_size(border=4)[0]
    assert [node.attrib.get("fill") or node.attrib.get("stroke") for node in ET.fromstring(image)] == ["#fff", "#000"]
    assert plain.error in {"M", "Q", "H"}


def test_the_poster_speaks_all_ten_languages_each_in_its_direction(client) -> None:
    page = client.get("/a/abi/poster?lang=de").text
    items = [attributes for attributes in Tags(page).named("li") if "lang" in attributes]
    assert items == [{"lang": code, "dir": "rtl" if code in {"ar", "fa"} else "ltr"} for code in LANGUAGES]
    shown = seen(page)
    assert [code for code in LANGUAGES if texts(code)["poster_sentence"] not in shown] == []
    assert "Bündnis Anhalt-Bitterfeld (Demo)" in shown
    assert "http://localhost/a/abi" in shown
    (code,) = [one for one in Tags(page).named("img") if one["src"] == "/a/abi/qr.svg"]
    assert code["alt"] == "QR-Code für http://localhost/a/abi"


def test_an_alliance_that_is_not_there_has_neither_code_nor_poster(client) -> None:
    assert client.get("/a/no-such/qr.svg").status_code == 404
    assert client.get("/a/no-such/poster").status_code == 404
