"""Which German text a translation was made from, read from an offering's history; it tells what is out of date.

A translation belongs to the German text beside which it was written, whoever wrote it: form, import or another program. Where
it was written for another version's text, or compared with a later one, the table `translation_source` says so.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from knowledge.store.tables import RevisionRow, TranslationSourceRow
from knowledge.values import Offering

_CHUNK = 500
Source = tuple[str, str]
# Versions that were written into or compared -> the version of their German text, by language.
_Compared = Mapping[tuple[str, int], int]


@dataclass(frozen=True, kw_only=True)
class _Step:
    """One version: digests of the German text and of each translation, and the languages written anew in it."""

    version: int
    german: bytes
    translations: Mapping[str, bytes]
    written: frozenset[str]


class Translations:
    """Reads what translations were made from, and notes that they were compared, in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)
        # A history only grows: what was read of one up to a version stays true.
        self._read: dict[str, tuple[int, Sequence[_Step]]] = {}

    def outdated(self, offerings: Iterable[Offering]) -> dict[str, frozenset[str]]:
        """Return, by the id of each offering that has any, the languages whose translation was made from another German text."""
        present = {one.id: one for one in offerings if one.translations}
        with Session(self._reading) as session:
            latest = self._edited(session)
            compared = _compared(session)
            edited = [id_ for id_ in present if id_ in latest]
            self._read_on(session, {id_: latest[id_] for id_ in edited})
        found = {}
        for id_ in edited:
            steps = self._read[id_][1]
            old = _outdated(present[id_], steps, compared.get(id_, {}))
            if old:
                found[id_] = old
        return found

    def made_from(self, offering: Offering, language: str) -> Source | None:
        """Return the German title and description that a translation was made from last; None where nobody knows."""
        with Session(self._reading) as session:
            wanted = select(RevisionRow).where(RevisionRow.kind == "offering", RevisionRow.record_id == offering.id)
            rows = list(session.scalars(wanted.order_by(RevisionRow.version)))
            compared = _compared(session, offering.id).get(offering.id, {})
        contents = {row.version: row.content for row in rows if row.content}
        text = _translations(offering.model_dump(mode="json")).get(language)
        made = [s for s, t in _pairs(list(_steps(rows)), language, compared) if t == text]
        content = contents.get(made[-1]) if made else None
        return (content["title"], content.get("description") or "") if content else None

    def version_of(self, offering_id: str, source: tuple[str | None, str | None]) -> int:
        """Return the latest version whose German title and description read so (None: any), whatever the blanks; 0 for none."""
        wanted = select(RevisionRow).where(RevisionRow.kind == "offering", RevisionRow.record_id == offering_id)
        with Session(self._reading) as session:
            for row in session.scalars(wanted.order_by(RevisionRow.version.desc())):
                if row.content and _reads(row.content, source):
                    return row.version
        return 0

    def compare(self, offering: Offering, language: str) -> None:
        """Note that an offering's translation fits its German text, as somebody found who read both."""
        content = offering.model_dump(mode="json")
        german, text = _german(content), _translations(content).get(language)
        wanted = select(RevisionRow).where(RevisionRow.kind == "offering", RevisionRow.record_id == offering.id)
        with Session(self._writing) as session, session.begin():
            for step in reversed(list(_steps(session.scalars(wanted.order_by(RevisionRow.version))))):
                if (step.german, step.translations.get(language)) == (german, text):
                    note_sources(session, offering.id, step.version, {language: step.version})
                    return

    def _edited(self, session: Session) -> dict[str, int]:
        """Return the latest version of each offering that has more than one."""
        last = select(RevisionRow.record_id, func.max(RevisionRow.version)).where(RevisionRow.kind == "offering")
        grouped = last.group_by(RevisionRow.record_id).having(func.max(RevisionRow.version) > 1)
        return {row[0]: row[1] for row in session.execute(grouped)}

    def _read_on(self, session: Session, latest: Mapping[str, int]) -> None:
        """Read the histories that have grown since they were read."""
        unread = [id_ for id_, version in latest.items() if self._read.get(id_, (0, ()))[0] < version]
        for start in range(0, len(unread), _CHUNK):
            chunk = unread[start : start + _CHUNK]
            wanted = select(RevisionRow).where(RevisionRow.kind == "offering", RevisionRow.record_id.in_(chunk))
            rows: dict[str, list[RevisionRow]] = {}
            for row in session.scalars(wanted.order_by(RevisionRow.record_id, RevisionRow.version)):
                rows.setdefault(row.record_id, []).append(row)
            self._read.update({id_: (of[-1].version, list(_steps(of))) for id_, of in rows.items()})
            session.expunge_all()


