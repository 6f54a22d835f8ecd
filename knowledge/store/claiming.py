"""Work that several threads and processes look for: each piece goes to one of them, which marks it as its own for a while."""

from typing import Any

from sqlalchemy import Engine, Row, update


def claim_first(wanted: Any, table: Any, *, looking: Engine, marking: Engine, **mark: Any) -> Row[Any] | None:
    """Return the first row that is wanted, now marked; None where there is none, or others were quicker.

    Args:
        wanted: A `Select` of rows of the table, its `id` among the columns; a marked row must fit no longer.
        looking: For reading alone, so that looking in vain, which is most of it, costs writers nothing.
        mark: The values that mark the row.
    """
    wanted = wanted.limit(1)
    with looking.connect() as connection:
        if connection.execute(wanted).first() is None:
            return None
    with marking.begin() as connection:
        row = connection.execute(wanted.with_for_update(skip_locked=True)).first()
        if row is not None:
            connection.execute(update(table).where(table.id == row.id).values(**mark))
        return row
