"""What is told of a book: its summary, and the alerts that stand beside their limits.

Source: commands.md (Portfolio), screens.md S80. Money in paise, shares and ratios unrounded Decimal
per cent, None where the base is 0.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
    alerts: tuple[AlertLine, ...]
