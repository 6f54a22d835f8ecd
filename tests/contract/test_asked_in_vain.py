"""Questions without a good answer, and names that are learnt, in every database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import SQLAlchemyError

from knowledge.errors import NameTakenError
from knowledge.store import AskedInVain, Conversation, Conversations, InVain, LearntNames, Store
from knowledge.store.tables import AskedInVainRow, LearntNameRow
from knowledge.values import Alliance

NIGHT = AskedInVain(language="tr", need="off_hours_care", place="Köthen", alliance="koethen", text="gece kreşi")


@pytest.fixture
def in_vain(engine: Engine, koethen: Alliance) -> InVain:
    Store(engine).put([koethen, Alliance(id="aachen", name="Bündnis Aachen")], editor="anna")
    conversations = Conversations(engine)
    for name in ("conversation-1", "conversation-2"):
        conversations.keep(Conversation(id=name, language="tr", turns=1))
    return InVain(engine)


def test_a_question_is_kept_with_its_words_and_no_closer_time_than_the_hour(in_vain: InVain) -> None:
    in_vain.record(NIGHT, conversation="conversation-1")
    (one,) = in_vain.all(None)
    assert (one.need, one.place, one.language, one.alliance, one.text, one.state) == (
        "off_hours_care", "Köthen", "tr", "koethen", "gece kreşi", "open",
    )  # fmt: skip
    assert (one.asked_at.minute, one.asked_at.second) == (0, 0)
    assert one.conversation is not None
    assert "conversation" not in one.conversation


def test_asked_again_in_its_conversation_it_counts_once(in_vain: InVain) -> None:
    for name in ("conversation-1", "conversation-1", "conversation-2"):
        in_vain.record(NIGHT, conversation=name)
    assert [one.text for one in in_vain.all(None)] == ["gece kreşi"] * 2
    assert len({one.conversation for one in in_vain.all(None)}) == 2


def test_without_a_conversation_it_counts_without_words(in_vain: InVain) -> None:
    in_vain.record(NIGHT, conversation=None)
    in_vain.record(NIGHT, conversation="deleted-meanwhile")
    assert [(one.text, one.conversation) for one in in_vain.all(None)] == [(None, None)] * 2


def test_one_conversation_cannot_fill_the_list(in_vain: InVain) -> None:
    for number in range(40):
        in_vain.record(AskedInVain(language="de", text=f"Frage {number}"), conversation="conversation-1")
    assert len(in_vain.all(None)) == 12


def test_a_deleted_conversation_takes_its_words_along_and_the_count_stays(in_vain: InVain, engine: Engine) -> None:
    in_vain.record(NIGHT, conversation="conversation-1")
    in_vain.record(NIGHT, conversation="conversation-2")
    Conversations(engine).delete("conversation-1")
    assert [(one.text, one.conversation is None) for one in in_vain.all(None)] == [(None, True), ("gece kreşi", False)]


def test_words_are_kept_for_their_time_and_counts_longer(in_vain: InVain, engine: Engine) -> None:
    in_vain.record(NIGHT, conversation="conversation-1")
    in_vain.record(NIGHT, conversation="conversation-2")
    first = in_vain.all(None)[0].id
    with engine.begin() as connection:
        old = datetime.now(UTC) - timedelta(days=31)
        connection.execute(update(AskedInVainRow).where(AskedInVainRow.id == first).values(asked_at=old))
    assert in_vain.forget_words(timedelta(days=30)) == 1
    assert [one.text for one in in_vain.all(None)] == [None, "gece kreşi"]
    assert in_vain.forget_words(timedelta(days=30)) == 0
    assert in_vain.delete_older_than(timedelta(days=30)) == 1
    assert len(in_vain.all(None)) == 1


def test_each_alliance_sees_its_own(in_vain: InVain) -> None:
    for alliance in ("koethen", "aachen", None):
        in_vain.record(AskedInVain(language="de", need="daycare", alliance=alliance), conversation=None)
    assert [one.alliance for one in in_vain.all(("koethen",))] == ["koethen"]
    assert in_vain.all(()) == []
    assert [one.alliance for one in in_vain.all(None)] == ["koethen", "aachen", None]


def test_what_is_settled_can_be_opened_again(in_vain: InVain) -> None:
    in_vain.record(NIGHT, conversation="conversation-1")
    (one,) = in_vain.all(None)
    assert in_vain.set_state([one.id, 999], "settled", by="anna@example.org") == 1
    assert in_vain.set_state([one.id], "settled", by="ben@example.org") == 0
    found = in_vain.one(one.id)
    assert found is not None
    assert (found.state, found.changed_by) == ("settled", "anna@example.org")
    assert in_vain.all(None, state="open") == []
    in_vain.set_state([one.id], "open", by="anna@example.org")
    assert [found.id for found in in_vain.all(None, state="open")] == [one.id]


def test_a_name_counts_until_it_is_revoked_and_means_one_need_at_a_time(in_vain: InVain, engine: Engine) -> None:
    names = LearntNames(engine)
    added = names.add("Märchen-Jurte", language="de", code="leisure", alliance="koethen", by="anna@example.org")
    assert names.current() == {("marchen", "jurte"): "leisure"}
    with pytest.raises(NameTakenError):
        LearntNames(engine).add("märchen jurte", language="de", code="carers", alliance=None, by="ben@example.org")
    names.revoke(added.id, by="ben@example.org")
    names.revoke(added.id, by="rita@example.org")
    assert (names.current(), names.all()) == ({}, [])
    revoked = names.one(added.id)
    assert revoked is not None
    assert (revoked.added_by, revoked.revoked_by) == ("anna@example.org", "ben@example.org")
    names.add("Märchenjurte", language="de", code="carers", alliance=None, by="ben@example.org")
    assert [one.code for one in names.all()] == ["carers"]


def test_what_another_process_learns_counts_within_a_second(in_vain: InVain, engine: Engine) -> None:
    now = [0.0]
    here, there = LearntNames(engine, clock=lambda: now[0]), LearntNames(engine)
    assert here.current() == {}
    there.add("Märchenjurte", language="de", code="leisure", alliance=None, by="anna@example.org")
    assert here.current() == {}
    now[0] = 0.5
    assert here.current() == {("marchenjurte",): "leisure"}


def test_names_outlast_a_database_that_is_down(in_vain: InVain, engine: Engine) -> None:
    now = [0.0]
    names = LearntNames(engine, clock=lambda: now[0])
    names.add("Märchenjurte", language="de", code="leisure", alliance=None, by="anna@example.org")
    assert names.current() == {("marchenjurte",): "leisure"}
    LearntNameRow.__table__.drop(engine)  # type: ignore[attr-defined]  # a Table
    now[0] = 1.0
    assert names.current() == {("marchenjurte",): "leisure"}
    with pytest.raises(SQLAlchemyError):
        LearntNames(engine).current()


def test_an_hour_holds_so_many_and_no_more(in_vain: InVain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.store.asked_in_vain._MOST_AN_HOUR", 3)
    for _ in range(5):
        in_vain.record(AskedInVain(language="de", need="daycare"), conversation=None)
    assert len(in_vain.all(None)) == 3
