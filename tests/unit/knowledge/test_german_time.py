from datetime import UTC, date, datetime

from knowledge.german_time import german_now, german_today


def test_the_day_is_germanys_and_not_the_servers() -> None:
    assert german_today(lambda: datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert german_today(lambda: datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert german_now(lambda: datetime(2026, 7, 1, 6, 30, tzinfo=UTC)).hour == 8
