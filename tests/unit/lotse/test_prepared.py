"""A server starts at once over what was prepared from the present inputs, and prepares again when anything of it changed."""

from pathlib import Path

import pytest

from knowledge import Settings, read_settings
from lotse.prepared import _MADE, is_prepared, note_prepared


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in _MADE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("made", encoding="utf-8")
    return read_settings({"LOTSE_DATA_DIR": str(tmp_path)})


def test_what_was_never_prepared_is_not(settings: Settings) -> None:
    assert not is_prepared(settings)


def test_what_was_prepared_stays_so(settings: Settings) -> None:
    note_prepared(settings)
    assert is_prepared(settings)


@pytest.mark.parametrize("name", _MADE)
def test_what_is_gone_is_made_again(settings: Settings, name: str) -> None:
    note_prepared(settings)
    (settings.data_dir / name).unlink()
    assert not is_prepared(settings)


def test_what_changed_is_made_again(settings: Settings) -> None:
    note_prepared(settings)
    (settings.data_dir / "index" / "current").write_text("another", encoding="utf-8")
    assert not is_prepared(settings)


def test_an_edit_of_the_alliances_own_taxonomy_is_taken_in_before_the_start(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "taxonomy"
    own.mkdir()
    (own / "needs.yml").write_text("daycare.forest: {}", encoding="utf-8")
    extended = read_settings({"LOTSE_DATA_DIR": str(settings.data_dir), "LOTSE_TAXONOMY_DIR": str(own)})
    note_prepared(extended)
    assert is_prepared(extended)
    (own / "needs.yml").write_text("daycare.forest: {note: outdoors}", encoding="utf-8")
    assert not is_prepared(extended)


def test_another_encoder_needs_other_models(settings: Settings) -> None:
    note_prepared(settings)
    other = read_settings({"LOTSE_DATA_DIR": str(settings.data_dir), "LOTSE_ENCODER": "some/model"})
    assert not is_prepared(other)
