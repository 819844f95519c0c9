"""Sums over the book for the portfolio page and its verbs. Counts whole, money in paise."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from db.vocabulary.loan_life import AssetClass


@dataclass(frozen=True, slots=True)
class BookSums:
    """Every count and sum the portfolio summary is made of, on one day."""

    as_of: date
    applications: int
    decided: int
    approved: int
    loans: int
    active_loans: int
    defaulted_loans: int
    disbursed_paise: int
    outstanding_paise: int
    repaid_paise: int
    npa_outstanding_paise: int
    npa_provision_paise: int
    outstanding_above_30_paise: int
    outstanding_above_60_paise: int
    outstanding_above_90_paise: int
    instalments_due: int
    instalments_on_time: int
    instalments_late: int
    instalments_unpaid: int
    current_demand_paise: int
    collected_on_current_paise: int
    late_fees_paise: int


@dataclass(frozen=True, slots=True)
class ClassSum:
    """Count, money and provision of one asset class."""

    asset_class: AssetClass
    loans: int
    outstanding_paise: int
    provision_paise: int


@dataclass(frozen=True, slots=True)
class KeySum:
    """Loans and amount of one key (purpose, collateral kind, ticket band, method)."""

    key: str
    loans: int
    amount_paise: int


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One month end of the trend."""

    month_end: date
    outstanding_paise: int
    npa_outstanding_paise: int
    loans_to_date: int
    defaulted_to_date: int
    decided: int
    approved: int
    disbursed_paise: int


@dataclass(frozen=True, slots=True)
class LoanAmount:
    """One of the loans behind a figure, with the money it adds to it."""

    loan_id: UUID
    reference: str
    amount_paise: int
