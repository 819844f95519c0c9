"""What is owed on a loan on one day, read from its account: where every change of it starts.

Source: lending-rules.md 4.1 and 4.5. Instalments that have fallen due stay as they were agreed;
only what is not due yet can be paid early or put on other terms.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.rules.day_count import add_months, day_basis
from app.rules.foreclosure import LoanToClose
from app.rules.loan_account import AccountState
from app.rules.products import Product
from app.services.steps.loan_ledger import LoanLedger, read_ledger, replay_ledger
from app.services.steps.penal_account import NO_PENAL, ClosingPenal
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Instalment, Loan, ScheduleVersion
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LetterKind, LetterStatus, LoanStatus

if TYPE_CHECKING:
    from uuid import UUID

    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork

OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
_OVER = {
    LoanStatus.CLOSED: "This loan is closed: nothing is owed on it",
    LoanStatus.WRITTEN_OFF: "This loan is written off: record what still comes in as a recovery",
}


class LoanFacts(NamedTuple):
    """What hangs on a loan beside its account.

    Attributes:
        charges_told: the borrower has accepted a Key Facts Statement, which names every charge.
        versions: of its schedule, the contract first.
        oldest_years: the borrower's age at most on the last due date; None is no limit.
    """

    product: Product
    charges_told: bool
    versions: tuple[ScheduleVersion, ...] = ()
    born_on: date | None = None
    oldest_years: int | None = None

    @property
    def schedule_version(self) -> int:
        """Of the schedule in force."""
        return self.versions[-1].version if self.versions else 1


@dataclass(frozen=True, slots=True)
class LoanOwed:
    """A loan on a day; money in paise.

    Attributes:
        on: the day asked for.
        state: the account at the end of that day, or of today where that is later.
        period_start: where the month of the next instalment begins.
        settled_to: interest is settled up to this day: the last due date, or an early payment.
        left: instalments that are not due yet.
        balance_paise: principal that is not due yet.
        rate_ppm: at which it bears interest now; one agreed for a later day does not count yet.
        accrued_paise: interest on it up to the day; 0 where the day lies before `settled_to`.
        penal: charges that only a closing on the day brings; read for one alone.
    """

    loan: Loan
    facts: LoanFacts
    ledger: LoanLedger
    state: AccountState
    on: date
    as_of: date
    period_start: date
    settled_to: date
    left: tuple[Instalment, ...]
    balance_paise: int
    rate_ppm: int
    accrued_paise: int
    penal: ClosingPenal = NO_PENAL

    @property
    def overdue_paise(self) -> int:
        """Instalments that have fallen due and are unpaid."""
        return self.state.overdue_paise(self.as_of)

    @property
    def charges_paise(self) -> int:
        """Charges unpaid."""
        return self.state.charges_due_paise

    @property
    def to_close(self) -> LoanToClose:
        """The loan as its closing amount is computed."""
        return LoanToClose(
            principal_paise=self.balance_paise,
            rate_ppm=self.rate_ppm,
            last_due_on=self.settled_to,
            overdue_paise=self.overdue_paise,
            charges_paise=self.charges_paise + self.penal.paise,
        )


def loan_of(book: "UnitOfWork", branch_id: int, loan: "UUID | str") -> Loan:
    """A loan by its id or its reference.

    Raises:
        NotFound: the branch has no such loan.
    """
    if isinstance(loan, str):
        return book.loans.by_reference(branch_id, loan)
    return book.loans.get(branch_id, loan)


def read_facts(book: "UnitOfWork", loan: Loan, rulebook: "Rulebook") -> LoanFacts:
    """Read what a change of a loan asks beside its account.

    Raises:
        NoProductInForceError: the product was not offered on the day of sanction.
    """
    branch_id = loan.branch_id
    papers = book.documents.of_application(branch_id, loan.application_id)
    product = rulebook.product(loan.product_code, loan.sanction_date)
    customer = book.customers.get(branch_id, loan.customer_id)
    work = customer.employment.employment_type
    return LoanFacts(
        product=product,
        charges_told=any(
            paper.kind is LetterKind.KFS
            and paper.accepted_on is not None
            and paper.status is not LetterStatus.VOID
            for paper in papers
        ),
        versions=book.accounts.versions(branch_id, loan.loan_id),
        born_on=customer.date_of_birth,
        oldest_years=None if work is None else product.max_age_at_maturity_years.get(work),
    )


def read_owed(
    book: "UnitOfWork", loan: Loan, on: date, today: date, rulebook: "Rulebook"
) -> LoanOwed:
    """Replay a loan's account up to a day and see what is owed on it.

    Raises:
        Refused: the loan is closed or written off, or the day lies before it was paid out.
        NoRuleInForceError: no day-count rule on the day of sanction.
    """
    if loan.status not in OPEN:
        raise Refused(RefusalKind.CONFLICT, _OVER[loan.status])
    if on < loan.disbursement_date:
        raise Refused(
            RefusalKind.BAD_INPUT,
            "Choose a day on or after the payment of the loan",
            {"value_date": "Choose a day on or after the payment of the loan"},
        )
    facts, ledger = read_facts(book, loan, rulebook), read_ledger(book, loan)
    return owed_of(facts, ledger, (on, max(on, today)), rulebook)


def owed_of(
    facts: LoanFacts, ledger: LoanLedger, days: tuple[date, date], rulebook: "Rulebook"
) -> LoanOwed:
    """What is owed, from an account that has been read; `days` are the one asked for and the last.

    Dues have fallen up to the last day.
    """
    loan, (on, as_of) = ledger.loan, days
    state = replay_ledger(ledger, as_of)
    fallen = [row for row in ledger.schedule if row.due_date <= as_of]
    left = ledger.schedule[len(fallen) :]
    unpaid = sum(
        each.due.principal_paise - each.principal_paise
        for each in state.dues
        if each.due.due_on <= as_of
    )
    start = fallen[-1].due_date if fallen else _start(loan, left)
    settled = max([_settled(loan, ledger.schedule, len(fallen)), *_early(ledger)])
    balance = state.principal_left_paise - unpaid
    rate = _rate(facts, loan, settled)
    basis = day_basis(rulebook, loan.sanction_date)
    return LoanOwed(
        loan=loan,
        facts=facts,
        ledger=ledger,
        state=state,
        on=on,
        as_of=as_of,
        period_start=start,
        settled_to=settled,
        left=left,
        balance_paise=balance,
        rate_ppm=rate,
        accrued_paise=basis.interest(balance, rate, settled, max(on, settled)),
    )


def _settled(loan: Loan, rows: tuple[Instalment, ...], fallen: int) -> date:
    """The day up to which dues that have fallen settle interest.

    Months of a pause whose simple interest waits settle nothing: it joins at the end.
    """
    place = fallen
    while place and _waits(rows[place - 1]) and not rows[place - 1].interest_paise:
        place -= 1
    # The first due of such a pause may collect the days before its first month.
    opens = place == 1 and _waits(rows[0]) and len(rows) > 1
    if opens and not rows[1].interest_paise and not rows[1].principal_paise:
        place = 0
    if place:
        return rows[place - 1].due_date
    first = add_months(rows[0].due_date, -1) if fallen else loan.disbursement_date
    return max(first, loan.disbursement_date)


def _waits(row: Instalment) -> bool:
    return not row.principal_paise and row.closing_paise == row.opening_paise


def _rate(facts: LoanFacts, loan: Loan, on: date) -> int:
    """The rate in force on a day, by the versions of the schedule."""
    rates = [each.rate_ppm for each in facts.versions if each.from_date <= on]
    return rates[-1] if rates else loan.rate_ppm


def _start(loan: Loan, left: tuple[Instalment, ...]) -> date:
    """Where the first month begins: a month before the first due date."""
    return add_months(left[0].due_date, -1) if left else loan.disbursement_date


def _early(ledger: LoanLedger) -> list[date]:
    """The days on which principal was paid early, its interest with it."""
    return [row.value_date for row in ledger.receipts() if row.kind is RepaymentKind.PREPAYMENT]
