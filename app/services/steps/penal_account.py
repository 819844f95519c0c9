"""What was overdue on one loan in a month, from its ledger, and the charge that follows from it.

Source: lending-rules.md section 5. The schedule in force on each day decides, so a month in which
it was replaced falls into parts. Terms are those of the loan's product on its day of sanction; a
loan whose product the rule book does not know is charged nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees
from app.rules.penal_period import (
    Missed,
    PenalDue,
    PenalPaid,
    PenalSpan,
    PenalTerms,
    missed_in,
    penal_terms,
    period_charge,
)
from app.rules.rule_rows import NoProductInForceError
from app.services.steps.loan_day import LoanDay, LoanPast, loan_on
from app.services.steps.loan_ledger import LoanLedger, RowMaker, read_ledger
from db.records.loans import Charge, Loan
from db.vocabulary.lending import PenalMethod
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork

_ONE_DAY = timedelta(days=1)
_PAST_DUES = (RepaymentKind.PREPAYMENT, RepaymentKind.RECOVERY)


@dataclass(frozen=True, slots=True)
class PenalAccount:
    """A loan's ledger and its earlier schedules."""

    ledger: LoanLedger
    past: LoanPast


@dataclass(frozen=True, slots=True)
class MonthCharge:
    """What one month of a loan comes to."""

    span: PenalSpan
    terms: PenalTerms
    missed: Missed
    charge_paise: int

    def row(self, loan_id: UUID, make: RowMaker) -> Charge:
        """The entry of the charge ledger; its due date is that of the oldest instalment missed."""
        return Charge(
            charge_id=make.new_id(),
            loan_id=loan_id,
            entry=ChargeEntry.LEVIED,
            kind=ChargeKind.PENAL,
            value_date=self.span.last,
            recorded_at=make.at,
            amount_paise=self.charge_paise,
            reason=_reason(self.span, self.terms),
            actor_id=make.actor_id,
            due_date=self.missed.oldest,
        )


@dataclass(frozen=True, slots=True)
class ClosingPenal:
    """What the days in arrears before a closing come to, beside the charges that stand.

    Attributes:
        levied: by month; each is charged with the closing.
        taken_back: charges of the same months that stood before, which `levied` replaces.
    """

    levied: tuple[MonthCharge, ...] = ()
    taken_back: tuple[Charge, ...] = ()

    @property
    def paise(self) -> int:
        """By how much the charges due change with the closing."""
        undone = sum(each.amount_paise for each in self.taken_back)
        return sum(each.charge_paise for each in self.levied) - undone


NO_PENAL = ClosingPenal()


def month_of(day: date) -> PenalSpan:
    """The month that ends on that day."""
    return PenalSpan(day.replace(day=1), day)


def ends_month(day: date) -> bool:
    """Whether a day is the last of its month."""
    return (day + _ONE_DAY).month != day.month


def contract_terms(
    product_code: str, sanctioned_on: date, rulebook: "Rulebook", charged_on: date
) -> PenalTerms | None:
    """The penal terms of a loan; None where nothing is charged.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    try:
        product = rulebook.product(product_code, sanctioned_on)
    except NoProductInForceError:
        return None
    return penal_terms(product.penal, rulebook, sanctioned_on, charged_on)


def charge_of(
    missed: Missed, terms: PenalTerms, span: PenalSpan, rulebook: "Rulebook"
) -> MonthCharge:
    """What was missed in a month, as money; tax belongs to it where a rule asks for any.

    Raises:
        NoRuleInForceError: a rule is missing.
    """
    charge = period_charge(missed, terms, rulebook, span.last)
    return MonthCharge(span, terms, missed, charge.total_paise)


def read_penal_account(book: "UnitOfWork", loan: Loan) -> PenalAccount:
    """Read a loan's account with the schedules it had."""
    return with_past(book, read_ledger(book, loan))


def with_past(book: "UnitOfWork", ledger: LoanLedger) -> PenalAccount:
    """A ledger that was read, with the loan's earlier schedules."""
    key = (ledger.loan.branch_id, ledger.loan.loan_id)
    past = LoanPast(
        paid_out=book.loans.disbursements(*key),
        versions=book.accounts.versions(*key),
        replaced=book.accounts.past_schedules(*key),
    )
    return PenalAccount(ledger, past)


def replayed_charge(
    account: PenalAccount, span: PenalSpan, rulebook: "Rulebook"
) -> MonthCharge | None:
    """What a month comes to by the ledger as it is known now; None where nothing is charged.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    loan = account.ledger.loan
    terms = contract_terms(loan.product_code, loan.sanction_date, rulebook, span.last)
    if terms is None:
        return None
    missed = Missed()
    for part in _parts(account.past, span):
        day = loan_on(account.ledger, account.past, part.last)
        missed += missed_in(_dues(day), list(_paid(day)), part, terms.grace_days)
    return charge_of(missed, terms, span, rulebook)


def settled_until(ledger: LoanLedger, day: date) -> date:
    """Up to which day an account has been settled; a day on which more is added at the earliest."""
    coming = ledger.loan.next_due_date
    fallen = [
        row.due_date
        for row in ledger.schedule
        if row.paid_on is None
        and row.interest_paise + row.principal_paise
        and (coming is None or row.due_date < coming)
    ]
    return max([day, *(row.value_date for row in ledger.rows), *fallen])


def _parts(past: LoanPast, span: PenalSpan) -> Iterator[PenalSpan]:
    """The month by the schedules that were in force in it."""
    begins = {each.from_date for each in past.versions[1:]}
    first = span.first
    for begin in sorted(each for each in begins if span.first < each <= span.last):
        yield PenalSpan(first, begin - _ONE_DAY)
        first = begin
    yield PenalSpan(first, span.last)


def _dues(day: LoanDay) -> list[PenalDue]:
    return [
        PenalDue(paid.due.due_on, paid.left_paise, paid.interest_paise + paid.principal_paise)
        for paid in day.state.dues
        if paid.due.due_on <= day.on and paid.due.interest_paise + paid.due.principal_paise
    ]


def _paid(day: LoanDay) -> Iterator[PenalPaid]:
    for row in day.ledger.receipts():
        if row.kind not in _PAST_DUES:
            split = day.state.splits[str(row.repayment_id)]
            yield PenalPaid(row.value_date, split.interest_paise + split.principal_paise)
    for use in day.state.advance_uses:
        yield PenalPaid(use.due_on, use.split.interest_paise + use.split.principal_paise)


def _reason(span: PenalSpan, terms: PenalTerms) -> str:
    penal = terms.penal
    if penal.method is PenalMethod.FLAT:
        how = f"{rupees(penal.amount_paise or 0)} for each missed instalment"
    else:
        how = f"{percent_shown(penal.rate_ppm or 0)} a year on overdue instalments"
    return f"{how}, {date_shown(span.first)} to {date_shown(span.last)}"
