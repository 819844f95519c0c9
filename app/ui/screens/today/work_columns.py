"""Columns of Today's two tables: what waits, and drafts on this PC."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.today_work import ToDo
from app.ui.item_models.columns import Column
from app.ui.widgets.lending_cells import UNKNOWN
from db.records.book import Draft

_ICONS = {
    "Returned": ("arrow-back-up", "warning"),
    "Promise due": ("phone", "accent"),
    "Expiring": ("hourglass", "warning"),
    "Payment": ("user-check", "accent"),
    "Loan change": ("user-check", "accent"),
    "Reversal": ("user-check", "accent"),
    "Approved": ("circle-check", "good"),
    "Waiting": ("clock", "muted"),
    "New": ("circle-dot", "muted"),
}
_CONFIRMED = frozenset({"Payment", "Loan change", "Reversal"})
_FORM_WORDS = {
    "customer_form": "Customer",
    "application_form": "Application",
    "decision": "Proposal",
}
_DAY_AND_MONTH = 6


def _tr(words: str) -> str:
    return QCoreApplication.translate("TodayScreen", words)


def to_do_columns() -> tuple[Column[ToDo], ...]:
    """What, record, who, age, amount, next step."""
    return (
        Column("what", _tr("What"), lambda row: _tr(row.what), 132, icon=_icon),
        Column("reference", _tr("Record"), lambda row: row.reference, 84, muted=True),
        Column("who", _tr("Who"), lambda row: row.who, 200, strong=True),
        Column("age", _tr("Age"), _age, 72, align="right", muted=True),
        Column("amount", _tr("Amount ₹"), _amount, 112, align="right"),
        Column("next", _tr("Next step"), _next_step, 132, token=lambda _row: "accent"),
    )


def draft_columns() -> tuple[Column[Draft], ...]:
    """Which form and whose, in as many lines as it needs; when it was kept."""
    return (
        Column("title", _tr("Draft"), _form_and_title, 196),
        Column("at", _tr("Kept"), lambda row: _kept(row.updated_at), 104, "right", muted=True),
    )


def _icon(row: ToDo) -> tuple[str, str]:
    return _ICONS.get(row.what, ("circle-dot", "muted"))


def _age(row: ToDo) -> str:
    return _tr("Today") if row.age_days == 0 else _tr("%1 d").replace("%1", str(row.age_days))


def _amount(row: ToDo) -> str:
    if row.amount_paise is None:
        return UNKNOWN
    return rupees_shown(row.amount_paise).removeprefix("₹")


def _next_step(row: ToDo) -> str:
    words = {"decision": _tr("Review"), "disbursement": _tr("Pay out"), "loan": _tr("Log call")}
    return _tr("Confirm") if row.what in _CONFIRMED else words.get(row.screen, _tr("Open"))


def _form_and_title(row: Draft) -> str:
    return f"{_tr(_FORM_WORDS.get(row.form, 'Form'))}: {row.title or _tr('Unnamed')}"


def _kept(at: datetime) -> str:
    return f"{date_shown(bank_day(at))[:_DAY_AND_MONTH]} {bank_moment(at):%H:%M}"
