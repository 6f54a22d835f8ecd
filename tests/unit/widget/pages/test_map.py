"""What the server gives to a map of offerings: where its tiles come from, and the library."""

import pytest
from xstatic.pkg import leaflet

from knowledge import SettingError
from tests.unit.widget.conftest import check_crisis
from widget import create_app
from widget.conversation.turn import Gateway
from widget.leaflet import leaflet_script
from widget.settings import TileSettings, WebSettings, read_web_settings

URL = "https://tile.example.org:8443/osm/{z}/{x}/{y}.png?key=a,b"
OSM = {"LOTSE_TILES_URL": URL, "LOTSE_TILES_ATTRIBUTION": "© Kartenleute"}


@pytest.fixture
def with_tiles(knowledge, assistant):
    gateway = Gateway(knowledge=knowledge, assistant=assistant, check_crisis=check_crisis)
    return create_app(gateway, WebSettings(tiles=TileSettings(url=URL, attribution="© Kartenleute"))).test_client()


def test_the_address_of_the_tiles_is_read_with_whom_to_name() -> None:
    tiles = read_web_settings(OSM).tiles
    assert tiles == TileSettings(url=URL, attribution="© Kartenleute")
    assert tiles.origin == "https://tile.example.org:8443"
    assert read_web_settings({"LOTSE_TILES_ATTRIBUTION": "© Kartenleute"}).tiles is None


@pytest.mark.parametrize(
    "wrong",
    [
        "tile.example.org/{z}/{x}/{y}.png", "https://tile.example.org/{z}/{x}.png", "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://tile.example.org/{z}/{x}/{y}{r}.png", "https://a.example; script-src *//{z}/{x}/{y}", "https://user@a.example/{z}/{x}/{y}",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_tiles_is_named(wrong) -> None:
    with pytest.raises(SettingError, match="LOTSE_TILES_URL"):
        read_web_settings({**OSM, "LOTSE_TILES_URL": wrong})


def test_tiles_without_their_makers_are_refused() -> None:
    with pytest.raises(SettingError, match="LOTSE_TILES_ATTRIBUTION is missing"):
        read_web_settings({"LOTSE_TILES_URL": URL})


def test_a_chat_page_may_show_the_tiles_and_no_other_page_may(with_tiles, client) -> None:
    chat, text = (with_tiles.get(path).headers["Content-Security-Policy"] for path in ("/a/abi", "/privacy"))
    assert "img-src 'self' https://tile.example.org:8443;" in chat
    assert "trusted-types 'none'" in chat
    assert "img-src 'self';" in text
    assert "img-src 'self';" in client.get("/a/abi").headers["Content-Security-Policy"]


def test_the_setting_tells_of_tiles_only_where_there_are_some(with_tiles, client) -> None:
    assert with_tiles.get("/api/setting").json["tiles"] == {
        "url": URL, "attribution": "© Kartenleute", "script": "/leaflet/leaflet.js", "style": "/leaflet/leaflet.css",
    }  # fmt: skip
    assert client.get("/api/setting").json["tiles"] is None


def test_the_library_may_be_loaded_by_any_website_and_kept_until_it_changes(client) -> None:
    for name, kind in (("leaflet.js", "text/javascript"), ("leaflet.css", "text/css")):
        answer = client.get(f"/leaflet/{name}")
        assert answer.content_type == f"{kind}; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert client.get(f"/leaflet/{name}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/leaflet/__init__.py").status_code == 404


def test_another_version_of_the_library_is_refused_rather_than_shown_broken(monkeypatch, tmp_path) -> None:
    (tmp_path / "leaflet.js").write_text("!function(){}();", encoding="utf-8")
    monkeypatch.setattr("widget.leaflet._FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match=f"Leaflet {leaflet.VERSION} is not the version known here"):
        leaflet_script()