def note_sources(session: Session, offering_id: str, version: int, translated_from: Mapping[str, int]) -> None:
    """Note, in the transaction of an edit, from which version's German text its translations were made, by language."""
    for language, source in translated_from.items():
        session.merge(
            TranslationSourceRow(offering_id=offering_id, language=language, version=version, source_version=source)
        )


def same_text(a: str, b: str) -> bool:
    """Return whether two texts differ in nothing but blanks and what no file can hold."""
    return _bare(a) == _bare(b)


def _compared(session: Session, offering_id: str | None = None) -> dict[str, dict[tuple[str, int], int]]:
    wanted = select(TranslationSourceRow)
    if offering_id is not None:
        wanted = wanted.where(TranslationSourceRow.offering_id == offering_id)
    found: dict[str, dict[tuple[str, int], int]] = {}
    for row in session.scalars(wanted):
        found.setdefault(row.offering_id, {})[row.language, row.version] = row.source_version
    return found


def _outdated(offering: Offering, steps: Sequence[_Step], compared: _Compared) -> frozenset[str]:
    content = offering.model_dump(mode="json")
    german, texts = _german(content), _translations(content)
    germans = {step.version: step.german for step in steps}
    return frozenset(
        language
        for language, text in texts.items()
        if (german, text) not in {(germans.get(s), t) for s, t in _pairs(steps, language, compared)}
    )


def _pairs(steps: Sequence[_Step], language: str, compared: _Compared) -> list[tuple[int, bytes]]:
    """Return the versions of the German texts that translations into a language were made from, with the translation."""
    return [
        (compared.get((language, step.version), step.version), step.translations[language])
        for step in steps
        if language in step.translations and (language in step.written or (language, step.version) in compared)
    ]


def _steps(rows: Iterable[RevisionRow]) -> Iterator[_Step]:
    """Yield the versions of a history that have a content, oldest first."""
    # What an edit may have been made from: the latest draft, and what was public. Only what neither had is new.
    public: Mapping[str, bytes] = {}
    draft: Mapping[str, bytes] = {}
    for row in rows:
        if not row.content:
            draft = public
            continue
        texts = _translations(row.content)
        written = {
            language for language, text in texts.items() if text not in (public.get(language), draft.get(language))
        }
        yield _Step(version=row.version, german=_german(row.content), translations=texts, written=frozenset(written))
        draft = texts
        public = public if row.state in {"draft", "review"} else texts


def _german(content: Mapping[str, Any]) -> bytes:
    return _digest(content["title"], content.get("description") or "")


def _translations(content: Mapping[str, Any]) -> dict[str, bytes]:
    found = content.get("translations") or {}
    return {language: _digest(one["title"], one.get("description") or "") for language, one in found.items()}


def _reads(content: Mapping[str, Any], source: tuple[str | None, str | None]) -> bool:
    texts = (content["title"], content.get("description") or "")
    return all(wanted is None or same_text(text, wanted) for text, wanted in zip(texts, source, strict=True))


def _digest(*texts: str) -> bytes:
    return hashlib.blake2b("\0".join(_bare(text) for text in texts).encode(), digest_size=12).digest()


def _bare(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
