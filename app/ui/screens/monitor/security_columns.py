"""Columns of the monitor's tables of security."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.rules.money import count_shown, percent_shown
from app.services.steps.monitor_tabs import BandRow, CountRow, SecurityRow
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import percent_words, plain_amount
from app.ui.widgets.lending_cells import word_of


def _tr(words: str) -> str:
    return QCoreApplication.translate("SecurityTab", words)


def band_words(band: BandRow) -> str:
    """A band of loan to value as people read it."""
    if band.above_ppm is None and band.up_to_ppm is None:
        return _tr("No security")
    if band.up_to_ppm is None:
        return _tr("above %1").replace("%1", percent_shown(band.above_ppm or 0))
    upper = percent_shown(band.up_to_ppm)
    if not band.above_ppm:
        return _tr("up to %1").replace("%1", upper)
    words = _tr("%1 to %2").replace("%1", percent_shown(band.above_ppm))
    return words.replace("%2", upper)


def kind_columns() -> tuple[Column[SecurityRow], ...]:
    """Kind, loans, value, what counts of it, share."""
    return (
        Column("kind", _tr("Kind"), lambda r: word_of("collateral_type", r.kind), 150, strong=True),
        Column("loans", _tr("Loans"), lambda r: count_shown(r.loans), 64, "right"),
        Column("value", _tr("Value ₹"), lambda r: plain_amount(r.value_paise), 124, "right"),
        Column(
            "accepted", _tr("Accepted ₹"), lambda r: plain_amount(r.accepted_paise), 124, "right"
        ),
        Column("share", _tr("Share"), lambda r: percent_words(r.share), 72, "right"),
    )


def band_columns() -> tuple[Column[BandRow], ...]:
    """Band, loans, what they owe, share."""
    return (
        Column("band", _tr("Loan to value"), band_words, 150, strong=True),
        Column("loans", _tr("Loans"), lambda r: count_shown(r.loans), 64, "right"),
        Column("amount", _tr("Owed ₹"), lambda r: plain_amount(r.amount_paise), 124, "right"),
        Column("share", _tr("Share"), lambda r: percent_words(r.share), 72, "right"),
    )


def watched_columns(words: Mapping[str, str]) -> tuple[Column[CountRow], ...]:
    """What is wrong, loans, what they owe."""
    return (
        Column("key", _tr("What"), lambda r: words.get(r.key, r.key), 220, strong=True),
        Column("count", _tr("Loans"), lambda r: count_shown(r.count), 64, "right"),
        Column("amount", _tr("Owed ₹"), lambda r: plain_amount(r.amount_paise), 124, "right"),
    )
