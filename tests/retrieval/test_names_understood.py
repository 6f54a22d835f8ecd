"""A message that is nothing but a name of the taxonomy ("Kita", "çocuk bakıcısı") means its category."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import open_knowledge, read_settings
from knowledge.needs import categories_of
from knowledge.taxonomy import broader
from knowledge.understanding import Reader
from knowledge.values import LANGUAGES

FLOOR = 0.98


@pytest.fixture(scope="module")
def reader(prepared: Path) -> Reader:
    return open_knowledge(read_settings()).reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_alone_mean_their_category(reader: Reader, language: str) -> None:
    assert reader.taxonomy is not None
    labels = [(code, concept.label(language)) for code, concept in reader.taxonomy.concepts.items()]
    wrong = []
    for code, label in labels:
        understood = reader.read(label, language=language, today=date(2026, 11, 22))
        likeliest = next(iter(categories_of(understood.needs)), None)
        if likeliest != (broader(code) if "." in code else code):
            wrong.append((code, label, likeliest))
    assert len(wrong) <= (1 - FLOOR) * len(labels), wrong
