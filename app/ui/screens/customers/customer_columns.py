"""Columns of the customers list (S20)."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.ui.item_models.columns import Column
from app.ui.screens.customers.late_days import LateDays
from app.ui.widgets.lending_cells import KYC_ICONS, UNKNOWN, phone_masked, whole_rupees, word_of
from db.records.lists import CustomerRow


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomersScreen", words)


def customer_columns(late: LateDays) -> tuple[Column[CustomerRow], ...]:
    """Ten columns; `late` gives the days past due of a row."""

    def late_words(row: CustomerRow) -> str:
        days = late.days(row)
        return UNKNOWN if days is None else str(days)

    return (
        Column("full_name", _tr("Name"), _name, 162, strong=True, sort="full_name"),
        Column("reference", _tr("Id"), _reference, 62, muted=True, sort="reference"),
        Column("phone", _tr("Phone"), lambda row: phone_masked(row.phone), 98),
        Column("city", _tr("City"), lambda row: row.city, 98, sort="city"),
        Column("kyc", _tr("KYC"), _kyc, 104, icon=_kyc_icon),
        Column("segment", _tr("Segment"), _segment, 78),
        Column("loans", _tr("Loans"), _loans, 54, align="right", muted=_no_loans),
        Column(
            "outstanding",
            _tr("Outstanding ₹"),
            _outstanding,
            100,
            "right",
            muted=_no_dues,
            tip=_outstanding_tip,
        ),
        Column("days", _tr("Days late"), late_words, 74, "right", icon=late.icon, token=late.token),
        Column("contact", _tr("Last contact"), _last_contact, 96, "right", muted=True),
    )


def _last_contact(row: CustomerRow) -> str:
    at = row.last_contact_at
    return UNKNOWN if at is None else date_shown(bank_day(at))


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
    return whole_rupees(row.outstanding_paise)


def _no_dues(row: CustomerRow) -> bool:
    return row.outstanding_paise == 0


def _kyc(row: CustomerRow) -> str:
    return word_of("kyc_status", row.kyc_status)


def _segment(row: CustomerRow) -> str:
    return word_of("customer_segment", row.segment)


def _outstanding_tip(row: CustomerRow) -> str:
    return rupees_shown(row.outstanding_paise)
