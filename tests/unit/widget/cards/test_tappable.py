"""Links in a text that is shown without script."""

import pytest

from tests.unit.widget.asking import Tags
from widget.cards.tappable import linked
from widget.crisis.catalogue import read_yaml
from widget.crisis.replies import _HERE, hotlines, replies
from widget.texts import REPLY_LANGUAGES


def hrefs(text: str) -> list[str | None]:
    return [attributes["href"] for attributes in Tags(str(linked(text))).named("a")]


def test_telephone_numbers_and_addresses_can_be_tapped_as_with_script() -> None:
    text = "Polizei 110, Notruf 112. Hilfe: 116 016, 0800 111 0550 (kostenlos), 030 23125 110, +49 30 23125-110, a@b.example.org"
    assert hrefs(f"{text}, https://b.example.org/. In 06366 am 24.12.2026.") == [
        "tel:110", "tel:112", "tel:116016", "tel:08001110550", "tel:03023125110", "tel:+493023125110", "mailto:a@b.example.org",
        "https://b.example.org/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", REPLY_LANGUAGES)
def test_every_number_of_a_crisis_can_be_tapped_in_every_language(language) -> None:
    for kind in read_yaml(_HERE / "replies" / "de.yml"):
        assert set(hrefs("\n".join(replies(kind, language)))) == {one.tel for one in hotlines(kind)}, kind


def test_a_number_keeps_its_direction_and_the_words_around_it_stay() -> None:
    assert linked("Rufen Sie 116 016 an") == 'Rufen Sie <a href="tel:116016"><bdi dir="ltr">116 016</bdi></a> an'
    assert linked("") == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("2026-11-22, 06366, 11 Uhr, 1100, Zimmer a112", "2026-11-22, 06366, 11 Uhr, 1100, Zimmer a112"),
        (
            'https://x.org/"onclick="y',
            '<a href="https://x.org/"><bdi dir="ltr">https://x.org/</bdi></a>&#34;onclick=&#34;y',
        ),
        ("http://[", "http://["),
        (
            "https://x.org/?a=1&b=2",
            '<a href="https://x.org/?a=1&amp;b=2"><bdi dir="ltr">https://x.org/?a=1&amp;b=2</bdi></a>',
        ),
    ],
)
def test_everything_else_is_text(text, html) -> None:
    assert str(linked(text)) == html
