"""A gateway over hand-written fakes: a small knowledge base that understands a few words, and an assistant that obeys."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from knowledge import Alliance, Answer, Conversation, Match, Offering, Place, PlaceReading, Query, Understanding
from knowledge.taxonomy import load_taxonomy
from knowledge.values import Reason
from widget import create_app
from widget.conversation.assistant import AssistantAwayError, AssistantRequest, State
from widget.conversation.rasa_reply import AssistantReply, read_reply
from widget.conversation.turn import Gateway
from widget.settings import WebSettings

KOETHEN = Place(
    name="Köthen", latitude=51.75, longitude=11.97, kind="town", postal_code="06366", region="Sachsen-Anhalt"
)
HALLE_SAALE = Place(name="Halle (Saale)", latitude=51.48, longitude=11.97, kind="town", region="Sachsen-Anhalt")
HALLE_WEST = Place(name="Halle (Westfalen)", latitude=52.06, longitude=8.36, kind="town", region="Nordrhein-Westfalen")
QUOTED = "a database error may quote what it was to store: Krippe in Köthen"
MARKUP = "<img src=x onerror=alert(1)>"


def offering(**fields: object) -> Offering:
    return Offering(
        **{
            "id": "krippe-1",
            "alliance": "abi",
            "title": "Krippe Spatzennest",
            "categories": ("daycare",),
            "city": "Köthen",
            "postal_code": "06366",
            "street": "Lindenstraße 14",
            "phone": "030 23125 104",
            "languages": ("de", "tr"),
            "age_min": 0.25,
            "age_max": 3,
            "schedule": "Mo–Fr 6.30–17.00",
            "checked_on": date(2026, 8, 19),
            "free": True,
            **fields,
        }
    )


@dataclass
class FakePlaces:
    known: dict[str, PlaceReading]

    def resolve(self, text: str, *, language: str, home: object = ()) -> PlaceReading:
        return self.known.get(text, PlaceReading(unknown=text))

    def read(self, text: str) -> PlaceReading:
        for name, reading in self.known.items():
            if name in text:
                return replace(reading, written=name)
        return PlaceReading()

    def homes(self, alliances: Callable[[], object], generation: int) -> tuple[Place, ...]:
        return ()


@dataclass
class FakeReader:
    """Knows three needs by one word each; every other word is residue that tells nothing."""

    places: FakePlaces
    asked_for_place: list[bool] = field(default_factory=list)

    def read(
        self, text: str, *, language: str, today: date, home: object = (), place_expected: bool = False,
        age_expected: bool = False,
    ) -> Understanding:  # fmt: skip
        self.asked_for_place.append(place_expected)
        where = self.places.read(text)
        rest = text.replace(where.written, "") if where.written else text
        residue = tuple(
            word for word in rest.lower().split() if not word.isdigit() and word not in {"ich", "in", "wohne"}
        )
        needs = {}
        if residue:
            needs = {"daycare.creche": 0.9} if "krippe" in rest.lower() else {"unrelated": 0.4}
            needs = {"unrelated": 0.9} if "wetter" in rest.lower() else needs
        ages = (2.0,) if "zwei Jahre" in rest else ()
        if age_expected and rest.isdigit():
            ages = (float(rest),)
        return Understanding(
            language=language, needs=needs, where=where, residue=residue, free=True if "kostenlos" in rest else None,
            ages=ages, courtesy=text.lower().strip("!") in {"danke", "hallo", "ok"},
        )  # fmt: skip


@dataclass
class FakeIdentifier:
    """Knows each language by a word or two."""

    marks: dict[str, str] = field(
        default_factory=lambda: {"çocuk": "tr", "kreş": "tr", "ich": "de", "looking": "en", "أبحث": "ar"}
    )

    def reads(self, text: str) -> bool:
        return "guardería" not in text

    def identify(self, text: str, *, default: str) -> str:
        return next((language for mark, language in self.marks.items() if mark in text.lower().split()), default)


@dataclass
class FakeSearch:
    matches: tuple[Match, ...]
    no_good_answer: bool = False
    total: int | None = None
    asked: list[Query] = field(default_factory=list)

    def __call__(self, query: Query) -> Answer:
        self.asked.append(query)
        place = query.near if isinstance(query.near, Place) else None
        if query.near in {"06366", "Köthen"}:
            place = KOETHEN
        understood = Understanding(language="de", needs={"daycare.creche": 0.9}, ages=query.ages)
        shown = self.matches[query.offset : query.offset + query.limit]
        return Answer(
            understood=understood, matches=shown, total=self.total or len(self.matches), no_good_answer=self.no_good_answer,
            place=place,
        )  # fmt: skip


@dataclass
class FakeStore:
    offers: list[Offering]
    partners: list[Alliance]

    def generation(self) -> int:
        return 1

    def offering(self, offering_id: str) -> Offering | None:
        return next((one for one in self.offers if one.id == offering_id), None)

    def alliances(self) -> list[Alliance]:
        return self.partners


@dataclass
class FakeConversations:
    kept: dict[str, Conversation] = field(default_factory=dict)

    def find(self, conversation_id: str) -> Conversation | None:
        return self.kept.get(conversation_id)

    def keep(self, conversation: Conversation) -> None:
        self.kept[conversation.id] = conversation

    def delete(self, conversation_id: str) -> None:
        self.kept.pop(conversation_id, None)


@dataclass
class FakeFeedback:
    given: list[dict[str, object]] = field(default_factory=list)

    def give(self, **word: object) -> None:
        self.given.append(word)


@dataclass
class FakeAssistant:
    """Answers with what it is told to; with nothing told it is away."""

    raw: list[dict[str, object]] | None = None
    current: State = "ready"
    delay_s: float = 0.0
    asked: list[AssistantRequest] = field(default_factory=list)

    def reply(self, request: AssistantRequest) -> AssistantReply:
        self.asked.append(request)
        time.sleep(self.delay_s)
        if self.raw is None:
            raise AssistantAwayError("told to be away")
        return read_reply(self.raw)

    def state(self) -> State:
        return self.current


@dataclass(frozen=True)
class FakeCrisis:
    language: str
    leaves_time: bool = False

    def replies(self, language: str) -> list[str]:
        return [f"112 ({language})", "0800 111 0 111"]


def check_crisis(text: str, language: str) -> FakeCrisis | None:
    tired = "müde" in text
    return FakeCrisis(language, leaves_time=tired) if tired or "sterben" in text else None


def down(*_: object, **__: object) -> None:
    raise ConnectionError(QUOTED)


@pytest.fixture
def knowledge() -> SimpleNamespace:
    places = FakePlaces(
        {
            "06366": PlaceReading(place=KOETHEN),
            "Köthen": PlaceReading(place=KOETHEN),
            "51.750,11.970": PlaceReading(place=KOETHEN),
            "Halle (Saale)": PlaceReading(place=HALLE_SAALE),
            "Halle": PlaceReading(options=(HALLE_SAALE, HALLE_WEST)),
            "Atlantis": PlaceReading(unknown="Atlantis"),
        }
    )
    offers = [offering(id=f"krippe-{n}", title=f"Krippe {n}") for n in range(1, 6)]
    match = [
        Match(offering=one, score=3.0, distance_km=3.2, reasons=(Reason(code="age_fits"),), open_now=True)
        for one in offers
    ]
    abi = Alliance(
        id="abi", name="Bündnis Anhalt-Bitterfeld (Demo)", covers=("063", "06366"), phone="030 23125 110",
        email="kontakt@abi.example.org", website="https://abi.example.org/",
    )  # fmt: skip
    return SimpleNamespace(
        places=places,
        reader=FakeReader(places),
        identifier=FakeIdentifier(),
        search=FakeSearch(tuple(match)),
        store=FakeStore(
            offers, [abi, Alliance(id="saale", name="Bündnis Saalekreis", covers=("06",), phone="030 23125 300")]
        ),
        conversations=FakeConversations(),
        feedback=FakeFeedback(),
        taxonomy=load_taxonomy(),
        settings=SimpleNamespace(current_date=lambda: date(2026, 11, 22), retention_days=30),
    )


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def app(knowledge: SimpleNamespace, assistant: FakeAssistant) -> Flask:
    gateway = Gateway(knowledge=knowledge, assistant=assistant, check_crisis=check_crisis)
    return create_app(gateway, WebSettings(rate_limit="5 per minute"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def say(client: FlaskClient) -> Callable[..., dict]:
    """Send a message in one conversation and return the answer's JSON."""

    def send(message: str, *, conversation: str = "conversation-1", **more: object) -> dict:
        answer = client.post("/api/chat", json={"conversation": conversation, "message": message, **more})
        assert answer.status_code == 200, answer.json
        return answer.json

    return send


@pytest.fixture
def fakes() -> SimpleNamespace:
    """What a test may need to build or break by itself."""
    return SimpleNamespace(
        koethen=KOETHEN, halle_saale=HALLE_SAALE, halle_west=HALLE_WEST, offering=offering, down=down, markup=MARKUP
    )
