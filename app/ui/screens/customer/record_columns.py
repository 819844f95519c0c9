"""Columns of the lists on S21: applications, loans, timeline."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.money import percent_text, rupees_shown
from app.services.read_customer_records import LoanStanding
from app.services.steps.loan_owed import OPEN
from app.ui.item_models.columns import Column
from app.ui.screens.customer.act_words import KIND_ICONS, act_words, event_words
from app.ui.screens.customer.fact_words import whole_score
from app.ui.widgets.lending_cells import STATUS_ICONS, UNKNOWN, whole_rupees, word_of
from db.records.customer_life import TimelineEvent
from db.records.lists import ApplicationRow


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


def last_application_columns() -> tuple[Column[ApplicationRow], ...]:
    """The same in fewer columns, for the Overview."""
    kept = ("reference", "purpose", "amount", "status", "score", "level", "date")
    widths = {"reference": 70, "purpose": 130, "amount": 96, "status": 108, "level": 70}
    return tuple(
        replace(each, width=widths.get(each.key, each.width))
        for each in application_columns()
        if each.key in kept
    )


def loan_columns() -> tuple[Column[LoanStanding], ...]:
    """Number, sanctioned, outstanding, overdue, days late, class, next due, EMI."""
    return (
        Column("reference", _tr("Number"), lambda r: r.loan.reference, 80, strong=True),
        _money("sanctioned", _tr("Sanctioned ₹"), "principal_paise", 110),
        _money("outstanding", _tr("Outstanding ₹"), "outstanding_paise", 110),
        _money("overdue", _tr("Overdue ₹"), "overdue_paise", 96),
        Column("days", _tr("Days late"), lambda r: str(r.days_late), 72, "right", muted=_on_time),
        Column("class", _tr("Class"), _class, 116),
        Column("state", _tr("State"), _state, 88),
        Column("next", _tr("Next due"), _next_due, 100, "right", muted=True),
        _money("emi", _tr("EMI ₹"), "emi_paise", 84),
    )


def timeline_columns() -> tuple[Column[TimelineEvent], ...]:
    """When, what, what came of it, about which record, by whom."""
    return (
        Column("at", _tr("When"), _when, 132, muted=True),
        Column("act", _tr("What"), _act, 210, strong=True, icon=_kind_icon),
        Column("details", _tr("Details"), event_words, 400, tip=event_words),
        Column("subject", _tr("About"), lambda event: event.subject, 72, muted=True),
        Column("by", _tr("By"), lambda event: event.by, 130),
    )


def _money(key: str, title: str, name: str, width: int) -> Column[LoanStanding]:
    """An amount of a loan; zero is muted."""

    def paise(row: LoanStanding) -> int:
        return int(getattr(row.loan, name))

    return Column(
        key,
        title,
        lambda row: whole_rupees(paise(row)),
        width,
        "right",
        muted=lambda row: not paise(row),
    )


def _on_time(row: LoanStanding) -> bool:
    return not row.days_late


def _act(event: TimelineEvent) -> str:
    return act_words(event.act)


def _kind_icon(event: TimelineEvent) -> tuple[str, str]:
    return KIND_ICONS[event.kind], "muted"


def _purpose(row: ApplicationRow) -> str:
    return word_of("loan_purpose", row.loan_purpose)


def _status(row: ApplicationRow) -> str:
    return word_of("application_status", row.status)


def _status_icon(row: ApplicationRow) -> tuple[str, str]:
    return STATUS_ICONS[row.status]


def _score(row: ApplicationRow) -> str:
    hundredths = row.credit_score_hundredths
    return UNKNOWN if hundredths is None else str(whole_score(hundredths))


def _level(row: ApplicationRow) -> str:
    return UNKNOWN if row.risk_level is None else word_of("risk_level", row.risk_level)


def _applied(row: ApplicationRow) -> str:
    return date_shown(row.application_date)


def _class(row: LoanStanding) -> str:
    return word_of("asset_class", row.loan.asset_class) if row.loan.status in OPEN else UNKNOWN


def _state(row: LoanStanding) -> str:
    return word_of("loan_status", row.loan.status)


def _next_due(row: LoanStanding) -> str:
    return date_shown(row.loan.next_due_date) if row.loan.next_due_date else UNKNOWN


def _when(event: TimelineEvent) -> str:
    day = date_shown(bank_day(event.at))
    return f"{day} {bank_moment(event.at):%H:%M}" if event.timed else day
