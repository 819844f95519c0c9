"""Columns of the products list and of a product's terms."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees_compact, rupees_shown
from app.rules.product_lines import ProductLimit
from app.ui.item_models.columns import Column
from app.ui.screens.products.product_entries import ProductEntry
from app.ui.widgets.dated_rows import ROW_ICONS, RowState, readable, state_words
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.lending import Benchmark

_OLD = frozenset({RowState.CLOSED, RowState.REFUSED})


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProductsScreen", words)


def product_columns() -> tuple[Column[ProductEntry], ...]:
    """Product, purposes, amounts, tenure, card rate, state, from."""
    return (
        Column("name", _tr("Product"), lambda e: e.name, 232, strong=True),
        Column("purposes", _tr("Purposes"), purposes_short, 170, tip=lambda e: e.record.purposes),
        Column("amount", _tr("Amount"), _amount, 140, "right", tip=_amount_tip),
        Column("tenure", _tr("Months"), _tenure, 84, "right"),
        Column("rate", _tr("Card rate"), _rate, 80, "right"),
        Column("from", _tr("From"), lambda e: date_shown(e.starts), 96),
        Column(
            "state",
            _tr("State"),
            lambda e: state_words(e.state),
            120,
            icon=lambda e: ROW_ICONS[e.state],
            muted=lambda e: e.state in _OLD,
        ),
    )


def limit_columns() -> tuple[Column[ProductLimit], ...]:
    """Term, value, field."""
    return (
        Column("label", _tr("Term"), lambda each: each.label, 214, muted=True),
        Column("value", _tr("Value"), limit_value, 460, strong=True, tip=limit_value),
        Column("field", _tr("Field"), lambda each: each.field, 206, muted=True),
    )


def limit_value(limit: ProductLimit) -> str:
    """The value of a term; codes of the word lists become words."""
    shown = limit.shown
    if limit.field == "purposes":
        return ", ".join(word_of("loan_purpose", each) for each in shown.split(", "))
    if limit.field == "rate_type":
        for code in Benchmark:
            shown = shown.replace(str(code), word_of("benchmark", code))
    words = readable(shown) if shown.isupper() else shown
    return words[:1].upper() + words[1:]


def purposes_short(entry: ProductEntry) -> str:
    """The first purpose and how many more there are."""
    first, *others = entry.record.purposes.split(", ")
    return f"{first} + {len(others)}" if others else first


def _amount(entry: ProductEntry) -> str:
    amount = entry.record.product.amount_paise
    words = _tr("%1 to %2").replace("%1", rupees_compact(amount.least))
    return words.replace("%2", rupees_compact(amount.most))


def _amount_tip(entry: ProductEntry) -> str:
    amount = entry.record.product.amount_paise
    words = _tr("%1 to %2").replace("%1", rupees_shown(amount.least))
    return words.replace("%2", rupees_shown(amount.most))


def _tenure(entry: ProductEntry) -> str:
    tenure = entry.record.product.tenure_months
    words = _tr("%1 to %2").replace("%1", str(tenure.least))
    return words.replace("%2", str(tenure.most))


def _rate(entry: ProductEntry) -> str:
    return percent_shown(entry.record.product.card_rate_ppm)
