"""Are messengers' messages answered once, whatever dies? `python -m benchmarks.channels --messages 10000` (`make bench-channels`)."""

import argparse
import tempfile
from pathlib import Path

from tests.channel_storm import SENDERS, storm

_COPIES = 5


def main() -> None:
    """Deliver each message five times, kill the server in between, and count the answers."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=10_000)
    asked.add_argument("--kills", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = storm(
            Path(folder), messages=given.messages, copies=_COPIES, kills=given.kills, users=given.messages // 10 or 1
        )
    lost = given.messages - len(outcome.answered)
    again = sum(outcome.answered.values()) - len(outcome.answered)
    print(f"{given.messages * _COPIES:,} deliveries of {given.messages:,} messages, {given.kills} times killed")
    print(f"lost            {lost}")
    print(f"sent once more  {again}  (at most {SENDERS} for each death)")
    print(f"took            {outcome.seconds:.0f} s, {given.messages / outcome.seconds:.0f} messages a second")
    if lost or again > SENDERS * given.kills:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
