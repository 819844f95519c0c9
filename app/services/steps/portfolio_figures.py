"""What is told of a book: summary, classes, keys, months and the alerts that stand.

Source: commands.md (Portfolio), screens.md S80. Money in paise, shares and ratios unrounded Decimal
per cent, None where the base is 0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import AlertLevel


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A limit that is crossed. `since` is the month end, or day, from which it has stood."""

    rule: str
    label: str
    level: AlertLevel
    value: Decimal
    limit: Decimal
    since: date | None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit to draw beside a trend, in per cent."""

    value: Decimal
    label: str
    level: AlertLevel


@dataclass(frozen=True, slots=True)
class PortfolioSummary:
    """The main figures of a branch on one day.

    Attributes:
        average_emi_payment_rate: instalments paid in full by their due date over those due.
        collection_efficiency: of the variant named (current demand of the month).
    """

    as_of: date
    total_applications: int
    total_loans: int
    active_loans: int
    defaulted_loans: int
    approval_rate: Decimal | None
    total_disbursed_paise: int
    total_outstanding_paise: int
    total_repaid_paise: int
    total_npa_amount_paise: int
    npa_ratio: Decimal | None
    net_npa_ratio: Decimal | None
    default_rate: Decimal | None
    average_emi_payment_rate: Decimal | None
    par30: Decimal | None
    par60: Decimal | None
    par90: Decimal | None
    collection_efficiency: Decimal | None
    collection_variant: str
    alerts: tuple[AlertLine, ...] = ()
    npa_limits: tuple[LimitLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One asset class; the percentage is of the whole outstanding."""

    asset_class: AssetClass
    loans: int
    outstanding_paise: int
    percentage: Decimal | None
    provision_required_paise: int


@dataclass(frozen=True, slots=True)
class NpaAnalysis:
    """Every asset class in order of severity, Standard and special mention included."""

    as_of: date
    classes: tuple[ClassLine, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Loans and money of one key; the share is of the table's money."""

    key: str
    loans: int
    amount_paise: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class RepaymentStats:
    """Instalments due so far by how they were paid, and receipts by method."""

    as_of: date
    due: int
    on_time: int
    late: int
    unpaid: int
    on_time_share: Decimal | None
    late_fees_paise: int
    by_method: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class CollateralAnalysis:
    """Accepted security by kind, and open loans by loan-to-value band."""

    as_of: date
    rows: tuple[KeyLine, ...]
    ltv_bands: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class LoanDistribution:
    """Loans by purpose and by size."""

    as_of: date
    rows: tuple[KeyLine, ...]
    ticket_sizes: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """One month end; the approval rate is of what was decided in that month."""

    month_end: date
    outstanding_paise: int
    disbursed_paise: int
    npa_ratio: Decimal | None
    default_rate: Decimal | None
    approval_rate: Decimal | None
