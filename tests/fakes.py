"""Hand-written stand-ins: an encoder that hashes words, a classifier that knows a few words, places that know three towns."""

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.linear import LinearModel, train
from knowledge.needs import NeedClassifier
from knowledge.text import words
from knowledge.values import Alliance, Offering, Place, PlaceReading

KOETHEN = Place(name="Köthen (Anhalt)", latitude=51.752, longitude=11.971, kind="town", population=28_000)
MERSEBURG = Place(name="Merseburg", latitude=51.355, longitude=11.989, kind="town", population=34_000)
MUENCHEN = Place(name="München", latitude=48.137, longitude=11.575, kind="town", population=1_500_000)
_TOWNS = {"koethen": KOETHEN, "köthen": KOETHEN, "06366": KOETHEN, "merseburg": MERSEBURG, "münchen": MUENCHEN}


class WordEncoder:
    """An encoder whose vectors are sums of one random direction a word; it counts what it encodes."""

    id = "words"
    dim = 32

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        result = np.zeros((len(texts), self.dim), np.float32)
        for i, text in enumerate(texts):
            for word in words(text) or ["-"]:
                result[i] += np.random.default_rng(zlib.crc32(word.encode())).standard_normal(self.dim)
        return result / np.linalg.norm(result, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return self.encode_queries(texts)


_EXAMPLES = {
    "daycare.kindergarten": [
        "kita",
        "kindergarten gesucht",
        "wir brauchen eine kita",
        "kita für unser kind",
        "kindergarten",
    ],
    "holiday_care.summer": ["ferienbetreuung", "sommerferien", "betreuung in den ferien", "ferienprogramm im sommer"],
    "language_course.beginners": ["deutschkurs", "deutsch lernen", "sprachkurs", "ich will deutsch lernen"],
    "employer_services.advice": ["arbeitgeber", "angebote für arbeitgeber", "unser betrieb", "personalabteilung"],
    "unrelated": ["wetter morgen", "auto reparieren", "pizza rezept", "fussball ergebnis"],
}


def small_model() -> LinearModel:
    """Return a need model of four needs, trained in a moment."""
    texts = [text for lines in _EXAMPLES.values() for text in lines]
    labels = [need for need, lines in _EXAMPLES.items() for _ in lines]
    return train(texts, labels, epochs=30, rate=5.0, rarest=1)


def small_classifier(encoder: WordEncoder) -> NeedClassifier:
    return NeedClassifier(small_model(), encoder)


class ThreeTowns:
    """Places that know Köthen, Merseburg and München."""

    def read(
        self, text: str, *, language: str, home: Sequence[Place] = (), place_expected: bool = False
    ) -> PlaceReading:
        for word in text.split():
            town = _TOWNS.get(word.strip(".,?!").lower())
            if town:
                return PlaceReading(place=town, written=word.strip(".,?!"))
        return PlaceReading()

    def resolve(self, text: str, *, language: str = "de", home: Sequence[Place] = ()) -> PlaceReading:
        return self.read(text, language=language)

    def position(self, offering: Offering) -> tuple[float, float] | None:
        if offering.latitude is not None and offering.longitude is not None:
            return offering.latitude, offering.longitude
        town = _TOWNS.get((offering.city or "").lower())
        return (town.latitude, town.longitude) if town else None

    def homes(self, alliances: Callable[[], list[Alliance]], generation: int) -> tuple[Place, ...]:
        return ()
