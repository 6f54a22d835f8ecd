"""What an alliance's website loads, and which websites may."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge import Alliance, SettingError
from knowledge.values import Widget
from widget.pages.colours import accent_css, contrast
from widget.settings import read_web_settings

ABI = "https://abi.example.org"
TOWN = "https://www.stadt.example"
ELSEWHERE = "https://evil.example"
PNG = b"\x89PNG\r\n"
LOOK = Widget(
    origins=(TOWN,), accent="#ffcc00", position="left", greeting={"tr": "Hoş geldiniz!"}, questions={"de": ("Wo gibt es Hilfe?",)},
    logo="data:image/png;base64," + base64.b64encode(PNG).decode(),
)  # fmt: skip


@pytest.fixture
def dressed(knowledge):
    """The alliance `abi` with a look of its own, and a store that tells of the change."""
    partners = knowledge.store.partners
    partners[0] = partners[0].model_copy(update={"widget": LOOK})
    return partners[0]


def ask(client, origin: str | None, *, alliance: str | None = "abi", **headers: str):
    sent = {**({"Origin": origin} if origin else {}), **headers}
    return client.post("/api/chat", json={"message": "Krippe in 06366", "alliance": alliance}, headers=sent)


@pytest.mark.parametrize("origin", [ABI, "https://www.abi.example.org", TOWN])
def test_a_page_of_the_alliance_is_answered(client, dressed, origin) -> None:
    answer = ask(client, origin)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin", [ELSEWHERE, "null", "https://abi.example.org.evil.example", "http://abi.example.org"]
)
def test_a_page_of_any_other_website_is_refused_with_the_reason(client, dressed, origin) -> None:
    answer = ask(client, origin)
    assert answer.status_code == 403
    assert "widget.origins" in answer.json["detail"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_one_alliances_website_may_not_show_another_alliance(client, dressed) -> None:
    assert ask(client, TOWN, alliance="saale").status_code == 403
    assert ask(client, TOWN, alliance=None).status_code == 403


def test_our_own_pages_are_answered_behind_any_proxy(client) -> None:
    assert ask(client, "http://localhost").status_code == 200
    assert ask(client, "https://lotse.example", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_program_that_is_no_browser_is_answered(client) -> None:
    assert ask(client, None).status_code == 200


def test_a_preflight_is_answered_for_allowed_websites_alone(client, dressed) -> None:
    allowed = client.options("/api/chat", headers={"Origin": TOWN, "Access-Control-Request-Method": "POST"})
    assert allowed.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert allowed.headers["Access-Control-Allow-Origin"] == TOWN
    refused = client.options("/api/chat", headers={"Origin": ELSEWHERE})
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_an_alliances_page_may_stand_in_a_frame_on_its_websites_alone(client, dressed) -> None:
    policy = client.get("/a/abi").headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {ABI} https://www.abi.example.org {TOWN}" in policy
    assert "frame-ancestors 'self';" in client.get("/privacy").headers["Content-Security-Policy"]


def test_the_setting_says_how_the_alliance_looks_and_greets(client, dressed) -> None:
    answer = client.get("/api/setting?alliance=abi&lang=de", headers={"Origin": TOWN})
    assert answer.headers["Access-Control-Allow-Origin"] == TOWN
    setting = answer.json
    assert (setting["name"], setting["position"], setting["greeting"]) == (
        "Bündnis Anhalt-Bitterfeld (Demo)",
        "left",
        None,
    )
    assert setting["questions"] == [{"title": "Wo gibt es Hilfe?", "payload": "Wo gibt es Hilfe?"}]
    assert "--accent:" in setting["colours"]
    turkish = client.get("/api/setting?alliance=abi&lang=tr").json
    assert turkish["greeting"] == "Hoş geldiniz!"
    assert turkish["questions"][0]["payload"].startswith("/find_services")


@pytest.mark.parametrize(
    ("wished", "language"),
    [("tr-TR,de", "tr"), ("es,fr-CA", "fr"), ("de-simple", "de-simple"), ("de-AT", "de"), ("", "en"), ("<b>", "en")],
)
def test_the_language_is_the_first_wish_that_is_spoken(client, wished, language) -> None:
    answer = client.get("/api/setting", query_string={"lang": wished}, headers={"Accept-Language": "en"})
    assert (answer.json["language"], answer.json["alliance"]) == (language, None)


def test_an_unknown_alliance_is_not_found(client) -> None:
    answer = client.get("/api/setting?alliance=nowhere")
    assert (answer.status_code, answer.json["title"]) == (404, "Not Found")


def test_logo_and_colours_are_given_where_an_alliance_has_them(client, dressed) -> None:
    logo = client.get("/a/abi/logo")
    assert (logo.data, logo.content_type) == (PNG, "image/png")
    assert client.get("/a/abi/colours.css").content_type == "text/css; charset=utf-8"
    assert client.get("/a/saale/logo").status_code == client.get("/a/saale/colours.css").status_code == 404


def test_scripts_may_be_loaded_by_any_website_and_hold_nothing_personal(client) -> None:
    for path in ("/widget.js", "/static/chat.js"):
        answer = client.get(path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.content_type.startswith("text/javascript")


colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(accent=colours)
def test_every_colour_is_made_readable(accent) -> None:
    light, dark = (
        dict(rule.split(":") for rule in part.split("{")[-1].split("}")[0].split(";"))
        for part in accent_css(accent).split("@media")
    )
    for rules, grounds in ((light, ("#ffffff", "#f7f5f1")), (dark, ("#141a1a", "#1e2626"))):
        for ground in (*grounds, rules["--tint"]):
            assert contrast(rules["--accent"], ground) >= 4.5
        assert contrast(rules["--on-accent"], rules["--accent"]) >= 4.5
    assert contrast("#22302f", light["--tint"]) >= 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"origins": ["https://abi.example.org/path"]},
        {"origins": ["abi.example.org"]},
        {"accent": "red; } body { display: none"},
        {"logo": "data:image/svg+xml;base64,PHN2Zz4="},
        {"logo": "data:image/png;base64,abcde"},
        {"greeting": {"es": "Hola"}},
    ],
)
def test_a_look_that_browsers_would_not_take_is_refused_when_it_is_imported(wrong) -> None:
    with pytest.raises(ValidationError):
        Alliance(id="abi", name="Abi", widget=wrong)


def test_origins_of_the_setting_are_read_and_checked() -> None:
    assert read_web_settings({"LOTSE_ORIGINS": f"{ABI} {TOWN}"}).origins == {ABI, TOWN}
    with pytest.raises(SettingError, match="without a path"):
        read_web_settings({"LOTSE_ORIGINS": f"{ABI}/"})
