"""The console over a real SQLite store, with two alliances and one account of each role."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from console.accounts import passwords
from console.app import add_console
from console.imports.tasks import work_on
from console.imports.worker import Worker
from knowledge import Knowledge, open_knowledge, read_settings
from knowledge.store import Asked, AskedInVain
from knowledge.values import Alliance, Guide, Offering
from lotse.ports import free_port
from widget import create_app
from widget.conversation.assistant import AssistantAwayError
from widget.conversation.turn import Gateway
from widget.settings import WebSettings

PASSWORD = "ein Satz über Igel"
DIGEST = passwords.digest(PASSWORD)
ACCOUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "office": ("service_office", ()),
    "anna": ("coordinator", ("koethen",)),
    "ben": ("coordinator", ("halle",)),
    "helga": ("helper", ("koethen",)),
    "rita": ("reader", ("koethen",)),
}
KITA = Asked(text="Kita in Köthen", language="de")
GUIDE = """# Geld

## Elterngeld
Elterngeld beantragen Sie nach der Geburt bei der Elterngeldstelle. Die Geburtsurkunde legen Sie bei.

## Kita
Den Platz in der Kita merken Sie neun Monate vorher im Portal der Stadt vor."""
# A whole form.
FIELDS: dict[str, Any] = {
    "alliance": "koethen", "title": "Eltern-Café", "description": "Kaffee und Rat.",
    "categories": ["parenting_group", "family_counselling"],
    "provider": "Mehrgenerationenhaus", "street": "Marktplatz 1", "postal_code": "06366", "city": "Köthen (Anhalt)",
    "age_min": "0,5", "age_max": "3", "languages": ["de", "tr"], "other_languages": "Kurdisch", "format": "on_site",
    "schedule": "dienstags 9 bis 11 Uhr", "opening_hours": "Tu 09:00-11:00", "cost": "", "free": "yes", "wheelchair": "no",
    "phone": "03496 5551", "email": "cafe@example.org", "url": "www.example.org/cafe", "checked_on": "2026-11-20",
    "title_tr": "Ebeveyn kafesi", "description_tr": "Kahve ve danışmanlık.",
}  # fmt: skip


class AwayAssistant:
    def reply(self, request: object) -> Any:
        raise AssistantAwayError("away")

    def state(self) -> str:
        return "down"


@dataclass
class Person:
    """Somebody with a browser that keeps cookies and fills in forms as they stand on the page."""

    client: FlaskClient
    token: str = ""
    html: str = ""

    def get(self, path: str) -> TestResponse:
        return self._seen(self.client.get(path))

    def post(self, path: str, **fields: Any) -> TestResponse:
        return self._seen(self.client.post(path, data={"form_token": self.token, **fields}))

    def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        self.get("/console/sign-in")
        answer = self.post("/console/sign-in", email=f"{name}@example.org", password=password, **fields)
        if answer.status_code == 302:
            self.get("/console/account/")
        return answer

    @property
    def text(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    def _seen(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype != "text/html":
            return answer  # a file
        self.html = answer.get_data(as_text=True)
        found = re.search(r'name="form_token" value="([^"]+)"', self.html)
        self.token = found.group(1) if found else self.token
        return answer


@dataclass
class Indexed:
    """Counts how often the index was asked to follow."""

    times: int = 0

    def __call__(self) -> None:
        self.times += 1


def save_question(
    knowledge: Knowledge, asked: Asked = KITA, offering: str = "kita-sonne", alliance: str = "koethen"
) -> int:
    return knowledge.saved_questions.add(asked, offering=offering, alliance=alliance).id


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with everything in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("stocked")
    found = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(folder)}))
    found.store.put(
        [
            Alliance(id="koethen", name="Bündnis Köthen", city="Köthen (Anhalt)", postal_code="06366", covers=("063",)),
            Alliance(id="halle", name="Bündnis Halle", city="Halle (Saale)", postal_code="06108"),
            Offering(
                id="kita-sonne", alliance="koethen", title="Kita Sonne", categories=("daycare",), city="Köthen",
                postal_code="06366", phone="03496 123456",
            ),
            Offering(id="kita-fremd", alliance="halle", title="Kita Fremd", categories=("daycare",), city="Halle"),
            Guide(id="weg-koethen", alliance="koethen", language="de", title="Wegweiser Köthen", text=GUIDE),
            Guide(id="weg-halle", alliance="halle", language="de", title="Wegweiser Halle", text="# Halle\n\nIn Halle."),
            Guide(id="weg-ueberall", language="de", title="Wegweiser Deutschland", text="# Überall\n\nÜberall."),
        ],
        editor="import",
    )  # fmt: skip
    for alliance in ("koethen", "halle"):
        found.questions.leave(
            alliance=alliance, conversation="c1", language="ar", text=f"هل توجد حضانة؟ ({alliance})",
            contact="maryam@example.org", keep_for=timedelta(days=30),
        )  # fmt: skip
        found.spreadsheet_imports.begin(
            alliance=alliance,
            editor="office@example.org",
            file_name="liste.csv",
            content=b"Titel;Kategorie\nHort;Hort\n",
        )
    for alliance, offering in (("koethen", "kita-sonne"), ("halle", "kita-fremd")):
        asked = Asked(text=f"Kita für mein Kind ({alliance})", language="de", near="06366")
        found.saved_questions.add(asked, offering=offering, alliance=alliance)
        found.in_vain.record(AskedInVain(language="de", need="carers", alliance=alliance), conversation=None)
        found.learnt_names.add(
            f"Jurte {alliance}", language="de", code="leisure", alliance=alliance, by="anna@example.org"
        )
    for offering in ("kita-sonne", "kita-fremd"):
        found.notes.leave(offering, version=0, author="someone@example.org", text=f"Stimmt nicht ({offering})")
    for name, (role, alliances) in ACCOUNTS.items():
        account = found.accounts.add(f"{name}@example.org", role=role, alliances=alliances, name=name.title())  # type: ignore[arg-type]
        found.accounts.set_password(account.id, DIGEST)
    with sqlite3.connect(folder / "lotse.sqlite") as source, sqlite3.connect(folder / "copy.sqlite") as copy:
        source.backup(copy)
    return folder / "copy.sqlite"


@pytest.fixture(scope="session")
def models(prepared: Path) -> Mapping[str, object]:
    """What reads words and languages: slow to load, and the same over every store."""
    lent = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(prepared)}))
    return {"encoder": lent.encoder, "classifier": lent.classifier, "identifier": lent.identifier}


@pytest.fixture
def knowledge(stocked: Path, tmp_path: Path, prepared: Path, models: Mapping[str, object]) -> Knowledge:
    for name in ("places.sqlite", "models"):
        (tmp_path / name).symlink_to(prepared / name)
    shutil.copy(stocked, tmp_path / "lotse.sqlite")
    opened = open_knowledge(read_settings({"LOTSE_DATA_DIR": str(tmp_path)}))
    vars(opened).update(models)  # as if its cached properties had been asked for
    return opened


@pytest.fixture
def searched(knowledge: Knowledge) -> Knowledge:
    """The store with an index, and without the questions that every test of the console begins with."""
    for one in knowledge.saved_questions.all():
        knowledge.saved_questions.delete(one.id)
    knowledge.index()
    return knowledge


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(rate_limit="10000 per minute")


@pytest.fixture
def indexed() -> Indexed:
    return Indexed()


@pytest.fixture
def app(knowledge: Knowledge, settings: WebSettings, indexed: Indexed) -> Flask:
    gateway = Gateway(knowledge=knowledge, assistant=AwayAssistant(), check_crisis=lambda text, language: None)  # type: ignore[arg-type]
    made = create_app(gateway, settings)
    add_console(made, settings, reindex=indexed)
    return made


@pytest.fixture
def person(app: Flask) -> Callable[..., Person]:
    """Return somebody new, signed in when a name is given."""

    def make(name: str | None = None) -> Person:
        one = Person(app.test_client())
        if name is not None:
            assert one.sign_in(name).status_code == 302, one.text
        return one

    return make


@pytest.fixture
def mails() -> list[EmailMessage]:
    """What the postbox has taken."""
    return []


@pytest.fixture
def postbox(mails: list[EmailMessage]) -> Iterator[Controller]:
    """A mail server that takes everything, until a test stops it."""

    class Postbox:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[attr-defined, arg-type]
            return "250 OK"

    controller = Controller(Postbox(), "127.0.0.1", free_port(8475))
    controller.start()
    yield controller
    if controller.loop.is_running():
        controller.stop()


@pytest.fixture
def worker(knowledge: Knowledge, indexed: Indexed) -> Worker:
    for one in knowledge.spreadsheet_imports.all():
        knowledge.spreadsheet_imports.discard(one.id, seen=("reading",))
    return Worker(knowledge=knowledge, reindex=indexed, apart=lambda claim: work_on(knowledge, claim))


@pytest.fixture
def anna(person: Callable[..., Person]) -> Person:
    return person("anna")
