"""A borrower's loans as classification sees them, read from the book.

Source: lending-rules.md 9.2. Instalments that a later schedule replaced were in arrears until that
schedule began; a loss is what two people identified as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.rules.borrower_class import Arrears, BorrowerLoan
from app.services.steps.loan_ledger import LoanLedger, read_ledger
from app.services.steps.loan_provision import SecuredLoan, days_of, secured_loan
from db.records.loans import Disbursement, Loan
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class BorrowersLoan:
    """One loan with all that its class and its provision follow from."""

    loan: Loan
    classed: BorrowerLoan
    secured: SecuredLoan
    ledger: LoanLedger
    paid_out: tuple[Disbursement, ...]

    def balance_on(self, day: date) -> int:
        """Principal owed at the end of a day, in paise; nothing of a loan written off by then."""
        gone = self.classed.written_off_on
        if gone is not None and gone <= day:
            return 0
        out = sum(row.amount_paise for row in self.paid_out if row.disbursement_date <= day)
        back = sum(row.principal_paise for row in self.ledger.rows if row.value_date <= day)
        return out - back


def read_borrowers_loan(
    book: "UnitOfWork", loan: Loan, planned: LoanLedger | None = None
) -> BorrowersLoan:
    """Read one loan's account, its earlier schedules, its acts and its security.

    `planned` is the account as it will be, for asking what its class would come to.
    """
    key = (loan.branch_id, loan.loan_id)
    ledger = read_ledger(book, loan) if planned is None else planned
    written_off = loan.closed_on if loan.status is LoanStatus.WRITTEN_OFF else None
    application = book.applications.get(loan.branch_id, loan.application_id)
    acts = book.acts.of(loan.branch_id, loan_id=loan.loan_id)
    arrears = [*_replaced(book, loan), *_late(ledger)]
    return BorrowersLoan(
        loan=loan,
        classed=BorrowerLoan(
            loan_id=loan.loan_id,
            disbursed_on=loan.disbursement_date,
            arrears=tuple(sorted(arrears, key=lambda each: each.due_on)),
            closed_on=None if written_off else loan.closed_on,
            written_off_on=written_off,
            restructured=days_of(acts, LoanAct.RESTRUCTURE),
            loss_on=min(days_of(acts, LoanAct.LOSS), default=None),
        ),
        secured=secured_loan(loan, application.collateral, acts),
        ledger=ledger,
        paid_out=book.loans.disbursements(*key),
    )


def _late(ledger: LoanLedger) -> Iterator[Arrears]:
    for row in ledger.schedule:
        if row.interest_paise + row.principal_paise == 0:
            continue  # nothing falls due in a month of a moratorium
        if row.paid_on is None or row.paid_on > row.due_date:
            yield Arrears(row.due_date, row.paid_on)


def _replaced(book: "UnitOfWork", loan: Loan) -> Iterator[Arrears]:
    """What earlier schedules left unpaid until the next one began."""
    versions = book.accounts.versions(loan.branch_id, loan.loan_id)
    for version in versions[1:]:
        rows = book.accounts.past_schedule(loan.branch_id, loan.loan_id, version.version - 1)
        for row in rows:
            until = min(row.paid_on or date.max, version.from_date)
            if row.due_date < until and row.interest_paise + row.principal_paise:
                yield Arrears(row.due_date, until)
