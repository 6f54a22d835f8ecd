"""One knowledge base, wired as a server wires it, over each database: the answers are the same."""

from pathlib import Path

import pytest

from knowledge import Knowledge, Query, open_knowledge, read_settings
from knowledge.demo import FILES
from knowledge.importing import import_files
from tests.postgresql import Server

QUESTIONS = (
    "Kita bis 20 Uhr in 06366",
    "06366 çocuk kreş yeri arıyorum",
    "Deutschkurs mit Kinderbetreuung",
    "Wer hilft mir beim Elterngeld?",
    "أبحث عن حضانة في كوتن",
    "Ferienbetreuung im Sommer für 8 Jahre",
    "Wie wird das Wetter?",
)


def _prepared(data_dir: Path, prepared: Path, database_url: str) -> Knowledge:
    data_dir.mkdir()
    for name in ("models", "places.sqlite"):
        (data_dir / name).symlink_to(prepared / name)
    settings = {"LOTSE_DATA_DIR": str(data_dir), "LOTSE_DATABASE_URL": database_url, "LOTSE_TODAY": "2026-11-22"}
    knowledge = open_knowledge(read_settings(settings))
    report = import_files(FILES, store=knowledge.store, taxonomy=knowledge.taxonomy, editor="test")
    assert not report.errors
    knowledge.index()
    assert knowledge.index_is_current()
    return knowledge


def _answers(knowledge: Knowledge, text: str) -> list[tuple[str, float, float | None]]:
    answer = knowledge.search(Query(text=text, limit=20))
    return [(one.offering.id, pytest.approx(one.score, abs=1e-5), one.distance_km) for one in answer.matches]


def test_postgresql_answers_as_sqlite_does(prepared: Path, tmp_path: Path, postgresql: Server) -> None:
    lite = _prepared(tmp_path / "lite", prepared, f"sqlite:///{tmp_path / 'lotse.sqlite'}")
    server = _prepared(tmp_path / "server", prepared, postgresql.new_database())
    assert not list((tmp_path / "server" / "index").rglob("vectors.faiss"))
    for question in QUESTIONS:
        expected = _answers(lite, question)
        assert expected
        assert _answers(server, question) == expected, question
