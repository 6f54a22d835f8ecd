"""What the console does in the background, and how it is switched off."""

from dataclasses import replace

import pytest
from flask import Flask

from console.rounds import console_rounds
from knowledge import SettingError
from widget.settings import read_web_settings


def test_links_are_looked_at_unless_that_is_switched_off(app: Flask) -> None:
    assert "look at links" in [one.name for one in console_rounds(app)]
    parts = app.extensions["console"]
    app.extensions["console"] = replace(parts, settings=replace(parts.settings, check_links=False))
    left = [one.name for one in console_rounds(app)]
    assert "remind" in left
    assert "look at links" not in left


def test_the_switch_is_on_or_off() -> None:
    assert [read_web_settings({"LOTSE_CHECK_LINKS": value}).check_links for value in ("", "on", "off")] == [
        True,
        True,
        False,
    ]
    with pytest.raises(SettingError, match="LOTSE_CHECK_LINKS='nein' is neither on nor off"):
        read_web_settings({"LOTSE_CHECK_LINKS": "nein"})
