"""A parent leaves a question in the chat, and the coordinator finds it in the inbox; with all processes running."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]


def _inbox(server: Server) -> list[dict[str, Any]]:
    environment = {**os.environ, "LOTSE_DATA_DIR": str(server.log.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "lotse", "inbox", "--json"]
    listed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return list(json.loads(listed.stdout))


def _text(answer: dict[str, Any]) -> str:
    return " ".join(message["text"] for message in answer["messages"])


def _buttons(answer: dict[str, Any]) -> list[str]:
    return [button["payload"] for message in answer["messages"] for button in message["buttons"]]


def test_a_question_in_german_reaches_the_inbox_and_is_deleted_with_the_conversation(server: Server) -> None:
    conversation = str(uuid.uuid4())
    asked = "Gibt es in Halle eine Kita, die sonntags geöffnet hat? <b>Danke</b>"
    assert "?" in _text(server.chat(conversation, "Ich möchte eine Frage hinterlassen"))
    consent = server.chat(conversation, "Köthen")
    assert "Anhalt-Bitterfeld" in _text(consent)
    assert "30 Tagen" in _text(consent)
    assert _buttons(consent) == ["/affirm", "/deny"]
    server.chat(conversation, "ja, gerne")
    assert "E-Mail-Adresse" in _text(server.chat(conversation, asked))
    assert "6 bis 15 Ziffern" in _text(server.chat(conversation, "meine Adresse kennt ihr doch"))
    assert "anna@example.org" in _text(server.chat(conversation, "anna@example.org"))
    left = [question for question in _inbox(server) if question["text"] == asked]
    assert [(q["alliance"], q["contact"], q["language"]) for q in left] == [
        ("anhalt-bitterfeld", "anna@example.org", "de")
    ]
    server.chat(conversation, "Lösch bitte unser Gespräch")
    assert not [question for question in _inbox(server) if question["text"] == asked]


def test_a_question_in_arabic_is_answered_by_phone(server: Server) -> None:
    conversation = str(uuid.uuid4())
    server.chat(conversation, "أبحث عن حضانة ليلية في ميرسبورغ")
    assert "/leave_question" in _buttons(server.chat(conversation, "/talk_to_person"))
    assert "Saalekreis" in _text(server.chat(conversation, "/leave_question"))
    assert "/affirm" in _buttons(server.chat(conversation, "نعم"))
    asked = "هل توجد مربية تتكلم العربية؟"
    server.chat(conversation, asked)
    assert "0176 23125110" in _text(server.chat(conversation, "٠١٧٦ ٢٣١٢٥١١٠"))
    (left,) = [question for question in _inbox(server) if question["text"] == asked]
    assert (left["language"], left["contact"], left["alliance"]) == ("ar", "0176 23125110", "saalekreis")


def test_without_consent_nothing_is_stored_and_the_contact_is_named(server: Server) -> None:
    conversation = str(uuid.uuid4())
    server.chat(conversation, "Kita in Köthen")
    server.chat(conversation, "/leave_question")
    before = _inbox(server)
    assert "030 23125 110" in _text(server.chat(conversation, "nein danke"))
    assert _inbox(server) == before
