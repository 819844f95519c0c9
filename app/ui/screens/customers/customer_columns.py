"""Columns of the customers list (S20)."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.ui.item_models.columns import Column
from app.ui.widgets.lending_cells import KYC_ICONS, UNKNOWN, days_late, phone_masked
from db.records.lists import CustomerRow

_NPA_DAYS = 90  # only the colour of the warning; the class itself comes from the rules


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomersScreen", words)


def customer_columns(today: Callable[[], date]) -> tuple[Column[CustomerRow], ...]:
    """Ten columns; `today` is the desk's business date, for the days late."""

    def late(row: CustomerRow) -> int:
        return days_late(row.oldest_unpaid_due, today())

    def late_token(row: CustomerRow) -> str:
        days = late(row)
        if days == 0:
            return "muted"
        return "bad" if days > _NPA_DAYS else "warning"

    def late_icon(row: CustomerRow) -> tuple[str, str] | None:
        return ("alert-triangle", late_token(row)) if late(row) else None

    return (
        Column("full_name", _tr("Name"), _name, 152, strong=True, sort="full_name"),
        Column("reference", _tr("Id"), _reference, 68, muted=True, sort="reference"),
        Column("phone", _tr("Phone"), lambda row: phone_masked(row.phone), 104),
        Column("city", _tr("City"), lambda row: row.city, 104, sort="city"),
        Column("kyc", _tr("KYC"), lambda row: _tr(str(row.kyc_status)), 112, icon=_kyc_icon),
        Column("segment", _tr("Segment"), lambda row: _tr(str(row.segment)), 88),
        Column("loans", _tr("Loans"), _loans, 52, align="right", muted=_no_loans),
        Column("outstanding", _tr("Outstanding ₹"), _outstanding, 104, "right", muted=_no_dues),
        Column(
            "days",
            _tr("Days late"),
            lambda row: str(late(row)),
            84,
            "right",
            icon=late_icon,
            token=late_token,
        ),
        Column("contact", _tr("Last contact"), _contact, 104, "right", muted=True),
    )


def _name(row: CustomerRow) -> str:
    return row.full_name


def _reference(row: CustomerRow) -> str:
    return row.reference


def _kyc_icon(row: CustomerRow) -> tuple[str, str]:
    return KYC_ICONS[row.kyc_status]


def _loans(row: CustomerRow) -> str:
    return str(row.active_loans)


def _no_loans(row: CustomerRow) -> bool:
    return row.active_loans == 0


def _outstanding(row: CustomerRow) -> str:
    return rupees_shown(row.outstanding_paise).removeprefix("₹")


def _no_dues(row: CustomerRow) -> bool:
    return row.outstanding_paise == 0


def _contact(row: CustomerRow) -> str:
    return date_shown(row.last_contact) if row.last_contact else UNKNOWN
