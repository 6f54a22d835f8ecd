"""Who gets the next reminder of an alliance's offerings, and when: claimed before it is sent, by one process alone."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select, update

from knowledge.store.engine import wait_for_turn
from knowledge.store.tables import ReminderRow

EVERY = timedelta(days=7)
# Whoever has claimed a reminder and was ended meanwhile has it no longer; doubled with each try.
_FIRST_AGAIN = timedelta(minutes=15)
_MOST_DOUBLED = 6


class Reminders:
    """Keeps, for each alliance and recipient, the number of the next reminder and when it may be tried."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine

    def claim(self, alliance: str, recipient: str, *, now: datetime) -> int | None:
        """Return the number of the reminder that is to be sent now, or None: it is not time yet, or another process sends it.

        It is claimed until it is sent, or tried again after a while.
        """
        which = (ReminderRow.alliance_id == alliance, ReminderRow.recipient == recipient)
        with self._writing.begin() as connection:
            wait_for_turn(connection, "reminders")
            row = connection.execute(
                select(ReminderRow.number, ReminderRow.tries, ReminderRow.next_at).where(*which)
            ).one_or_none()
            if row is None:
                first = {"alliance_id": alliance, "recipient": recipient, "number": 1, "tries": 1}
                connection.execute(insert(ReminderRow), {**first, "next_at": now + _FIRST_AGAIN})
                return 1
            if row.next_at > now:
                return None
            again = _FIRST_AGAIN * 2 ** min(row.tries, _MOST_DOUBLED)
            connection.execute(update(ReminderRow).where(*which).values(tries=row.tries + 1, next_at=now + again))
            return int(row.number)

    def mark_sent(self, alliance: str, recipient: str, number: int, *, now: datetime) -> None:
        """Remember that a reminder was sent; the next may follow after a week."""
        which = (ReminderRow.alliance_id == alliance, ReminderRow.recipient == recipient, ReminderRow.number == number)
        with self._writing.begin() as connection:
            sent = {"number": number + 1, "tries": 0, "sent_at": now, "next_at": now + EVERY}
            connection.execute(update(ReminderRow).where(*which).values(**sent))
