"""Columns of the monitor's tables of classes and movements."""

from PySide6.QtCore import QCoreApplication

from app.rules.money import count_shown
from app.services.steps.monitor_answers import ClassMovement
from app.ui.item_models.columns import Column
from app.ui.screens.monitor.class_rows import ClassRow
from app.ui.screens.monitor.monitor_words import signed_money
from app.ui.widgets.figure_words import percent_words, plain_amount
from app.ui.widgets.lending_cells import UNKNOWN, word_of

_ICONS = {
    "standard": ("circle-check", "good"),
    "watch": ("clock", "warning"),
    "npa": ("alert-circle", "bad"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("ClassTab", words)


def class_columns() -> tuple[Column[ClassRow], ...]:
    """Class, count, amount, share, provision needed and held, what came and left."""
    return (*_standing_columns(), *_moving_columns())


def _standing_columns() -> tuple[Column[ClassRow], ...]:
    return (
        Column(
            "class",
            _tr("Class"),
            lambda c: c.words,
            128,
            strong=True,
            icon=lambda c: _ICONS.get(c.kind),
        ),
        Column(
            "loans",
            _tr("Loans"),
            lambda c: count_shown(c.loans),
            76,
            "right",
            strong=_whole,
            muted=lambda c: not c.loans,
        ),
        Column(
            "amount",
            _tr("Amount ₹"),
            lambda c: plain_amount(c.amount_paise),
            152,
            "right",
            strong=_whole,
            muted=lambda c: not c.amount_paise,
        ),
        Column(
            "share",
            _tr("Share"),
            lambda c: percent_words(c.percentage),
            72,
            "right",
            muted=lambda c: not c.percentage,
        ),
    )


def _moving_columns() -> tuple[Column[ClassRow], ...]:
    return (
        Column(
            "required",
            _tr("Provision ₹"),
            lambda c: plain_amount(c.required_paise),
            124,
            "right",
            muted=lambda c: not c.required_paise,
        ),
        Column(
            "held", _tr("Held ₹"), lambda c: plain_amount(c.held_paise), 124, "right", muted=True
        ),
        Column(
            "in",
            _tr("Came"),
            lambda c: _count(c.moved_in),
            58,
            "right",
            muted=lambda c: not c.moved_in,
        ),
        Column(
            "out",
            _tr("Left"),
            lambda c: _count(c.moved_out),
            56,
            "right",
            muted=lambda c: not c.moved_out,
        ),
        Column(
            "change",
            _tr("This month"),
            lambda c: signed_money(c.change_paise) or UNKNOWN,
            106,
            "right",
            muted=lambda c: not c.change_paise,
        ),
    )


def movement_columns() -> tuple[Column[ClassMovement], ...]:
    """From, to, loans, amount."""
    return (
        Column("before", _tr("From"), lambda m: moved_words(m)[0], 112, strong=True),
        Column("after", _tr("To"), lambda m: moved_words(m)[1], 110, strong=True),
        Column("loans", _tr("Loans"), lambda m: count_shown(m.loans), 58, "right"),
        Column("amount", _tr("Amount ₹"), lambda m: plain_amount(m.amount_paise), 140, "right"),
    )


def _whole(row: ClassRow) -> bool:
    return row.kind == "all"


def _count(count: int | None) -> str:
    return UNKNOWN if count is None else count_shown(count)


def moved_words(move: ClassMovement) -> tuple[str, str]:
    """From which class to which a loan went, as screens print them."""
    before, after = (each and word_of("asset_class", each) for each in (move.before, move.after))
    return before or _tr("New"), after or _tr("Closed")
