"""The contract schedule on real dates: broken period, moratorium, instalments, prepayments.

Source: lending-rules.md sections 1 to 4. Vectors V013 to V025 meet it through schedule, moratorium
and prepayment; a second implementation that shares nothing with it agrees to the paisa (tests).
What is owed falls by ``principal_paise`` in every row, so the principal parts add up to the loan
and the last row closes at exactly 0.00.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.amortisation import LoanShape, Schedule, contract_schedule
from app.rules.loan_contract import (
    ContractRules,
    LoanContract,
    Prepayment,
    check_contract,
    contract_dates,
    contract_rules,
)
from app.rules.rulebook import Rulebook
from app.rules.schedule_ledger import DatedRow, RowKind, ScheduleLedger
from db.vocabulary.lending import BrokenPeriodCollection, EmiRounding


@dataclass(frozen=True, slots=True)
class DatedSchedule:
    """A full dated schedule.

    Attributes:
        emi_paise: the instalment that the loan starts with.
        rounding: the one really used for it.
        broken_days: days before the first whole month; below 0 when the first one is short.
        broken_interest_paise: interest of those days, collected on its own line.
        collection: when that interest is paid.
    """

    emi_paise: int
    rounding: EmiRounding
    rows: tuple[DatedRow, ...]
    broken_days: int
    broken_interest_paise: int
    collection: BrokenPeriodCollection

    @property
    def total_interest_paise(self) -> int:
        """All interest, the broken period included."""
        return self.broken_interest_paise + sum(row.interest_paise for row in self.rows)

    @property
    def paid_upfront_paise(self) -> int:
        """Broken-period interest taken off at disbursement."""
        upfront = self.collection is BrokenPeriodCollection.UPFRONT
        return self.broken_interest_paise if upfront else 0

    @property
    def payments_paise(self) -> tuple[int, ...]:
        """Every payment due, month by month, broken interest included; no prepayments."""
        return tuple(
            row.instalment_paise + row.broken_paise
            for row in self.rows
            if row.kind is not RowKind.PREPAYMENT
        )

    @property
    def instalments(self) -> tuple[DatedRow, ...]:
        """The rows after the moratorium, without prepayments."""
        return tuple(row for row in self.rows if row.kind is RowKind.INSTALMENT)


def dated_schedule(
    contract: LoanContract, rulebook: Rulebook, on: date, prepayments: Iterable[Prepayment] = ()
) -> DatedSchedule:
    """The schedule of a contract sanctioned on a day, with the prepayments made.

    A prepayment on a due date counts after that day's payment. One before the first instalment's
    month that keeps the EMI leaves the EMI as it was agreed; one that keeps the tenure has it
    computed on what is owed when the instalments start.

    Raises:
        LoanTermsError: amount, rate or tenure outside the arithmetic.
        ContractDatesError: dates that do not go together.
        PrepaymentError: a prepayment at fault.
        NoRuleInForceError: a rule is missing on that day.
    """
    rules = contract_rules(rulebook, on)
    dates = contract_dates(contract, rules.missing_day)
    check_contract(contract, dates)

    def priced(owed_paise: int, months: int) -> Schedule:
        shape = LoanShape(owed_paise, contract.rate_ppm, months)
        return contract_schedule(shape, contract.rounding, rulebook, on)

    ledger = ScheduleLedger(contract, rules, prepayments)
    broken = ledger.break_in(dates[0])
    ledger.wait(dates)
    agreed = ledger
    if ledger.keeps_agreed_emi:
        agreed = _without_prepayments(contract, rules, dates)
    start = priced(agreed.owed_paise, contract.tenure_months)
    if not ledger.copy(start, dates):
        ledger.repay(dates, start.emi_paise, lambda owed, months: priced(owed, months).emi_paise)
    return DatedSchedule(
        emi_paise=start.emi_paise,
        rounding=start.rounding,
        rows=tuple(ledger.rows),
        broken_days=(dates[0] - contract.disbursed_on).days,
        broken_interest_paise=broken,
        collection=rules.collection,
    )


def _without_prepayments(
    contract: LoanContract, rules: ContractRules, dates: Sequence[date]
) -> ScheduleLedger:
    """The loan at the end of the moratorium as it was agreed."""
    ledger = ScheduleLedger(contract, rules, ())
    ledger.break_in(dates[0])
    ledger.wait(dates)
    return ledger
