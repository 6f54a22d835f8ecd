import pytest

from bot.intent_model import IntentModel, train_intents
from knowledge.encoder import StaticEncoder
from knowledge.settings import SHIPPED_ENCODER

_LINES = {
    "thank": ["Danke!", "Vielen Dank.", "Danke schön!", "Ich danke Ihnen.", "Besten Dank!", "Merci, danke!"],
    "greet": ["Hallo!", "Guten Tag.", "Guten Morgen!", "Hallo zusammen!", "Moin!", "Grüß Gott!"],
    "change_language": ["Auf Türkisch bitte.", "Bitte auf Englisch.", "Weiter auf Deutsch bitte.", "Auf Arabisch, bitte."],
    "ask_registration": ["Wie melde ich mein Kind an?", "Wie läuft die Anmeldung?", "Wo kann ich uns anmelden?", "Anmeldung wie?"],
    "ask_cost": ["Was kostet das?", "Wie hoch sind die Gebühren?", "Kostet die Gruppe etwas?", "Wie viel kostet der Platz?"],
}  # fmt: skip


@pytest.fixture(scope="module")
def intents() -> IntentModel:
    encoder = StaticEncoder(SHIPPED_ENCODER)
    lines = [(text, intent) for intent, texts in _LINES.items() for text in texts]
    return IntentModel(train_intents(lines, encoder), encoder)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Danke!", "thank"),
        ("Was kostet das?", "ask_cost"),
        ("Vielen Dank. Was kostet das?", "ask_cost"),
        ("Danke schön! Weiter auf Deutsch bitte. Wie melde ich mein Kind an?", "ask_registration"),
        ("Was kostet das?\nDanke!", "ask_cost"),
        ("Hallo! Weiter auf Deutsch bitte.", "change_language"),
    ],
)
def test_a_question_counts_more_than_the_courtesies_around_it(intents: IntentModel, text: str, intent: str) -> None:
    assert intents.rank(text)[0][0] == intent
