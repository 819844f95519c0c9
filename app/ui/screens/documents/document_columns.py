"""Columns of the letters of an application."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.ui.item_models.columns import Column
from app.ui.widgets.case_words import moment_shown
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.records.documents import DocumentRecord
from db.vocabulary.loan_life import LetterStatus

Names = Mapping[UUID, str]
_ICONS = {
    LetterStatus.PROVISIONAL: ("clock", "warning"),
    LetterStatus.ISSUED: ("file-text", "muted"),
    LetterStatus.ACCEPTED: ("circle-check", "good"),
    LetterStatus.VOID: ("circle-x", "bad"),
}


def document_columns(names: Names) -> tuple[Column[DocumentRecord], ...]:
    """Letter, number, state and who made it; `names` may be filled later."""
    return (
        Column("kind", _tr("Letter"), kind_words, 158, strong=True, tip=kind_words),
        Column("language", _tr("Language"), lambda d: word_of("language", d.language), 76),
        Column("number", _tr("Number"), _number, 132, muted=True, tip=_number),
        Column(
            "status",
            _tr("Status"),
            _status,
            174,
            icon=lambda d: _ICONS[d.status],
            tip=lambda d: " ".join(part for part in (_status(d), _why_void(d)) if part),
        ),
        Column("made", _tr("Made"), lambda d: moment_shown(d.made_at), 128, muted=True),
        Column("by", _tr("By"), lambda d: names.get(d.made_by, UNKNOWN), 92, muted=True),
    )


def kind_words(document: DocumentRecord) -> str:
    """What letter it is."""
    return word_of("letter_kind", document.kind)


def _number(document: DocumentRecord) -> str:
    if document.copy_of is None:
        return document.number
    words = _tr("%1, copy %2").replace("%1", document.number)
    return words.replace("%2", str(document.copy_number))


def _status(document: DocumentRecord) -> str:
    word = word_of("letter_status", document.status)
    if document.status is LetterStatus.ACCEPTED and document.accepted_on is not None:
        return f"{word} {date_shown(document.accepted_on)}"
    if document.status is LetterStatus.ISSUED and document.valid_until is not None:
        return _tr("Valid to %1").replace("%1", date_shown(document.valid_until))
    return word


def _why_void(document: DocumentRecord) -> str:
    code, _, note = document.void_reason.partition(" ")
    return f"{word_of('void_reason', code)} {note}".strip() if code else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("DocumentColumns", words)
