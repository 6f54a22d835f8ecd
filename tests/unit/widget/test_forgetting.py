"""What the privacy page promises to delete is deleted, in a real store."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from knowledge import Alliance, Conversation, open_knowledge, read_settings
from knowledge.store import FeedbackCount
from knowledge.store.tables import ConversationRow, FeedbackRow, QuestionRow
from widget.app import forget_what_is_old
from widget.mail.postbox import mailbox_folder


def test_conversations_questions_and_feedback_go_when_their_time_is_over(tmp_path: Path, koethen: Alliance) -> None:
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path), "LOTSE_RETENTION_DAYS": "7"}))
    knowledge.store.put([koethen], editor="anna")

    def leave_one_of_each(*, age: timedelta) -> None:
        knowledge.conversations.keep(Conversation(id=f"c{age.days}", language="de"))
        knowledge.questions.leave(
            alliance="koethen", conversation=f"c{age.days}", language="de", text="Krippe?", contact="112", keep_for=timedelta(7)
        )  # fmt: skip
        knowledge.feedback.give(helped=True, reason=None, alliance="koethen", language="de")
        then = datetime.now(UTC) - age
        with knowledge._engine.begin() as connection:
            for table, column in ((ConversationRow, "touched_at"), (FeedbackRow, "hour")):
                connection.execute(
                    update(table)
                    .where(getattr(table, column) > datetime.now(UTC) - timedelta(hours=2))
                    .values({column: then})
                )
            connection.execute(
                update(QuestionRow).where(QuestionRow.delete_after > datetime.now(UTC) + timedelta(days=6, hours=23)).values(
                    delete_after=then + timedelta(days=7)
                )
            )  # fmt: skip

    for days in (366, 364, 8, 6):
        leave_one_of_each(age=timedelta(days=days))
    forget_what_is_old(knowledge)
    assert [knowledge.conversations.find(f"c{days}") is not None for days in (366, 364, 8, 6)] == [
        False,
        False,
        False,
        True,
    ]
    assert [question.conversation for question in knowledge.questions.all()] == ["c6"]
    assert knowledge.feedback.counts() == [FeedbackCount(alliance="koethen", yes=3, no=0)]


def test_mails_that_no_server_took_go_with_the_questions_of_their_time(tmp_path: Path) -> None:
    knowledge = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path), "LOTSE_RETENTION_DAYS": "7"}))
    mailbox_folder(tmp_path).mkdir()
    for days in (8, 6):
        mail = mailbox_folder(tmp_path) / f"{days}.eml"
        mail.touch()
        then = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(mail, (then, then))
    forget_what_is_old(knowledge)
    assert [mail.name for mail in mailbox_folder(tmp_path).iterdir()] == ["6.eml"]
