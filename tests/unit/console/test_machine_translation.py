"""Machine translation: a proposal for one, a bounded order for all that is missing, and what is said when it fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from console.translations.machine_work import work_on_wishes
from console.translations.translator import Translator
from knowledge import Knowledge, Offering
from knowledge.translation import Translation
from tests.unit.console.conftest import Indexed, Person
from tests.unit.console.translating import TranslationServer, running_server
from widget.settings import TranslatorSettings, WebSettings

MakePerson = Callable[..., Person]
KITA = "/console/translations/kita-sonne"
ORDER = "/console/translations/machine/"


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def settings(server: TranslationServer) -> WebSettings:
    translator = TranslatorSettings(kind="libretranslate", url=f"{server.url}/translate")
    return WebSettings(rate_limit="10000 per minute", translator=translator)


@pytest.fixture
def work(knowledge: Knowledge, settings: WebSettings, indexed: Indexed) -> Callable[[], None]:
    assert settings.translator
    translator = Translator(settings.translator)
    return lambda: work_on_wishes(knowledge, translator, indexed)


def _add(knowledge: Knowledge, *ids: str, **fields: Any) -> None:
    offerings = [Offering(id=one, alliance="koethen", title=one, categories=("daycare",), **fields) for one in ids]
    knowledge.store.put(offerings, editor="import")


def _turkish(knowledge: Knowledge) -> dict[str, Translation | None]:
    return {one.id: one.translations.get("tr") for one in knowledge.store.offerings()}


def test_a_proposal_is_shown_and_saved_only_by_a_person(
    person: MakePerson, knowledge: Knowledge, server: TranslationServer
) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    form = {"language": "tr", "version": "1", "title": "", "description": ""}
    assert anna.post(KITA, **form, do="machine").status_code == 200
    assert 'value="[tr] Kita Sonne"' in anna.html
    assert "Vorschlag der Maschine, noch nicht gespeichert" in anna.text
    assert _turkish(knowledge)["kita-sonne"] is None
    proposed = {**form, "title": "[tr] Kita Sonne", "by_machine": "yes"}
    anna.post(KITA, **proposed, do="keep_machine")
    assert _turkish(knowledge)["kita-sonne"] == Translation(title="[tr] Kita Sonne", machine=True)
    anna.post(KITA, **{**proposed, "version": "2"}, do="save")
    assert _turkish(knowledge)["kita-sonne"] == Translation(title="[tr] Kita Sonne")


def test_a_failure_is_said_and_nothing_typed_is_lost(person: MakePerson, server: TranslationServer) -> None:
    anna = person("anna")
    anna.get(f"{KITA}?language=tr")
    server.fails = (456, {})
    answer = anna.post(KITA, language="tr", version="1", title="Meine Worte", description="Noch mehr", do="machine")
    assert answer.status_code == 502
    assert "Kontingent beim Übersetzungsdienst ist verbraucht" in anna.text
    assert 'value="Meine Worte"' in anna.html
    assert "Noch mehr" in anna.html


def test_all_that_is_missing_is_translated_in_the_background(
    person: MakePerson, knowledge: Knowledge, server: TranslationServer, work: Callable[[], None], indexed: Indexed
) -> None:
    _add(knowledge, "a", description="Spiel", translations={"tr": {"title": "Menschenwort"}})
    _add(knowledge, "b", translations={"tr": {"title": "Fertig"}})
    anna = person("anna")
    anna.get("/console/translations/?language=tr")
    assert "Alles, was auf Türkisch fehlt" in anna.text
    anna.get(anna.post(ORDER, language="tr").location)
    assert "Der Auftrag läuft" in anna.text
    assert "0 von 2" in anna.text
    assert anna.post(ORDER, language="tr").location.endswith("said=machine_already")
    work()
    assert _turkish(knowledge) == {
        "a": Translation(title="Menschenwort", description="[tr] Spiel", machine=True),
        "b": Translation(title="Fertig"),
        "kita-fremd": None,
        "kita-sonne": Translation(title="[tr] Kita Sonne", machine=True),
    }
    assert indexed.times == 1
    assert knowledge.editions.history("kita-sonne")[-1].editor == "anna@example.org"
    anna.get("/console/translations/?language=tr")
    assert "fertig , 2 von 2" in anna.text
    assert anna.post(ORDER, language="tr").location.endswith("said=machine_nothing")
    ben = person("ben")
    ben.get("/console/translations/?language=tr")
    assert "Ihre letzten Aufträge" not in ben.text


def test_an_order_ends_with_its_reason_and_goes_on_where_it_ended(
    person: MakePerson, knowledge: Knowledge, server: TranslationServer, work: Callable[[], None]
) -> None:
    _add(knowledge, "a", "b", "c")
    anna = person("anna")
    anna.get("/console/translations/?language=tr")
    anna.post(ORDER, language="tr")
    answered = server.answer

    def twice(path: str, body: Any, headers: Any) -> tuple[int, Any]:
        return answered(path, body, headers) if len(server.asked) < 2 else (403, {"error": "Invalid API key"})

    server.answer = twice  # type: ignore[method-assign]
    work()
    anna.get("/console/translations/?language=tr")
    assert "abgebrochen , 2 von 4" in anna.text
    assert "nimmt unseren Schlüssel nicht an" in anna.text
    server.answer = answered  # type: ignore[method-assign]
    anna.post(ORDER, language="tr")
    work()
    assert sum(one is not None for one in _turkish(knowledge).values()) == 4
    assert len(server.asked) == 4, "what is done is not done again"


def test_one_text_that_makes_no_sense_is_left_out_and_the_rest_goes_on(
    person: MakePerson, knowledge: Knowledge, server: TranslationServer, work: Callable[[], None]
) -> None:
    _add(knowledge, "a", "b")
    anna = person("anna")
    anna.get("/console/translations/?language=tr")
    anna.post(ORDER, language="tr")
    answered = server.answer
    odd = {"a": (200, {"translatedText": []}), "b": (200, {"translatedText": ["x" * 600]})}
    server.answer = lambda path, body, headers: odd.get(body["q"][0]) or answered(path, body, headers)  # type: ignore[method-assign]
    work()
    [job] = knowledge.translation_jobs.of("anna@example.org")
    assert (job.state, job.done, job.skipped, job.fault) == ("finished", 1, 2, None)


def test_who_may_not_publish_orders_nothing_and_nobody_orders_for_others(
    person: MakePerson, knowledge: Knowledge, server: TranslationServer, work: Callable[[], None]
) -> None:
    helga = person("helga")
    helga.get("/console/translations/?language=tr")
    assert "höchstens 100" not in helga.text
    assert helga.post(ORDER, language="tr").status_code == 403
    anna = person("anna")
    anna.get("/console/translations/")
    assert anna.post(ORDER, language="tr", alliance="halle").location.endswith("machine_nothing")
    assert anna.post(ORDER, language="xx").location == "/console/translations/"
    work()
    assert server.asked == []


def test_a_draft_is_translated_and_stays_a_draft(
    person: MakePerson, knowledge: Knowledge, work: Callable[[], None], indexed: Indexed
) -> None:
    _add(knowledge, "a")
    present = knowledge.editions.one("a")
    assert present
    knowledge.editions.save(
        present.offering.model_copy(update={"title": "Neu"}), state="draft", editor="x", read_version=1
    )
    anna = person("anna")
    anna.get("/console/translations/")
    anna.post(ORDER, language="tr")
    work()
    edition = knowledge.editions.one("a")
    assert edition
    assert (edition.state, edition.offering.translations["tr"].title) == ("draft", "[tr] Neu")
    assert _turkish(knowledge)["a"] is None
