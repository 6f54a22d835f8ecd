"""Imports of spreadsheets in every database: who works on one, and that it is written whole or not at all, and undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from knowledge.errors import LeaseLostError
from knowledge.store import Claim, Editions, Line, SpreadsheetImports, SpreadsheetLines, Store
from knowledge.store.tables import SpreadsheetImportRow
from knowledge.values import Alliance, Offering

MakeOffering = Callable[..., Offering]


@pytest.fixture
def imports(engine: Engine, store: Store, koethen: Alliance) -> SpreadsheetImports:
    store.put([koethen], editor="import")
    return SpreadsheetImports(engine)


@pytest.fixture
def lines(engine: Engine) -> SpreadsheetLines:
    return SpreadsheetLines(engine)


def _begun(imports: SpreadsheetImports) -> int:
    return imports.begin(alliance="koethen", editor="anna", file_name="liste.csv", content=b"x")


def _claimed(imports: SpreadsheetImports) -> Claim:
    claim = imports.claim()
    assert claim is not None
    return claim


def _line(kind: str, offering: Offering, *, version: int = 0, before: Offering | None = None) -> Line:
    return Line(
        kind=kind, line=2, title=offering.title, record_id=offering.id, version=version,  # type: ignore[arg-type]
        before=before and before.model_dump(mode="json"),
        content=None if kind == "missing" else offering.model_dump(mode="json"),
    )  # fmt: skip


def _checked(
    imports: SpreadsheetImports, lines: SpreadsheetLines, found: list[Line], *, withdraws: bool = False
) -> int:
    """Bring an import with these lines to where it is to be written."""
    id_ = _begun(imports)
    imports.read(_claimed(imports), [{"name": "", "columns": [], "rows": len(found)}], b"rows")
    assert imports.turn(id_, "checking", seen=("mapping",), mapping={"columns": {}})
    claim = _claimed(imports)
    lines.clear(claim)
    lines.add(claim, found, first=0, done=len(found), total=len(found))
    imports.finish(claim, state="checked", counts={"added": 1})
    assert imports.turn(id_, "applying", seen=("checked",), withdraws=withdraws)
    return id_


def _state(imports: SpreadsheetImports, id_: int) -> str:
    found = imports.one(id_)
    assert found is not None
    return found.state


def test_of_workers_at_once_one_gets_the_work(imports: SpreadsheetImports) -> None:
    _begun(imports)
    with ThreadPoolExecutor(8) as threads:
        claims = [one for one in threads.map(lambda _: imports.claim(), range(8)) if one]
    assert [one.task for one in claims] == ["reading"]


def test_work_of_a_worker_that_died_is_taken_up_after_its_lease_and_the_dead_can_no_longer_write(
    imports: SpreadsheetImports, engine: Engine
) -> None:
    _begun(imports)
    dead = _claimed(imports)
    assert imports.claim() is None
    imports.release(dead, after=timedelta(seconds=-1))
    heir = _claimed(imports)
    with pytest.raises(LeaseLostError):
        imports.read(dead, [], b"")
    imports.read(heir, [{"name": "", "columns": [], "rows": 1}], b"rows")
    assert imports.content(heir.import_id) == b"rows"


def test_work_that_breaks_off_each_time_has_failed_and_says_so(imports: SpreadsheetImports) -> None:
    id_ = _begun(imports)
    for _ in range(3):
        imports.release(_claimed(imports), after=timedelta(seconds=-1))
    assert imports.claim() is None
    failed = imports.one(id_)
    assert failed is not None
    assert (failed.state, failed.problem) == ("failed", "gave_up")


def test_an_import_is_written_with_its_editor_and_undone_again(
    imports: SpreadsheetImports, lines: SpreadsheetLines, store: Store, make_offering: MakeOffering
) -> None:
    old, gone, back = make_offering(), make_offering("gone"), make_offering("back")
    store.put([old, gone, back], editor="import")
    store.withdraw("back", editor="import")
    new, changed = make_offering("new", title="Neu"), make_offering(title="Kita Mond")
    id_ = _checked(
        imports, lines,
        [
            _line("added", new), _line("changed", changed, version=1, before=old), _line("returned", back, version=2, before=back),
            _line("missing", gone, version=1, before=gone),
        ],
        withdraws=True,
    )  # fmt: skip
    generation = store.generation()
    assert lines.write(_claimed(imports))
    assert store.offerings() == [back, changed, new]
    assert store.generation() > generation
    assert [(one.version, one.editor, one.state) for one in store.revisions("offering", "gone")][-1] == (
        2,
        "anna",
        "withdrawn",
    )
    assert imports.content(id_) is None
    assert _claimed(imports).task == "indexing"
    imports.turn(id_, "undoing", seen=("applied",), undone_by="ben")
    lines.restore(_claimed(imports))
    assert store.offerings() == [gone, old]
    assert _state(imports, id_) == "undone"
    assert [(one.version, one.editor) for one in store.revisions("offering", "kita-sonne")] == [
        (1, "import"),
        (2, "anna"),
        (3, "ben"),
    ]


def test_what_is_missing_stays_unless_it_was_to_be_withdrawn(
    imports: SpreadsheetImports, lines: SpreadsheetLines, store: Store, make_offering: MakeOffering
) -> None:
    store.put([make_offering()], editor="import")
    _checked(imports, lines, [_line("missing", make_offering(), version=1, before=make_offering())])
    assert lines.write(_claimed(imports))
    assert store.offerings() == [make_offering()]


def test_an_offering_edited_meanwhile_stops_the_whole_import_and_is_named(
    imports: SpreadsheetImports, lines: SpreadsheetLines, store: Store, make_offering: MakeOffering
) -> None:
    store.put([make_offering()], editor="import")
    found = [
        _line("added", make_offering("new")),
        _line("changed", make_offering(title="Zwei"), version=1, before=make_offering()),
    ]
    id_ = _checked(imports, lines, found)
    store.put([make_offering(title="Drei")], editor="ben")
    assert not lines.write(_claimed(imports))
    assert [one.title for one in store.offerings()] == ["Drei"]
    again = imports.one(id_)
    assert again is not None
    assert (again.state, again.problem, again.counts["edited"]) == ("checking", "edited_meanwhile", ["Zwei"])


def test_drafts_beside_are_kept_and_count_as_edits_when_undoing(
    engine: Engine, imports: SpreadsheetImports, lines: SpreadsheetLines, store: Store, make_offering: MakeOffering
) -> None:
    editions = Editions(engine)
    store.put([make_offering()], editor="import")
    editions.save(make_offering(title="Entwurf"), state="draft", editor="ben", read_version=1)
    other = make_offering("other")
    found = [_line("changed", make_offering(title="Neu"), version=2, before=make_offering()), _line("added", other)]
    id_ = _checked(imports, lines, found)
    assert lines.write(_claimed(imports))
    edition = editions.one("kita-sonne")
    assert edition is not None
    assert (edition.offering.title, edition.state, edition.version) == ("Entwurf", "draft", 3)
    assert edition.public == make_offering(title="Neu")
    editions.save(make_offering(title="Weiter"), state="draft", editor="ben", read_version=3)
    imports.turn(id_, "undoing", seen=("applied",))
    lines.restore(_claimed(imports))
    assert [one.title for one in store.offerings()] == ["Neu"]
    assert [one.record_id for one in lines.kept(id_)] == ["kita-sonne"]


def test_a_worker_that_lost_its_lease_writes_nothing(
    imports: SpreadsheetImports, lines: SpreadsheetLines, store: Store, make_offering: MakeOffering
) -> None:
    _checked(imports, lines, [_line("added", make_offering())])
    late = _claimed(imports)
    imports.release(late, after=timedelta(seconds=-1))
    heir = _claimed(imports)
    with pytest.raises(LeaseLostError):
        lines.write(late)
    assert store.offerings() == []
    assert lines.write(heir)
    assert store.offerings() == [make_offering()]


def test_old_files_are_deleted_and_what_waited_for_them_says_so(imports: SpreadsheetImports, engine: Engine) -> None:
    old, young = _begun(imports), _begun(imports)
    with Session(engine) as session, session.begin():
        created = SpreadsheetImportRow.created_at
        row = session.get_one(SpreadsheetImportRow, old)
        session.execute(
            update(SpreadsheetImportRow)
            .where(SpreadsheetImportRow.id == old)
            .values({created: row.created_at - timedelta(days=8)})
        )
    imports.forget()
    assert (imports.content(old), imports.content(young)) == (None, b"x")
    assert (_state(imports, old), _state(imports, young)) == ("failed", "reading")


def test_how_columns_were_read_is_remembered_for_each_alliance(imports: SpreadsheetImports) -> None:
    imports.remember("koethen", "d1", {"columns": {"": {"Was": "title"}}})
    imports.remember("koethen", "d1", {"columns": {"": {"Was": "city"}}})
    assert imports.remembered("koethen", "d1") == {"columns": {"": {"Was": "city"}}}
    assert imports.remembered("koethen", "d2") is None
