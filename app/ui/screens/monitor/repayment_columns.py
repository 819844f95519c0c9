"""Columns of the monitor's tables of dues and receipts."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import count_shown
from app.services.steps.monitor_tabs import CountRow, DueDay
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.lending_cells import word_of


def _tr(words: str) -> str:
    return QCoreApplication.translate("RepaymentTab", words)


def day_columns() -> tuple[Column[DueDay], ...]:
    """Due date, counts by how they were paid, money due, received, missing."""
    return (
        Column("day", _tr("Due on"), lambda d: date_shown(d.day), 100, strong=True),
        Column("due", _tr("Due"), lambda d: count_shown(d.due), 52, "right"),
        Column("on_time", _tr("On time"), lambda d: count_shown(d.on_time), 64, "right"),
        Column("late", _tr("Late"), lambda d: count_shown(d.late), 52, "right"),
        Column("unpaid", _tr("Not paid"), lambda d: count_shown(d.unpaid), 64, "right"),
        Column("money", _tr("Due ₹"), lambda d: plain_amount(d.due_paise), 104, "right"),
        Column(
            "received", _tr("Received ₹"), lambda d: plain_amount(d.received_paise), 104, "right"
        ),
        Column("missed", _tr("Missing ₹"), lambda d: plain_amount(d.missed_paise), 100, "right"),
    )


def count_columns(words: Mapping[str, str]) -> tuple[Column[CountRow], ...]:
    """What is counted, how many, how much; methods by the words they have everywhere."""
    return (
        Column(
            "key",
            _tr("Instalments and receipts"),
            lambda c: words.get(c.key) or word_of("payment_method", c.key),
            220,
            strong=True,
        ),
        Column("count", _tr("Number"), lambda c: count_shown(c.count), 72, "right"),
        Column("amount", _tr("Amount ₹"), _amount, 120, "right"),
    )


def _amount(row: CountRow) -> str:
    """The money; nothing where only the number is counted, which is no unknown amount."""
    return "" if row.amount_paise is None else plain_amount(row.amount_paise)
