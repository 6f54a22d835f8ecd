"""What a failed round leaves: the next one, and a log without the error's words."""

import logging
import threading

import pytest

from widget.rounds import Round, begin_rounds, once


def test_a_failed_round_is_logged_without_the_words_of_its_error(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ValueError("maryam@example.org")

    with caplog.at_level(logging.WARNING):
        assert once(Round(name="announce", work=fails, every_s=1, again_s=5)) is False
    assert caplog.messages == ["announce failed: ValueError; trying again in 5 s"]


def test_a_round_that_says_nothing_is_done_and_one_that_leaves_something_is_not() -> None:
    assert once(Round(name="forget", work=lambda: None, every_s=1, again_s=1)) is True
    assert once(Round(name="announce", work=lambda: False, every_s=1, again_s=1)) is False


def test_rounds_go_on_after_one_that_failed() -> None:
    third, begun = threading.Event(), []

    def work() -> None:
        begun.append(len(begun))
        if len(begun) == 1:
            raise ValueError("x")
        if len(begun) == 3:
            third.set()

    begin_rounds([Round(name="forget", work=work, every_s=0.01, again_s=0.01)])
    assert third.wait(timeout=20)
