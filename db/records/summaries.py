"""Summaries of the book: the terms by which they are counted, and their rows. Money in paise."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SummaryTerms:
    """What the rules say of summaries on one day.

    Attributes:
        day: the last closed day.
        bad_from_days: days late at a day-end from which a cohort counts a loan.
        ltv_edges_ppm: where the bands of owed over accepted security end.
    """

    day: date
    bad_from_days: int
    ltv_edges_ppm: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RepaymentSum:
    """Dues of a day or month (method empty), or receipts of one method.

    Attributes:
        product_code: empty for days, which are of all products together.
        paid_paise: received on these dues until now, whenever it came.
        receipts: less those taken back.
        prepaid_paise: part prepayments and closures among what was received.
    """

    starts_on: date
    product_code: str
    method: str
    dues: int
    due_paise: int
    on_time: int
    late: int
    unpaid: int
    paid_paise: int
    receipts: int
    received_paise: int
    interest_paise: int
    principal_paise: int
    fees_paise: int
    prepaid_paise: int


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """Final decisions and money paid out in one month, of one product."""

    month: date
    product_code: str
    decided: int
    approved: int
    disbursed_paise: int


@dataclass(frozen=True, slots=True)
class VintageCell:
    """Loans of a month of disbursement that first became bad in one month on book.

    Attributes:
        loans, principal_paise: paid out in the cohort; only at month 0.
    """

    cohort: date
    product_code: str
    months_on_book: int
    loans: int
    principal_paise: int
    bad_loans: int
    bad_paise: int


@dataclass(frozen=True, slots=True)
class SecurityCell:
    """Open loans with one kind of security (empty: none) in one band of owed over accepted value.

    Attributes:
        loans, value_paise: that have the kind; a loan with two kinds stands in both.
        lead_loans, outstanding_paise: each loan once, under its most valuable kind.
    """

    product_code: str
    collateral_type: str
    ltv_band: str
    loans: int
    value_paise: int
    lead_loans: int
    outstanding_paise: int
