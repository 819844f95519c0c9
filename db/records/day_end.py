"""A day that a branch has closed, what closing it did, and the terms by which it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


@dataclass(frozen=True, slots=True)
class DayEnd:
    """One closed day; money in paise.

    Attributes:
        loans: open at the end of the day.
        moved: that changed class.
        provision_paise: required for all of them together.
        pending_receipts: not yet posted when the day was closed.
        details: canonical JSON of the day's figures.
    """

    business_date: date
    recorded_at: datetime
    actor_id: UUID
    loans: int
    moved: int
    provision_paise: int
    pending_receipts: int
    details: str


@dataclass(frozen=True, slots=True)
class MonthEndLoan:
    """An open loan as a month end kept it; money in paise."""

    month_end: date
    loan_id: UUID
    asset_class: AssetClass
    dpd_bucket: DpdBucket
    outstanding_paise: int
    overdue_paise: int
    provision_paise: int


class Offered(NamedTuple):
    """A product while it is offered, and what its loans are provided for as."""

    product_code: str
    first: date
    last: date
    segment: ProvisionSegment


@dataclass(frozen=True, slots=True)
class ProvisionTerms:
    """The provisioning rates of one day in ppm, and the oldest valuation that counts.

    Attributes:
        doubtful: of the secured part, by class.
        agreed: what each product is provided for as, by the day of sanction.
        unsecured_at_most: security up to this share of the principal is none.
        valued_from: by kind of security; a kind that is missing counts for nothing.
    """

    standard: Mapping[ProvisionSegment, int]
    secured: int
    unsecured: int
    doubtful: Mapping[AssetClass, int]
    doubtful_rest: int
    loss: int
    unsecured_at_most: int
    valued_from: Mapping[CollateralType, date]
    agreed: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosingTerms:
    """The rules of one day-end as limits on dates, so that a statement can move many loans.

    Attributes:
        classes: latest oldest-unpaid due date of each class by days, the worst first.
        buckets: the same of each bucket of days.
        npa_due: latest due date that makes a loan an NPA; None where none does.
        ages: latest NPA date of each doubtful class, the worst first.
        defaulted_from: a loan paid out from then on that is an NPA has defaulted.
        proven_since: a restructured NPA without arrears since then may be upgraded.
        borrower_wise: an NPA makes all loans of the borrower one.
    """

    day: date
    classes: tuple[tuple[date, AssetClass], ...]
    buckets: tuple[tuple[date, DpdBucket], ...]
    npa_due: date | None
    ages: tuple[tuple[date, AssetClass], ...]
    defaulted_from: date
    proven_since: date
    borrower_wise: bool
    provision: ProvisionTerms


class ClassMove(NamedTuple):
    """A loan that entered another class at a day-end."""

    loan_id: UUID
    before: AssetClass
    after: AssetClass
    oldest_unpaid_due: date | None
    npa_since: date | None
    provision_paise: int


class ProvisionSum(NamedTuple):
    """Open loans of one class and segment; `secured` where their security exceeds the least."""

    asset_class: AssetClass
    provision_segment: ProvisionSegment
    secured: bool
    loans: int
    outstanding_paise: int
    provision_paise: int


class PenalLoan(NamedTuple):
    """An open loan that was in arrears in a period.

    Attributes:
        moved: money came after the period, or its schedule was replaced in it or later, so that
            its instalments no longer say what was overdue then.
    """

    loan_id: UUID
    product_code: str
    sanction_date: date
    moved: bool


class PenalRow(NamedTuple):
    """One instalment (left and paid) or one day's payments (paid alone) of a loan, in paise."""

    loan_id: UUID
    day: date
    left_paise: int
    paid_paise: int
