"""What a fake assistant answers, and how a reply is read."""

ASKS_PLACE = [{"recipient_id": "x", "text": "Wo suchen Sie?"}]
CARD = {"id": "krippe-1", "title": "Krippe Spatzennest", "reasons": ["passt zum Alter"], "text_language": "de"}
FOUND = [
    {"text": "Das gibt es:"},
    {
        "custom": {
            "offerings": [CARD],
            "memory": {"request": "Krippe", "place": None, "ages": [2.0], "shown": ["krippe-1"], "wishes": {}},
        }
    },
]


def texts_of(reply: dict) -> list[str]:
    return [message["text"] for message in reply["messages"]]


def cards_of(reply: dict) -> list[str]:
    return [card["id"] for message in reply["messages"] for card in message["offerings"]]
