"""The penal charges of a month for all loans of a branch, levied by the day-end of its last day.

Source: lending-rules.md section 5, screens.md S66. One charge a loan and month, apart from
principal and interest. A loan that is closed or written off is charged nothing more. What was
overdue is read for all loans at once; a loan whose money or schedule moved since, or that a closing
charged in the month and that is open again, is replayed.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from app.rules.penal_period import PenalDue, PenalPaid, PenalTerms, longest_grace, missed_in
from app.services.steps.account_posting import post_to_account
from app.services.steps.penal_account import (
    charge_of,
    contract_terms,
    ends_month,
    month_of,
    read_penal_account,
    settled_until,
)
from app.services.steps.penal_corrections import month_rows
from db.records.loans import LoanBatch
from db.vocabulary.loan_account import ChargeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.rules.rulebook import Rulebook
    from app.services.steps.loan_ledger import RowMaker
    from app.services.steps.penal_account import MonthCharge
    from db.records.day_end import PenalLoan
    from db.records.loans import Charge
    from db.unit_of_work import UnitOfWork


class PenalSum(NamedTuple):
    """How many loans a month's penal charges were levied on, and their sum in paise."""

    loans: int
    paise: int


def levy_month(
    book: "UnitOfWork", branch_id: int, day: date, rulebook: "Rulebook", make: "RowMaker"
) -> PenalSum | None:
    """Levy the month that ends on that day; None where none ends.

    Call it once the day's dues have fallen. The day is closed for the first time.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    if not ends_month(day):
        return None
    since = month_of(day).first - timedelta(days=longest_grace(rulebook))
    terms = _terms(book.closing.penal.concerned(branch_id, since, day), rulebook, day)
    plain = {loan.loan_id: own for loan, own in terms if not loan.moved}
    months = dict(_months(book, branch_id, (since, day), plain, rulebook))
    rows = [month.row(loan_id, make) for loan_id, month in months.items()]
    book.closing.penal.levy(branch_id, day, rows)
    for loan, _ in terms:
        if loan.moved:
            row = _replayed(book, (branch_id, loan.loan_id), day, rulebook, make)
            rows += [] if row is None else [row]
    return PenalSum(len(rows), sum(row.amount_paise for row in rows))


def _terms(
    found: "Iterable[PenalLoan]", rulebook: "Rulebook", day: date
) -> list[tuple["PenalLoan", PenalTerms]]:
    """The loans that are charged, each with its terms; loans of one contract share them."""
    known: dict[tuple[str, date], PenalTerms | None] = {}
    charged = []
    for loan in found:
        contract = (loan.product_code, loan.sanction_date)
        if contract not in known:
            known[contract] = contract_terms(*contract, rulebook, day)
        terms = known[contract]
        if terms is not None:
            charged.append((loan, terms))
    return charged


def _months(
    book: "UnitOfWork",
    branch_id: int,
    days: tuple[date, date],
    loans: "Mapping[UUID, PenalTerms]",
    rulebook: "Rulebook",
) -> "Iterator[tuple[UUID, MonthCharge]]":
    """What the month comes to where instalments and payments tell it, above 0."""
    dues, paid = defaultdict[UUID, list[PenalDue]](list), defaultdict[UUID, list[PenalPaid]](list)
    for row in book.closing.penal.dues(branch_id, *days):
        dues[row.loan_id].append(PenalDue(row.day, row.left_paise, row.paid_paise))
    for row in book.closing.penal.paid(branch_id, *days):
        paid[row.loan_id].append(PenalPaid(row.day, row.paid_paise))
    span = month_of(days[1])
    for loan_id, terms in loans.items():
        missed = missed_in(dues[loan_id], paid[loan_id], span, terms.grace_days)
        month = charge_of(missed, terms, span, rulebook)
        if month.charge_paise:
            yield loan_id, month


def _replayed(
    book: "UnitOfWork",
    key: tuple[int, UUID],
    day: date,
    rulebook: "Rulebook",
    make: "RowMaker",
) -> "Charge | None":
    """Charge one loan by its ledger; receipts of later days give way to the charge."""
    loan = book.accounts.lock(*key)
    account = read_penal_account(book, loan)
    rows = month_rows(account, day, rulebook, make)
    if rows:
        until = settled_until(account.ledger, day)
        post_to_account(book, loan, until, make, LoanBatch(charges=rows))
    return next((row for row in rows if row.entry is ChargeEntry.LEVIED), None)
