"""The way of an import: read files -> rows -> records, each checked -> all written in one transaction, or none."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.importing.mapping import Mapping
from knowledge.importing.records import fault_at, record_of
from knowledge.importing.rows import Row, RowError
from knowledge.importing.tables import read_tables
from knowledge.store import Record, Store
from knowledge.taxonomy import Taxonomy
from knowledge.values import Alliance


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did or would do. With errors nothing was written.

    Attributes:
        left_out: What else was not taken over, each as a sentence.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    dry_run: bool = False
    records: tuple[Record, ...] = field(default=(), repr=False)


def import_files(
    paths: Sequence[Path],
    *,
    store: Store,
    taxonomy: Taxonomy,
    editor: str,
    alliance: str | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    language_of: Callable[[str], str] = lambda text: "de",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Import files of offerings, alliances and guides; with one faulty row nothing is written.

    A PDF, HTML or Markdown file is one guide; its id is made from the file's name.

    Args:
        alliance: The alliance of rows that name none.
        language_of: Tells the language of a guide's text.
        mapping: How columns become fields; guessed from the headings by default.

    Raises:
        ImportFileError: A file cannot be read at all.
    """
    records: list[Record] = []
    origins: dict[tuple[str, str], Row] = {}
    errors: list[RowError] = []
    known_alliances = {a.id for a in store.alliances()}
    tables = [
        table
        for path in paths
        for table in read_tables(path, mapping=mapping, alliance=alliance, taxonomy=taxonomy, language_of=language_of)
    ]
    total = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        errors += table.faults
        faulty = {(fault.file, fault.line) for fault in table.faults}
        for row in table.rows:
            record, faults = record_of(row, table.mapping, taxonomy, alliance)
            errors += faults if (row.file, row.line) not in faulty else []
            if record is not None:
                first = origins.setdefault((type(record).__name__, record.id), row)
                if first is row:
                    records.append(record)
                else:
                    problem = f"the id stands already in {first.file}:{first.line}; give each its own"
                    errors.append(fault_at(row, table.mapping, "id", record.id, problem, "twice"))
            done += 1
            if done % 500 == 0 or done == total:
                progress(done, total)
    unknown = tuple(dict.fromkeys(column for table in tables for column in table.unknown_columns))
    left_out = tuple(dict.fromkeys(sentence for table in tables for sentence in table.left_out))
    known_alliances |= {record.id for record in records if isinstance(record, Alliance)}
    errors += _without_alliance(records, known_alliances, origins)
    errors.sort(key=lambda error: (error.file, error.line))
    if errors:
        return ImportReport(
            errors=tuple(errors), unknown_columns=unknown, left_out=left_out, dry_run=dry_run, records=tuple(records)
        )
    counts = Counter(change.change for change in store.put(records, editor=editor, dry_run=dry_run))
    return ImportReport(
        added=counts["added"], changed=counts["changed"], unchanged=counts["unchanged"],
        unknown_columns=unknown, left_out=left_out, dry_run=dry_run, records=tuple(records),
    )  # fmt: skip


def _without_alliance(
    records: Sequence[Record], known: set[str], origins: dict[tuple[str, str], Row]
) -> list[RowError]:
    """Return one fault for each alliance that is missing, at the first row that names it."""
    by_owner: dict[str, list[Row]] = {}
    for record in records:
        owner = None if isinstance(record, Alliance) else record.alliance
        if owner is not None and owner not in known:
            by_owner.setdefault(owner, []).append(origins[(type(record).__name__, record.id)])
    names = ", ".join(sorted(known)) or "none"
    errors = []
    for owner, rows in by_owner.items():
        also = f" (so do {len(rows) - 1:,} more rows)" if len(rows) > 1 else ""
        problem = f"names an unknown alliance{also}; import it first, or name another with --alliance (known: {names})"
        errors.append(fault_at(rows[0], None, "alliance", owner, problem, "alliance"))
    return errors
