"""Many offerings for measuring: the demo ones, moved to other places, each with words of its own."""

import json
import random

from knowledge.demo import FILES
from knowledge.values import Alliance, Offering

_WORDS = [
    "Sonne",
    "Mond",
    "Wiese",
    "Brücke",
    "Linde",
    "Kastanie",
    "Regenbogen",
    "Hafen",
    "Garten",
    "Mühle",
    "Turm",
    "Insel",
    "Feder",
    "Wolke",
    "Stern",
    "Kiesel",
]


def many_offerings(count: int, *, seed: int = 7) -> tuple[list[Alliance], list[Offering]]:
    """Return the demo alliances and `count` offerings spread over Germany's rectangle, no two alike."""
    rng = random.Random(seed)
    alliances = [Alliance.model_validate_json(line) for line in FILES[0].read_text(encoding="utf-8").splitlines()]
    patterns = [json.loads(line) for line in FILES[1].read_text(encoding="utf-8").splitlines() if line.strip()]
    made = []
    for number in range(count):
        fields = dict(patterns[number % len(patterns)])
        name = " ".join(rng.sample(_WORDS, 3))
        fields |= {
            "id": f"bench-{number}",
            "title": f"{fields['title']} {name}",
            "description": f"{fields['description']} Haus {name}, Gruppe {number}.",
            "latitude": rng.uniform(47.5, 54.5),
            "longitude": rng.uniform(6.5, 14.5),
            "valid_to": None,
        }
        made.append(Offering.model_validate(fields))
    return alliances, made
