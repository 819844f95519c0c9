"""Columns of the applications list."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.money import percent_text
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.lending_cells import STATUS_ICONS, UNKNOWN, word_of
from db.records.lists import ApplicationRow
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.loan_life import ApplicationStatus

_RISK_ICONS = {
    RiskLevel.LOW: ("arrow-down", "lowers"),
    RiskLevel.MEDIUM: ("equal", "muted"),
    RiskLevel.HIGH: ("arrow-up", "raises"),
}
_NEXT_STEPS = {
    ApplicationStatus.DRAFT: "Finish",
    ApplicationStatus.PENDING: "Review",
    ApplicationStatus.RETURNED: "Answer",
    ApplicationStatus.APPROVED: "Disburse",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("ApplicationColumns", words)


def application_columns(today: Callable[[], date]) -> tuple[Column[ApplicationRow], ...]:
    """Number, customer, loan, status, score and next step, as of `today`."""
    return (
        Column("reference", _tr("Number"), lambda r: r.reference, 84, muted=True, sort="reference"),
        Column("name", _tr("Customer"), lambda r: r.full_name, 184, strong=True, sort="full_name"),
        Column("purpose", _tr("Purpose"), lambda r: word_of("loan_purpose", r.loan_purpose), 148),
        Column(
            "amount",
            _tr("Amount ₹"),
            lambda r: plain_amount(r.amount_paise),
            104,
            "right",
            sort="amount_paise",
        ),
        *_terms_and_state(),
        Column("age", _tr("Since"), lambda r: _age(r, today()), 72, "right", muted=True),
        Column("officer", _tr("Officer"), lambda r: r.officer_name, 116, muted=True),
        Column(
            "next",
            _tr("Next step"),
            lambda r: _tr(_NEXT_STEPS.get(r.status, "Open")),
            88,
            token=lambda _row: "accent",
        ),
    )


def _terms_and_state() -> tuple[Column[ApplicationRow], ...]:
    return (
        Column("tenure", _tr("Months"), lambda r: str(r.tenure_months), 64, "right"),
        Column("rate", _tr("Rate %"), lambda r: percent_text(r.rate_ppm), 64, "right"),
        Column(
            "status",
            _tr("Status"),
            lambda r: word_of("application_status", r.status),
            108,
            icon=lambda r: STATUS_ICONS[r.status],
        ),
        Column("score", _tr("Score"), _score, 64, "right", strong=True, sort="credit_score"),
        Column(
            "risk",
            _tr("Risk"),
            _risk,
            88,
            icon=lambda r: _RISK_ICONS[r.risk_level] if r.risk_level else None,
        ),
    )


def _score(row: ApplicationRow) -> str:
    hundredths = row.credit_score_hundredths
    return UNKNOWN if hundredths is None else f"{hundredths / 100:.0f}"


def _risk(row: ApplicationRow) -> str:
    return UNKNOWN if row.risk_level is None else word_of("risk_level", row.risk_level)


def _age(row: ApplicationRow, today: date) -> str:
    days = max(0, (today - bank_day(row.status_since)).days)
    return _tr("today") if days == 0 else _tr("%1 d").replace("%1", str(days))
