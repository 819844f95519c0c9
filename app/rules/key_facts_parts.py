"""The parts of a Key Facts Statement as data, and how repayments are told in it.

Source: lending-rules.md 7.2; RBI circular of 15 Apr 2024 (Annex A parts 1 and 2, Annex B table).
Money in paise, rates in ppm; nothing here is a printed word.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.rules.dated_schedule import DatedSchedule
from app.rules.loan_contract import LoanContract
from app.rules.loan_plan import LoanPlan
from app.rules.stage_disbursement import Stage
from app.rules.upfront_charges import ChargeLine
from db.vocabulary.lending import (
    Benchmark,
    FeeBasis,
    FeeKind,
    MoratoriumTreatment,
    PenalMethod,
    RateType,
    RepaymentType,
)


@dataclass(frozen=True, slots=True)
class Repayments:
    """What will be paid back and when.

    Attributes:
        count: instalments of principal; 1 for a loan paid back at the end.
        amount_paise: the equal instalment, or the one payment.
        first_on: due date of the first payment of any kind.
        capitalised_months: months whose interest joins the principal.
        owed_at_start_paise: what the instalments are computed on.
        payments_paise: every payment by month, broken-period interest included.
        broken_days: days by which the first period differs from a month.
        upfront_interest_paise: broken-period interest taken off at disbursement.
    """

    repayment_type: RepaymentType
    count: int
    amount_paise: int
    first_on: date
    last_on: date
    moratorium_months: int
    capitalised_months: int
    owed_at_start_paise: int
    payments_paise: tuple[int, ...]
    total_interest_paise: int
    broken_days: int
    upfront_interest_paise: int


def repayments_of_contract(contract: LoanContract, schedule: DatedSchedule) -> Repayments:
    """Repayments in equal instalments, from the contract's own schedule."""
    serviced = contract.moratorium_treatment is MoratoriumTreatment.SERVICED
    instalments = schedule.instalments
    return Repayments(
        repayment_type=RepaymentType.EMI,
        count=len(instalments),
        amount_paise=schedule.emi_paise,
        # Nothing is paid in the months whose interest joins the principal.
        first_on=next(
            (row.due_on for row in schedule.rows if row.instalment_paise + row.broken_paise),
            schedule.rows[0].due_on,
        ),
        last_on=schedule.rows[-1].due_on,
        moratorium_months=contract.moratorium_months,
        capitalised_months=0 if serviced else contract.moratorium_months,
        owed_at_start_paise=instalments[0].opening_paise,
        payments_paise=schedule.payments_paise,
        total_interest_paise=schedule.total_interest_paise,
        broken_days=schedule.broken_days,
        upfront_interest_paise=schedule.paid_upfront_paise,
    )


def repayments_at_end(plan: LoanPlan, principal_paise: int) -> Repayments:
    """One payment at the end, from the plan of the loan."""
    return Repayments(
        repayment_type=RepaymentType.BULLET,
        count=1,
        amount_paise=plan.last_instalment_paise,
        first_on=plan.last_due_date,
        last_on=plan.last_due_date,
        moratorium_months=0,
        capitalised_months=0,
        owed_at_start_paise=principal_paise,
        payments_paise=plan.payments_paise,
        total_interest_paise=plan.total_interest_paise,
        broken_days=plan.broken_days,
        upfront_interest_paise=0,
    )


@dataclass(frozen=True, slots=True)
class RateEffect:
    """What a higher rate does: a higher EMI, or more instalments.

    Attributes:
        rise_ppm: by how much the rate rises.
        emi_paise: the EMI that keeps the count.
        count: instalments with the EMI kept; None where it would no longer pay the loan off.
    """

    rise_ppm: int
    emi_paise: int
    emi_change_paise: int
    count: int | None
    count_change: int | None


@dataclass(frozen=True, slots=True)
class FloatingFacts:
    """How a floating rate is made; rates in ppm."""

    benchmark: Benchmark
    benchmark_ppm: int
    spread_ppm: int
    final_ppm: int
    reset_months: int
    effect: RateEffect


@dataclass(frozen=True, slots=True)
class RateFacts:
    """The yearly rate in ppm and its kind."""

    rate_ppm: int
    rate_type: RateType
    floating: FloatingFacts | None


@dataclass(frozen=True, slots=True)
class ContingentCharge:
    """A charge that comes only with an event.

    Attributes:
        event: the kind of fee; None is the penal charge.
        basis: how it is counted: of a fee, or of a penal charge.
        gst_ppm: tax on it.
    """

    event: FeeKind | None
    basis: FeeBasis | PenalMethod
    rate_ppm: int | None
    amount_paise: int | None
    gst_ppm: int


@dataclass(frozen=True, slots=True)
class PartOne:
    """Part 1: the loan, its rate, its fees and its yearly cost."""

    proposal_number: str
    product_code: str
    sanctioned_paise: int
    disbursal: tuple[Stage, ...]
    tenure_months: int
    repayments: Repayments
    rate: RateFacts
    fees: tuple[ChargeLine, ...]
    apr_percent: Decimal
    apr_without_tax_percent: Decimal
    contingent: tuple[ContingentCharge, ...]


@dataclass(frozen=True, slots=True)
class CoLending:
    """Shares of two lenders in ppm, and the rate the borrower pays on both."""

    partner: str
    own_share_ppm: int
    partner_share_ppm: int
    blended_rate_ppm: int


@dataclass(frozen=True, slots=True)
class LenderFacts:
    """What the bank says of itself: clauses by their number, the nodal officer, partners."""

    recovery_clause: str
    grievance_clause: str
    nodal_officer: str
    nodal_phone: str
    nodal_email: str
    may_be_transferred: bool
    co_lending: CoLending | None = None
    recovery_provider: str | None = None


@dataclass(frozen=True, slots=True)
class PartTwo:
    """Part 2: other terms that are data. ``cooling_off_days`` is None for a branch loan."""

    lender: LenderFacts
    cooling_off_days: int | None


class InstalmentLine(NamedTuple):
    """How many equal payments, and of what amount in paise."""

    number: int
    amount_paise: int


@dataclass(frozen=True, slots=True)
class AprTable:
    """The twelve lines of the APR computation.

    Attributes:
        fees_to_lender_paise: line A, tax included.
        fees_to_third_parties_paise: line B, tax included.
        net_disbursed_paise: sanctioned less A, B and interest taken up front.
        total_payable_paise: sanctioned and interest; fees are not in it.
    """

    sanctioned_paise: int
    tenure_months: int
    instalments: InstalmentLine
    capitalised_months: int
    first_payment_on: date
    rate: RateFacts
    total_interest_paise: int
    fees_to_lender_paise: int
    fees_to_third_parties_paise: int
    net_disbursed_paise: int
    total_payable_paise: int
    apr_percent: Decimal
