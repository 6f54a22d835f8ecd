"""No message is lost or answered twice, whatever dies."""

from pathlib import Path

import pytest

from tests.channel_storm import SENDERS, storm

pytestmark = pytest.mark.journey
KILLS = 2


# Three starts on a busy machine, and what the dead held waits for its lease.
@pytest.mark.timeout(900)
def test_two_thousand_messages_delivered_five_times_over_two_deaths_are_each_answered_once(tmp_path: Path) -> None:
    outcome = storm(tmp_path, messages=2_000, copies=5, kills=KILLS)
    assert set(outcome.answered) == {str(number) for number in range(2_000)}
    # Whoever dies between sending and noting it sends once more; nothing else may come twice.
    assert sum(outcome.answered.values()) - 2_000 <= SENDERS * KILLS
