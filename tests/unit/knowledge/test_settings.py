import pytest

from knowledge import SettingError, read_settings


def test_conversations_and_questions_are_kept_for_a_month_unless_it_is_set() -> None:
    assert read_settings({}).retention_days == 30
    assert read_settings({"LOTSE_RETENTION_DAYS": "7"}).retention_days == 7


@pytest.mark.parametrize("value", ["0", "-1", "a month", "1.5"])
def test_a_time_that_is_no_number_of_days_is_named(value: str) -> None:
    with pytest.raises(SettingError, match="LOTSE_RETENTION_DAYS"):
        read_settings({"LOTSE_RETENTION_DAYS": value})
