"""Columns of the lists on S21: applications, loans, timeline, notes."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.money import percent_text, rupees_shown
from app.ui.item_models.columns import Column
from app.ui.screens.customer.act_words import act_words
from app.ui.widgets.lending_cells import STATUS_ICONS, UNKNOWN, word_of
from db.records.applications import TrailEntry
from db.records.lists import ApplicationRow, LoanRow


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def _plain(paise: int) -> str:
    return rupees_shown(paise).removeprefix("₹")


def application_columns() -> tuple[Column[ApplicationRow], ...]:
    """Number, purpose, amount, tenure, rate, status, score, date."""
    return (
        Column("reference", _tr("Number"), lambda row: row.reference, 80, strong=True),
        Column("purpose", _tr("Purpose"), _purpose, 160),
        Column("amount", _tr("Amount ₹"), lambda row: _plain(row.amount_paise), 110, "right"),
        Column("tenure", _tr("Months"), lambda row: str(row.tenure_months), 64, "right"),
        Column("rate", _tr("Rate %"), lambda row: percent_text(row.rate_ppm), 64, "right"),
        Column("status", _tr("Status"), _status, 124, icon=_status_icon),
        Column("score", _tr("Score"), _score, 60, align="right"),
        Column("level", _tr("Risk"), _level, 80),
        Column("date", _tr("Applied"), _applied, 104, align="right", muted=True),
    )


def loan_columns(late: Callable[[LoanRow], str]) -> tuple[Column[LoanRow], ...]:
    """Number, sanctioned, outstanding, overdue, days late, class, next due, EMI."""
    return (
        Column("reference", _tr("Number"), lambda row: row.reference, 80, strong=True),
        Column(
            "sanctioned", _tr("Sanctioned ₹"), lambda r: _plain(r.principal_paise), 110, "right"
        ),
        Column(
            "outstanding", _tr("Outstanding ₹"), lambda r: _plain(r.outstanding_paise), 110, "right"
        ),
        Column("overdue", _tr("Overdue ₹"), lambda r: _plain(r.overdue_paise), 96, "right"),
        Column("days", _tr("Days late"), late, 72, "right"),
        Column("class", _tr("Class"), _class, 116),
        Column("state", _tr("State"), _state, 88),
        Column("next", _tr("Next due"), _next_due, 100, "right", muted=True),
        Column("emi", _tr("EMI ₹"), lambda row: _plain(row.emi_paise), 84, "right"),
    )


def timeline_columns() -> tuple[Column[TrailEntry], ...]:
    """When, what, by whom."""
    return (
        Column("at", _tr("When"), _when, 132, muted=True),
        Column("act", _tr("What"), lambda entry: act_words(entry.act), 220, strong=True),
        Column("change", _tr("Change"), _change, 200),
        Column("by", _tr("By"), lambda entry: entry.by, 120),
    )


def note_columns() -> tuple[Column[TrailEntry], ...]:
    """When, the note, by whom."""
    return (
        Column("at", _tr("When"), _when, 132, muted=True),
        Column("note", _tr("Note"), lambda e: e.note or "", 440, tip=lambda e: e.note or ""),
        Column("by", _tr("By"), lambda entry: entry.by, 120),
    )


def _purpose(row: ApplicationRow) -> str:
    return word_of("loan_purpose", row.loan_purpose)


def _status(row: ApplicationRow) -> str:
    return word_of("application_status", row.status)


def _status_icon(row: ApplicationRow) -> tuple[str, str]:
    return STATUS_ICONS[row.status]


def _score(row: ApplicationRow) -> str:
    hundredths = row.credit_score_hundredths
    return UNKNOWN if hundredths is None else str((hundredths + 50) // 100)


def _level(row: ApplicationRow) -> str:
    return UNKNOWN if row.risk_level is None else word_of("risk_level", row.risk_level)


def _applied(row: ApplicationRow) -> str:
    return date_shown(row.application_date)


def _class(row: LoanRow) -> str:
    return word_of("asset_class", row.asset_class)


def _state(row: LoanRow) -> str:
    return word_of("loan_status", row.status)


def _next_due(row: LoanRow) -> str:
    return date_shown(row.next_due_date) if row.next_due_date else UNKNOWN


def _when(entry: TrailEntry) -> str:
    return f"{date_shown(bank_day(entry.at))} {bank_moment(entry.at):%H:%M}"


def _change(entry: TrailEntry) -> str:
    if entry.from_status and entry.to_status:
        return _tr("%1 to %2").replace("%1", entry.from_status).replace("%2", entry.to_status)
    return entry.to_status or ""
