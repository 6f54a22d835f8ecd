"""Questions without a good answer: counted by need, place and language, with words only where nobody can be told from them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.orm import Session

from knowledge.store.tables import AskedInVainRow, ConversationRow

VainState = Literal["open", "settled", "dismissed"]
VAIN_STATES: tuple[VainState, ...] = get_args(VainState)
# So many different questions of one conversation are kept; what comes after is no new need.
_MOST_OF_ONE = 12
# Whoever asks by program without end fills neither disk nor page.
_MOST_AN_HOUR = 300
_MOST_READ = 5_000


@dataclass(frozen=True, kw_only=True)
class AskedInVain:
    """One question without a good answer.

    Attributes:
        asked_at: The hour in which it came (UTC), and no closer time.
        need: The need's or category's code; None where nobody knows what was asked for.
        place: The town's name; with its middle in degrees, where that is known.
        alliance: The alliance whose area it is.
        conversation: A digest of the conversation's id, as long as the words are kept; None afterwards.
        text: The words, redacted; None where they tell too much, or their time is over.
        changed_by: Who settled or dismissed it, or opened it again.
    """

    id: int = 0
    asked_at: datetime = datetime.min
    language: str
    need: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    alliance: str | None = None
    conversation: str | None = None
    text: str | None = None
    state: VainState = "open"
    changed_by: str | None = None
    changed_at: datetime | None = None


class InVain:
    """Keeps questions without a good answer in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine.execution_options(may_be_lost=True)
        self._changing = engine
        self._reading = engine.execution_options(reads_only=True)

    def record(self, question: AskedInVain, *, conversation: str | None) -> None:
        """Count a question; asked again in its conversation it counts once.

        Args:
            question: Its words are kept only while its conversation is.
            conversation: The conversation's id; None where it belongs to none, and then no words are kept.
        """
        now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        with Session(self._writing) as session, session.begin():
            this_hour = select(func.count()).select_from(AskedInVainRow).where(AskedInVainRow.asked_at >= now)
            if session.execute(this_hour).scalar_one() >= _MOST_AN_HOUR:
                return
            digest = None if conversation is None else digest_of(conversation)
            # The parent may have had the conversation deleted meanwhile; its row is then gone, and stays gone.
            kept = select(ConversationRow.id).where(ConversationRow.id == conversation).with_for_update()
            if digest is None or session.execute(kept).first() is None:
                digest, text = None, None
            else:
                text = question.text
                same = select(AskedInVainRow).where(AskedInVainRow.conversation == digest)
                before = session.scalars(same).all()
                if len(before) >= _MOST_OF_ONE or any(_is_same(one, question) for one in before):
                    return
            session.add(
                AskedInVainRow(
                    asked_at=now,
                    language=question.language,
                    need=question.need,
                    place=question.place,
                    latitude=question.latitude,
                    longitude=question.longitude,
                    alliance_id=question.alliance,
                    conversation=digest,
                    text=text,
                    state="open",
                )
            )

    def all(self, tenants: Collection[str] | None, *, state: VainState | None = None) -> list[AskedInVain]:
        """Return the questions of these alliances' areas (None: of all, and those that are nobody's): the latest 5,000, oldest first."""
        wanted = select(AskedInVainRow).order_by(AskedInVainRow.id.desc()).limit(_MOST_READ)
        if tenants is not None:
            wanted = wanted.where(AskedInVainRow.alliance_id.in_(tenants))
        if state is not None:
            wanted = wanted.where(AskedInVainRow.state == state)
        with Session(self._reading) as session:
            return [_value(row) for row in session.scalars(wanted)][::-1]

    def one(self, vain_id: int) -> AskedInVain | None:
        """Return one question, or None."""
        with Session(self._reading) as session:
            row = session.get(AskedInVainRow, vain_id)
            return _value(row) if row else None

    def set_state(self, ids: Collection[int], state: VainState, *, by: str) -> int:
        """Settle or dismiss questions, or open them again; return how many that changed."""
        changed = (
            update(AskedInVainRow)
            .where(AskedInVainRow.id.in_(ids), AskedInVainRow.state != state)
            .values(state=state, changed_by=by, changed_at=datetime.now(UTC))
        )
        with self._changing.begin() as connection:
            return connection.execute(changed).rowcount

    def forget_words(self, age: timedelta) -> int:
        """Drop the words, and what links to the conversation, of questions so old; the count stays."""
        old = AskedInVainRow.asked_at < datetime.now(UTC) - age
        linked = AskedInVainRow.text.is_not(None) | AskedInVainRow.conversation.is_not(None)
        with self._changing.begin() as connection:
            return connection.execute(update(AskedInVainRow).where(old, linked).values(text=None, conversation=None)).rowcount  # fmt: skip

    def delete_older_than(self, age: timedelta) -> int:
        """Delete questions so old altogether; return how many there were."""
        with self._changing.begin() as connection:
            old = delete(AskedInVainRow).where(AskedInVainRow.asked_at < datetime.now(UTC) - age)
            return connection.execute(old).rowcount


def forget_conversation(connection: Connection, conversation_id: str) -> None:
    """Drop the words of a conversation that is deleted, and the link to it, in the same transaction."""
    connection.execute(
        update(AskedInVainRow)
        .where(AskedInVainRow.conversation == digest_of(conversation_id))
        .values(text=None, conversation=None)
    )


def digest_of(conversation_id: str) -> str:
    """Return what stands for a conversation: it tells nobody the id."""
    return hashlib.sha256(f"in vain {conversation_id}".encode()).hexdigest()


def _is_same(row: AskedInVainRow, question: AskedInVain) -> bool:
    about = (row.need, row.place) == (question.need, question.place)
    return about and (question.need is not None or row.text == question.text)


def _value(row: AskedInVainRow) -> AskedInVain:
    return AskedInVain(
        id=row.id, asked_at=row.asked_at, language=row.language, need=row.need, place=row.place, latitude=row.latitude,
        longitude=row.longitude, alliance=row.alliance_id, conversation=row.conversation, text=row.text,
        state=row.state, changed_by=row.changed_by, changed_at=row.changed_at,  # type: ignore[arg-type]  # of VAIN_STATES
    )  # fmt: skip
