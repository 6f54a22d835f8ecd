"""What parents say of the answers, in every database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.store import Feedback, FeedbackCount, Store
from knowledge.store.tables import FeedbackRow
from knowledge.values import Alliance


@pytest.fixture
def feedback(engine: Engine, koethen: Alliance) -> Feedback:
    Store(engine).put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    return Feedback(engine)


def test_words_are_counted_for_each_alliance(feedback: Feedback) -> None:
    assert feedback.counts() == []
    feedback.give(helped=True, reason=None, alliance=None, language="de")
    feedback.give(helped=True, reason=None, alliance="koethen", language="tr")
    feedback.give(helped=False, reason=None, alliance="koethen", language="tr")
    for language in ("ar", "de-simple"):
        feedback.give(helped=False, reason="outdated", alliance="koethen", language=language)
    feedback.give(helped=False, reason="far", alliance="aachen", language="fr")
    assert feedback.counts() == [
        FeedbackCount(alliance="aachen", yes=0, no=1, reasons={"far": 1}),
        FeedbackCount(alliance="koethen", yes=1, no=3, reasons={"outdated": 2}),
        FeedbackCount(alliance=None, yes=1, no=0),
    ]


def test_nothing_closer_than_the_hour_is_kept(feedback: Feedback, engine: Engine) -> None:
    before = datetime.now(UTC)
    feedback.give(helped=False, reason="wrong", alliance="koethen", language="pl")
    with Session(engine) as session:
        (row,) = session.scalars(select(FeedbackRow))
        assert (row.hour.minute, row.hour.second, row.hour.microsecond) == (0, 0, 0)
        assert before - timedelta(hours=1) < row.hour <= datetime.now(UTC)
        assert (row.alliance_id, row.language, row.helped, row.reason) == ("koethen", "pl", False, "wrong")
    columns = {column.name for column in FeedbackRow.__table__.columns}
    assert columns == {"id", "hour", "alliance_id", "language", "helped", "reason"}


def test_only_old_words_are_deleted(feedback: Feedback, engine: Engine) -> None:
    now = datetime.now(UTC)
    with Session(engine) as session, session.begin():
        session.add_all(
            FeedbackRow(hour=now - timedelta(days=days), language="de", helped=True) for days in (1, 364, 366)
        )
    assert feedback.delete_older_than(timedelta(days=365)) == 1
    assert feedback.counts() == [FeedbackCount(alliance=None, yes=2, no=0)]
