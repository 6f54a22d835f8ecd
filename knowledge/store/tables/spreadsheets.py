"""The tables of spreadsheets that coordinators import: the import, its file, what it would do to each offering, its columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment


class SpreadsheetImportRow(Base):
    """One import from its upload on. `worker` and `lease_until`: which process works on it, and until when it is believed to live."""

    __tablename__ = "spreadsheet_import"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    editor: Mapped[str] = mapped_column(String(254))
    file_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    problem: Mapped[str | None] = mapped_column(String(40))
    needs_index: Mapped[bool] = mapped_column(Boolean)
    worker: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    withdraws: Mapped[bool] = mapped_column(Boolean)
    undone_by: Mapped[str | None] = mapped_column(String(254))
    sheets: Mapped[list[Any]] = mapped_column(JSON)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)

    # An address that named an import must never name another.
    __table_args__ = ({"sqlite_autoincrement": True, "info": NOT_IN_BACKUPS},)


class SpreadsheetFileRow(Base):
    """The content of an import's file: as uploaded, and once it has been read, its rows, packed."""

    __tablename__ = "spreadsheet_file"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    import_id: Mapped[int] = mapped_column(ForeignKey("spreadsheet_import.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SpreadsheetLineRow(Base):
    """What an import does to one offering. `version`: of the latest edit when it was looked at; `before`, `content`: JSON fields."""

    __tablename__ = "spreadsheet_line"
    import_id: Mapped[int] = mapped_column(ForeignKey("spreadsheet_import.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    sheet: Mapped[str] = mapped_column(String(200))
    line: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(500))
    record_id: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str | None] = mapped_column(String(20))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    faults: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    cells: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (
        Index("ix_spreadsheet_line_kind", "import_id", "kind", "position"),
        Index("ix_spreadsheet_line_record_id", "import_id", "record_id"),
        {"info": NOT_IN_BACKUPS},
    )


class SpreadsheetMappingRow(Base):
    """How an alliance's coordinators last read the columns with these headings. `headings`: a digest of them."""

    __tablename__ = "spreadsheet_mapping"
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), primary_key=True)
    headings: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
