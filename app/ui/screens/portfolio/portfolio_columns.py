"""Columns of the portfolio page's tables."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.watch_portfolio import AlertLine, ClassLine, KeyLine
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import percent_words, plain_amount
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.operations import AlertLevel

_ALERT_ICONS = {
    AlertLevel.CRITICAL: ("alert-circle", "bad"),
    AlertLevel.WARNING: ("alert-triangle", "warning"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("PortfolioScreen", words)


def alert_columns() -> tuple[Column[AlertLine], ...]:
    """Level, what, value, limit, since."""
    return (
        Column(
            "level",
            _tr("Level"),
            lambda a: word_of("alert_level", a.level),
            92,
            strong=True,
            icon=lambda a: _ALERT_ICONS[a.level],
        ),
        Column("what", _tr("Alert"), lambda a: a.label, 116),
        Column("value", _tr("Value"), lambda a: percent_words(a.value), 72, "right", strong=True),
        Column("limit", _tr("Limit"), lambda a: percent_words(a.limit), 72, "right", muted=True),
        Column("since", _tr("Since"), lambda a: date_shown(a.since) if a.since else UNKNOWN, 92),
    )


def class_columns() -> tuple[Column[ClassLine], ...]:
    """Class, count, amount, share, provision."""
    return (
        Column("class", _tr("Class"), lambda c: str(c.asset_class), 140, strong=True),
        Column("loans", _tr("Loans"), lambda c: f"{c.loans:,}", 72, "right"),
        Column(
            "amount",
            _tr("Outstanding ₹"),
            lambda c: plain_amount(c.outstanding_paise),
            136,
            "right",
        ),
        Column("share", _tr("Share"), lambda c: percent_words(c.percentage), 80, "right"),
        Column(
            "provision",
            _tr("Provision ₹"),
            lambda c: plain_amount(c.provision_required_paise),
            128,
            "right",
        ),
    )


def distribution_columns() -> tuple[Column[KeyLine], ...]:
    """Purpose, count, amount, share."""
    return (
        Column("key", _tr("Purpose"), lambda k: word_of("loan_purpose", k.key), 152, strong=True),
        Column("loans", _tr("Loans"), lambda k: f"{k.loans:,}", 64, "right"),
        Column("amount", _tr("Amount ₹"), lambda k: plain_amount(k.amount_paise), 128, "right"),
        Column("share", _tr("Share"), lambda k: percent_words(k.share), 72, "right"),
    )
