"""The statement of a loan's account for a period, read from the book.

Source: screens.md S64.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.account_statement import StatementLines, statement_lines
from app.services.steps.loan_day import LoanPast, loan_on
from app.services.steps.loan_ledger import read_ledger
from app.services.steps.loan_owed import loan_of
from app.services.steps.refusal import bad_input
from db.records.loans import Instalment, Loan
from db.records.people import Customer

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StatementWanted:
    """Which loan and period; no first day is the disbursement, no last day is today."""

    loan: UUID | str
    begin: date | None = None
    end: date | None = None
    charges: bool = True


@dataclass(frozen=True, slots=True)
class LoanStatement:
    """A statement with what its head needs.

    Attributes:
        schedule: in force at the end of the period.
        outstanding_paise, overdue_paise: at the end of the period.
        charges: whether the charge ledger is part of it.
    """

    loan: Loan
    customer: Customer
    begin: date
    end: date
    charges: bool
    lines: StatementLines
    schedule: tuple[Instalment, ...]
    outstanding_paise: int
    overdue_paise: int


def statement_of(
    book: "UnitOfWork", branch_id: int, wanted: StatementWanted, today: date
) -> LoanStatement:
    """Read a statement in a constant number of statements of the book.

    Raises:
        Refused: the period is none of this loan.
        NotFound: the branch has no such loan.
    """
    loan = loan_of(book, branch_id, wanted.loan)
    begin, end = _period(wanted, loan, today)
    key = (loan.branch_id, loan.loan_id)
    past = LoanPast(
        book.loans.disbursements(*key),
        book.accounts.versions(*key),
        book.accounts.past_schedules(*key),
    )
    day = loan_on(read_ledger(book, loan), past, end, today)
    return LoanStatement(
        loan=loan,
        customer=book.customers.get(branch_id, loan.customer_id),
        begin=begin,
        end=end,
        charges=wanted.charges,
        lines=statement_lines(day, past.paid_out, begin, charges=wanted.charges),
        schedule=day.ledger.schedule,
        outstanding_paise=day.state.principal_left_paise,
        overdue_paise=day.state.overdue_paise(end),
    )


def _period(wanted: StatementWanted, loan: Loan, today: date) -> tuple[date, date]:
    begin = wanted.begin or loan.disbursement_date
    end = wanted.end or today
    if end > today:
        raise bad_input({"to_date": "The last day may not be later than today"})
    if end < loan.disbursement_date:
        raise bad_input({"to_date": "The last day may not be before the disbursement"})
    if begin > end:
        raise bad_input({"from_date": "The first day must be on or before the last day"})
    return begin, end
