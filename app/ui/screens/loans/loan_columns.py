"""Columns of the loans list; amounts in whole rupees, the file has the paise."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.find_loans import LoansFound
from app.services.steps.loan_owed import OPEN
from app.ui.item_models.columns import Column
from app.ui.widgets.lending_cells import UNKNOWN, whole_rupees, word_of
from app.ui.widgets.loan_cells import class_icon
from db.records.lists import LoanRow, Page


def tr(words: str) -> str:
    """Words of the list in the language in force."""
    return QCoreApplication.translate("LoansScreen", words)


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan with its days late, derived for the day of the list, and its product's name."""

    row: LoanRow
    days_past_due: int
    product: str


def lines_of(found: LoansFound) -> Page[LoanLine]:
    """The lines of a page that was read."""
    days, names = found.days_past_due, found.product_names
    rows = tuple(
        LoanLine(row, days[row.loan_id], names.get(row.product_code, row.product_code))
        for row in found.page.rows
    )
    return Page(rows, found.page.next)


def loan_columns() -> tuple[Column[LoanLine], ...]:
    """Number, customer, product, amounts, days late, class, next due, EMI, officer."""
    return (
        Column("reference", tr("Number"), lambda r: r.row.reference, 70, muted=True),
        Column("name", tr("Customer"), lambda r: r.row.full_name, 150, strong=True),
        Column("product", tr("Product"), lambda r: r.product, 176, tip=lambda r: r.product),
        _money("sanctioned", tr("Sanctioned ₹"), 96, lambda r: r.row.principal_paise),
        _money("outstanding", tr("Outstanding ₹"), 104, lambda r: r.row.outstanding_paise),
        _money("overdue", tr("Overdue ₹"), 80, lambda r: r.row.overdue_paise),
        Column("late", tr("Days late"), _late, 74, "right", muted=_on_time),
        Column("class", tr("Class"), _class, 118, muted=_is_over, icon=_class_icon),
        Column("next", tr("Next due"), _next_due, 98, muted=True),
        _money("emi", tr("EMI ₹"), 78, lambda r: r.row.emi_paise),
        Column("officer", tr("Officer"), lambda r: r.row.officer_name or UNKNOWN, 106, muted=True),
    )


def _money(key: str, title: str, width: int, paise: Callable[[LoanLine], int]) -> Column[LoanLine]:
    def text(line: LoanLine) -> str:
        return whole_rupees(paise(line))

    return Column(key, title, text, width, "right", muted=lambda line: not paise(line))


def _late(line: LoanLine) -> str:
    return f"{line.days_past_due:,}"


def _on_time(line: LoanLine) -> bool:
    return not line.days_past_due


def _is_over(line: LoanLine) -> bool:
    return line.row.status not in OPEN


def _class(line: LoanLine) -> str:
    """The class, or how a loan ended that has none any more."""
    if _is_over(line):
        return word_of("loan_status", line.row.status)
    return word_of("asset_class", line.row.asset_class)


def _class_icon(line: LoanLine) -> tuple[str, str] | None:
    return None if _is_over(line) else class_icon(line.row.asset_class)


def _next_due(line: LoanLine) -> str:
    due = line.row.next_due_date
    return date_shown(due) if due else UNKNOWN
