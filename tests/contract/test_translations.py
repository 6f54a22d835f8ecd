"""What is out of date is read from the history, whoever wrote it, in every database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from knowledge.errors import UnknownRecordError
from knowledge.store import Editions, Store, TranslationJobs, Translations
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]
TURKISH = {"tr": {"title": "Güneş"}}
ARABIC = {"ar": {"title": "شمس"}}


@pytest.fixture
def editions(engine: Engine, store: Store, koethen: Alliance) -> Editions:
    store.put([koethen], editor="anna")
    return Editions(engine)


@pytest.fixture
def translations(engine: Engine) -> Translations:
    return Translations(engine)


@pytest.fixture
def write(editions: Editions, make_offering: MakeOffering) -> Callable[..., Offering]:
    """Write the next version of the Kita."""

    def written(title: str, translations: Any, state: str = "published", **more: Any) -> Offering:
        found, offering = editions.one("kita-sonne"), make_offering(title=title, translations=translations)
        editions.save(offering, state=state, editor="anna", read_version=found.version if found else 0, **more)  # type: ignore[arg-type]
        return offering

    return written


def _outdated(translations: Translations, offering: Offering) -> set[str]:
    return set(translations.outdated([offering]).get(offering.id, ()))


def test_what_was_there_from_the_beginning_is_up_to_date(
    editions: Editions, store: Store, translations: Translations, make_offering: MakeOffering
) -> None:
    offering = make_offering(translations=TURKISH)
    store.put([offering], editor="import")
    assert translations.outdated([offering]) == {}
    assert translations.made_from(offering, "tr") == ("Kita Sonne", "")


def test_a_translation_is_outdated_when_the_german_text_alone_changed(
    write: Callable[..., Offering], translations: Translations
) -> None:
    write("Kita Sonne", TURKISH | ARABIC)
    later = write("Kita Mond", {"tr": {"title": "Ay"}} | ARABIC)
    assert _outdated(translations, later) == {"ar"}
    assert translations.made_from(later, "ar") == ("Kita Sonne", "")
    assert translations.made_from(later, "tr") == ("Kita Mond", "")
    assert translations.made_from(later, "uk") is None


def test_an_import_counts_like_any_other_edit(
    editions: Editions, store: Store, translations: Translations, make_offering: MakeOffering
) -> None:
    store.put([make_offering(translations=TURKISH)], editor="import")
    changed = make_offering(title="Kita Mond", translations=TURKISH)
    store.put([changed], editor="import")
    assert _outdated(translations, changed) == {"tr"}
    both = make_offering(title="Kita Mond", translations={"tr": {"title": "Ay"}})
    store.put([both], editor="import")
    assert _outdated(translations, both) == set()


def test_other_fields_and_blanks_do_not_make_it_outdated(
    write: Callable[..., Offering], store: Store, translations: Translations, make_offering: MakeOffering
) -> None:
    write("Kita Sonne", TURKISH)
    other = make_offering(title="Kita  Sonne", phone="1", translations=TURKISH)
    store.put([other], editor="import")
    assert _outdated(translations, other) == set()


def test_taking_the_german_text_back_makes_it_right_again(
    write: Callable[..., Offering], translations: Translations
) -> None:
    write("Kita Sonne", TURKISH)
    assert _outdated(translations, write("Kita Mond", TURKISH)) == {"tr"}
    assert _outdated(translations, write("Kita Sonne", TURKISH)) == set()


def test_what_came_with_a_draft_that_was_thrown_away_counts_no_more(
    write: Callable[..., Offering], editions: Editions, translations: Translations
) -> None:
    write("Kita Sonne", TURKISH)
    draft = write("Kita Mond", {"tr": {"title": "Ay"}}, state="draft")
    assert _outdated(translations, draft) == set()
    editions.discard("kita-sonne", editor="anna", read_version=2)
    # The old translation again beside another German text: nobody wrote it for that.
    assert _outdated(translations, write("Kita Stern", TURKISH)) == {"tr"}


def test_an_import_over_a_draft_is_no_new_translation(
    write: Callable[..., Offering], store: Store, translations: Translations, make_offering: MakeOffering
) -> None:
    write("Kita Sonne", TURKISH)
    write("Kita Mond", {"tr": {"title": "Ay"}}, state="draft")
    imported = make_offering(title="Kita Stern", translations=TURKISH)
    store.put([imported], editor="import")
    assert _outdated(translations, imported) == {"tr"}


def test_a_translation_made_from_an_older_text_is_outdated_at_once(
    write: Callable[..., Offering], translations: Translations
) -> None:
    write("Kita Sonne", {})
    write("Kita Mond", {})
    assert translations.version_of("kita-sonne", (" Kita   Sonne", None)) == 1
    assert translations.version_of("kita-sonne", ("Kita Stern", None)) == 0
    late = write("Kita Mond", TURKISH | ARABIC, translated_from={"tr": 1, "ar": 0})
    assert _outdated(translations, late) == {"tr", "ar"}
    assert translations.made_from(late, "tr") == ("Kita Sonne", "")
    assert translations.made_from(late, "ar") is None


def test_what_somebody_compared_is_up_to_date(write: Callable[..., Offering], translations: Translations) -> None:
    write("Kita Sonne", TURKISH | ARABIC)
    later = write("Kita Mond", TURKISH | ARABIC)
    translations.compare(later, "tr")
    assert _outdated(translations, later) == {"ar"}
    assert _outdated(translations, write("Kita Stern", TURKISH | ARABIC)) == {"tr", "ar"}


def test_what_somebody_compared_after_a_draft_was_thrown_away_is_up_to_date(
    write: Callable[..., Offering], editions: Editions, translations: Translations
) -> None:
    write("Kita Sonne", TURKISH)
    later = write("Kita Mond", TURKISH)
    write("Kita Stern", TURKISH, state="draft")
    editions.discard("kita-sonne", editor="anna", read_version=3)
    translations.compare(later, "tr")
    assert _outdated(translations, later) == set()


@pytest.fixture
def jobs(engine: Engine) -> TranslationJobs:
    return TranslationJobs(engine)


def test_one_wish_a_person_and_language_at_a_time(jobs: TranslationJobs) -> None:
    assert jobs.ask(language="tr", alliances=["koethen"], editor="anna", total=3)
    assert not jobs.ask(language="tr", alliances=None, editor="anna", total=3)
    assert jobs.ask(language="ar", alliances=None, editor="anna", total=2)
    assert [(one.language, one.alliances, one.total) for one in jobs.of("anna")] == [
        ("ar", None, 2),
        ("tr", ("koethen",), 3),
    ]
    assert jobs.of("ben") == []


def test_of_several_processes_one_takes_a_wish(jobs: TranslationJobs) -> None:
    jobs.ask(language="tr", alliances=["koethen"], editor="anna", total=3)
    with ThreadPoolExecutor(4) as threads:
        taken = [one for one in threads.map(lambda _: jobs.claim(), range(4)) if one]
    assert [(one.language, one.state) for one in taken] == [("tr", "running")]


def test_a_wish_whose_process_died_is_taken_again_and_a_finished_one_is_not(jobs: TranslationJobs) -> None:
    jobs.ask(language="tr", alliances=["koethen"], editor="anna", total=3)
    now = datetime.now(UTC)
    first = jobs.claim(now=now)
    assert first
    assert jobs.claim(now=now + timedelta(minutes=1)) is None
    again = jobs.claim(now=now + timedelta(minutes=10))
    assert again
    assert again.id == first.id
    jobs.note(first.id, done=1, skipped=1, state="failed", fault="quota")
    assert jobs.claim(now=now + timedelta(hours=1)) is None
    [found] = jobs.of("anna")
    assert (found.done, found.skipped, found.state, found.fault) == (1, 1, "failed", "quota")
    for ended in (first.id, 99):
        with pytest.raises(UnknownRecordError):
            jobs.note(ended, done=0, skipped=0)
    assert jobs.of("anna") == [found]


def test_old_wishes_are_forgotten(jobs: TranslationJobs) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=31)
    jobs.ask(language="tr", alliances=[], editor="anna", total=1, now=long_ago)
    assert jobs.ask(language="tr", alliances=[], editor="anna", total=2)
    assert [one.total for one in jobs.of("anna")] == [2]
