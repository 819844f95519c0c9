"""Bring the rows of a file into the book: check first, then all or nothing, then score in bulk.

Source: commands.md (Import and batch), screens.md S100. The file is streamed twice, once to check
and once to write, in one transaction; cancel or any fault rolls back. The currency factor stands in
the import's own record. A file that was imported before is refused unless asked.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from app.file_formats.csv_in import CsvFileError, file_sha256, find_shape
from app.file_formats.import_row_models import (
    ImportMapping,
    MappingError,
    parse_mapping,
)
from app.rules.permissions import Act
from app.services.steps.ids import new_id
from app.services.steps.import_block import ImportWriter
from app.services.steps.import_check import CheckTally, RowProblem, RowReader
from app.services.steps.import_records import ImportFrame
from app.services.steps.import_suggestion import SuggestedMapping, suggest
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.book import AuditAct, ImportBatch
from db.vocabulary.decisions import Band
from db.vocabulary.operations import ImportKind

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk

__all__ = [
    "ImportDone",
    "ImportRows",
    "ImportUndone",
    "RowProblem",
    "SuggestedMapping",
    "import_rows",
    "suggest_mapping",
    "undo_import",
]

BLOCK_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class ImportRows:
    """What to import.

    Attributes:
        mapping: the loaded mapping file.
        check_only: tell what would happen, write nothing.
        good_rows_only: leave the wrong rows out instead of refusing all.
        again: import a file that was imported before.
    """

    file: Path
    kind: ImportKind
    mapping: object = field(repr=False)
    check_only: bool = False
    good_rows_only: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class ImportDone:
    """What became of the rows.

    Attributes:
        import_id: None when nothing was written.
        warnings: listed up to a thousand; `warning_count` counts all, errors likewise.
        bands: imported applications by band of their score.
    """

    import_id: UUID | None
    rows: int
    written: int
    warning_count: int
    error_count: int
    warnings: tuple[RowProblem, ...]
    errors: tuple[RowProblem, ...]
    currency_note: str
    scored: int = 0
    bands: dict[Band, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import that was taken back."""

    import_id: UUID
    removed: int


def suggest_mapping(file: Path, kind: ImportKind) -> SuggestedMapping:
    """Suggest a mapping by the names and values of the file's columns.

    Raises:
        Refused: the file cannot be read as a table.
    """
    try:
        return suggest(file, find_shape(file), kind)
    except CsvFileError as fault:
        raise bad_input({"file": str(fault)}) from fault


