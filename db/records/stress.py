"""What a stress run reads of the book: one row a loan, and how loans of a kind have turned out."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from db.vocabulary.decisions import RiskLevel
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from db.vocabulary.people import EmploymentType, State


class StressRow(NamedTuple):
    """One loan with money owed on it; money in paise.

    Attributes:
        floating: its rate moves with a benchmark.
        risk_level: of the newest assessment of its application.
        income_paise, employment_type, state: of the borrower.
        dues_paise: what the borrower owes elsewhere a month; dues a loan closed are left out.
        security_paise: realisable today; of it `gold_paise` is gold.
        security_start_paise: all security, however old its valuation.
    """

    branch_id: int
    loan_id: UUID
    customer_id: UUID
    product_code: str
    asset_class: AssetClass
    npa_since: date | None
    oldest_unpaid_due: date | None
    outstanding_paise: int
    principal_paise: int
    emi_paise: int
    rate_ppm: int
    first_due_date: date
    tenure_months: int
    floating: bool
    restructured: bool
    provision_segment: ProvisionSegment
    risk_level: RiskLevel | None
    income_paise: int | None
    employment_type: EmploymentType | None
    state: State | None
    dues_paise: int
    security_paise: int
    gold_paise: int
    security_start_paise: int


@dataclass(frozen=True, slots=True)
class DefaultExperience:
    """Loans of one risk level that are old enough to tell, and how many of them defaulted."""

    risk_level: RiskLevel | None
    matured: int
    defaulted: int
