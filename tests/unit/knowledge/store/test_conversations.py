from datetime import timedelta
from pathlib import Path

from knowledge.store import Conversation, Conversations, open_engine, upgrade


def test_a_conversation_is_remembered_until_it_is_deleted(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    upgrade(engine)
    conversations = Conversations(engine)
    assert conversations.find("c1") is None
    kept = Conversation(id="c1", language="tr", turns=2, memory={"request": "Krippe"})
    conversations.keep(kept)
    assert conversations.find("c1") == kept
    assert conversations.delete_older_than(timedelta(days=1)) == 0
    assert conversations.delete_older_than(timedelta(0)) == 1
    assert conversations.find("c1") is None
