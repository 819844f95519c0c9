"""The checklist of papers as rows: what is asked for, what was given, who saw the original."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.paper_checklist import PaperLine
from app.services.attach_document import Attachment
from app.services.steps.file_kinds import size_shown
from app.ui.item_models.columns import Column
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.loan_life import DocumentKind


def _tr(words: str) -> str:
    return QCoreApplication.translate("DocumentsSection", words)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper given, or one asked for and missing (`paper` None)."""

    kind: DocumentKind
    wanted: bool
    paper: Attachment | None = None

    @property
    def state(self) -> str:
        """Missing, given or checked."""
        if self.paper is None:
            return "missing"
        return "given" if self.paper.checked_at is None else "checked"


def paper_rows(lines: Sequence[PaperLine], papers: Sequence[Attachment]) -> tuple[PaperRow, ...]:
    """Rows in the order of the checklist, each paper once, then papers beside the list."""
    rows: list[PaperRow] = []
    asked = {line.kind for line in lines if line.wanted}
    for line in lines:
        given = [PaperRow(line.kind, line.wanted, p) for p in papers if p.kind is line.kind]
        rows += given or ([PaperRow(line.kind, line.wanted)] if line.missing else [])
    shown = {row.paper.attachment_id for row in rows if row.paper is not None}
    rest = [p for p in papers if p.attachment_id not in shown]
    return (*rows, *(PaperRow(p.kind, p.kind in asked, p) for p in rest))


def paper_columns() -> tuple[Column[PaperRow], ...]:
    """Paper, state with its dot, file, who saw the original."""
    return (
        Column("kind", _tr("Paper"), _kind, 264, strong=True),
        Column("state", _tr("State"), _state, 116, icon=_dot),
        Column("file", _tr("File"), _file, 190, muted=True),
        Column("seen", _tr("Original seen by"), _seen, 176),
    )


_DOTS = {
    "missing": ("alert-triangle", "warning"),
    "given": ("circle", "muted"),
    "checked": ("circle-filled", "good"),
}


def _dot(row: PaperRow) -> tuple[str, str]:
    return _DOTS[row.state]


def _kind(row: PaperRow) -> str:
    return word_of("document_kind", row.kind)


def _state(row: PaperRow) -> str:
    return {
        "missing": _tr("Missing"),
        "given": _tr("Not checked"),
        "checked": _tr("Checked"),
    }[row.state]


def _file(row: PaperRow) -> str:
    if row.paper is None:
        return ""
    return f"{row.paper.file_name}, {size_shown(row.paper.size_bytes)}"


def _seen(row: PaperRow) -> str:
    if row.paper is None or row.paper.checked_at is None:
        return ""
    on = date_shown(bank_day(row.paper.checked_at))
    return f"{row.paper.checked_by_name}, {on}"
