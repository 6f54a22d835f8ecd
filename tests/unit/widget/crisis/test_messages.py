"""Recall before precision: our own messages of people in danger, and ordinary ones that only sound like it."""

from pathlib import Path

import pytest
import yaml

from knowledge.values import LANGUAGES, SIMPLE_GERMAN
from widget.crisis import check

MESSAGES = Path(__file__).resolve().parent / "messages"


def _messages(language: str) -> dict:  # type: ignore[type-arg]
    return yaml.safe_load((MESSAGES / f"{language}.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_somebody_in_danger_is_recognised(language: str) -> None:
    crisis = [message for group in _messages(language)["crisis"].values() for message in group]
    assert len(crisis) >= 30
    assert [message for message in crisis if check(message, language) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_messages_with_dangerous_words_are_not(language: str) -> None:
    ordinary = _messages(language)["ordinary"]
    alarms = [message for message in ordinary if check(message, language) is not None]
    assert len(alarms) <= 0.05 * len(ordinary), alarms


_KINDS = {
    "labour_alone": {"medical"},
    "swallowed": {"medical"},
    "breath_stops": {"medical"},
    "fever_fit": {"medical"},
    "about_to_shake": {"harming_child"},
    "at_the_door_again": {"violence"},
    "nowhere_tonight": {"homeless_tonight"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_help_within_minutes_is_recognised_for_what_it_is(language: str) -> None:
    messages = [(kind, message) for kind, group in _messages(language)["at_once"].items() for message in group]
    found = {message: check(message, language) for _, message in messages}
    assert [message for message, crisis in found.items() if crisis is None] == []
    taken = [(kind, message, crisis.kind) for kind, message in messages if (crisis := found[message])]
    assert [one for one in taken if one[2] not in _KINDS[one[0]]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_courses_past_events_and_doors_that_are_open_are_ordinary(language: str) -> None:
    assert [message for message in _messages(language)["close_to_it"] if check(message, language) is not None] == []


@pytest.mark.parametrize("language", [*LANGUAGES, SIMPLE_GERMAN])
@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("Mein Mann schlägt mich", "110"),
        ("Ich will nicht mehr leben", "112"),
        ("Mein Baby atmet nicht mehr", "112"),
    ],
)
def test_the_right_number_comes_first_in_every_language(language: str, message: str, first: str) -> None:
    crisis = check(message, "de")
    assert crisis is not None
    text = "\n".join(crisis.replies(language))
    numbers = [number for number in ("110", "112", "116 016", "0800 111 0111") if number in text]
    assert min(numbers, key=text.index) == first


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Mein Mann hat mich geschlagen und will mich umbringen", "violence"),
        ("Er will mich umbringen", "violence"),
        ("mein ex sagt er will mich umbringen", "violence"),
        ("Ich will mich umbringen", "suicide"),
        ("mein Mann schlägt mich, ich will mich umbringen", "suicide"),
        ("habe versucht mich umzubringen", "suicide"),
    ],
)
def test_who_wants_to_kill_decides_the_help(message: str, kind: str) -> None:
    found = check(message, "de")
    assert found is not None
    assert found.kind == kind