def import_rows(
    request: ImportRows,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> ImportDone:
    """Check every row, then write them in one transaction and score them.

    Raises:
        Refused: file or mapping cannot be used, or this very file was imported before.
        StoppedError: `cancelled` answered true; nothing was written.
    """
    actor = permit(desk, Act.IMPORT_ROWS)
    try:
        reader = _reader(request, desk)
        sha256 = file_sha256(request.file)
        _refuse_repeat(request, actor, sha256, desk)
        checked = CheckTally()
        for _ in reader.good_rows(checked):
            _stop_if(cancelled, checked)
    except CsvFileError as fault:
        raise bad_input({"file": str(fault)}) from fault
    note = _currency_note(reader.mapping)
    wrong = checked.error_count and not request.good_rows_only
    if request.check_only or wrong or not checked.good:
        return _done(None, checked, note, Counter(), 0)
    frame = _frame(reader, actor, desk)
    batch = _batch(request, checked, sha256, note, frame)
    bands = _write(batch, reader, frame, (progress, cancelled))
    return _done(batch, checked, note, bands, checked.good)


def undo_import(import_id: UUID, desk: "Desk") -> ImportUndone:
    """Take an import back while nothing depends on it.

    Raises:
        Refused: the person may not import.
        NotFound, ImportInUse: there is no such import, or a loan or decision hangs on it.
    """
    actor = permit(desk, Act.IMPORT_ROWS)
    with desk.open_book() as book:
        batch = book.imports.get(actor.branch_id, import_id)
        removed = book.imports.undo(actor.branch_id, import_id)
        said = {"file_sha256": batch.file_sha256, "removed": removed}
        book.audit.append(
            actor.branch_id,
            AuditAct("undo_import", "import", import_id, actor.staff_id, desk.clock.now(), said),
        )
        book.commit()
    return ImportUndone(import_id, removed)


def _reader(request: ImportRows, desk: "Desk") -> RowReader:
    shape = find_shape(request.file)
    try:
        mapping = parse_mapping(request.mapping, shape.columns)
    except MappingError as fault:
        raise bad_input({"mapping": str(fault)}) from fault
    if mapping.kind is not request.kind:
        raise bad_input({"kind": f"The mapping is for {mapping.kind}, not for {request.kind}"})
    return RowReader(request.file, shape, mapping, desk.rulebook(), desk.clock.today())


def _frame(reader: RowReader, actor: "Actor", desk: "Desk") -> ImportFrame:
    return ImportFrame(
        desk=desk,
        actor=actor,
        rulebook=desk.rulebook(),
        import_id=new_id(desk),
        factor=reader.mapping.currency.factor,
        imported_at=desk.clock.now(),
        as_of=desk.clock.today(),
    )


def _batch(
    request: ImportRows, checked: CheckTally, sha256: str, note: str, frame: ImportFrame
) -> ImportBatch:
    return ImportBatch(
        import_id=frame.import_id,
        file_name=request.file.name,
        file_sha256=sha256,
        kind=request.kind.value,
        rows=checked.rows,
        written=checked.good,
        currency_note=note,
        imported_at=frame.imported_at,
    )


def _refuse_repeat(request: ImportRows, actor: "Actor", sha256: str, desk: "Desk") -> None:
    if request.again or request.check_only:
        return
    with desk.read_book() as book:
        earlier = book.imports.by_sha256(actor.branch_id, sha256)
    if earlier is not None:
        raise Refused(
            RefusalKind.CONFLICT,
            f"This file was imported before, on {earlier.imported_at:%d %b %Y} as "
            f"{earlier.file_name} ({earlier.written:,} rows). Undo that import, or ask for it "
            "again",
            {"file": str(earlier.import_id)},
        )


def _currency_note(mapping: ImportMapping) -> str:
    currency = mapping.currency
    if currency.code == "INR" and currency.factor == 1:
        return "Amounts in rupees"
    return f"1 {currency.code} = {currency.factor} INR, set in the mapping"


def _write(
    batch: ImportBatch, reader: RowReader, frame: ImportFrame, watch: tuple[Progress, Cancelled]
) -> "Counter[Band]":
    """Write block by block; nothing is kept unless the last one is in."""
    progress, cancelled = watch
    branch, tally, done = frame.actor.branch_id, CheckTally(), 0
    said = {"file_sha256": batch.file_sha256, "rows": batch.rows, "written": batch.written}
    act = AuditAct(
        "import_rows", "import", batch.import_id, frame.actor.staff_id, frame.imported_at, said
    )
    with frame.desk.open_book() as book:
        book.imports.add(branch, batch)
        writer, rows = ImportWriter(book, frame), reader.good_rows(tally)
        while block := list(islice(rows, BLOCK_ROWS)):
            if cancelled():
                raise StoppedError(done, batch.written)
            writer.write(block)
            done += len(block)
            progress(done, batch.written)
        book.audit.append(branch, act)
        book.commit()
    return writer.bands


def _stop_if(cancelled: Cancelled, tally: CheckTally) -> None:
    if tally.rows % BLOCK_ROWS == 0 and cancelled():
        raise StoppedError(0, tally.rows)


def _done(
    batch: ImportBatch | None, tally: CheckTally, note: str, bands: "Counter[Band]", written: int
) -> ImportDone:
    return ImportDone(
        import_id=None if batch is None else batch.import_id,
        rows=tally.rows,
        written=written,
        warning_count=tally.warning_count,
        error_count=tally.error_count,
        warnings=tuple(tally.warnings),
        errors=tuple(tally.errors),
        currency_note=note,
        scored=sum(bands.values()),
        bands=dict(bands),
    )
