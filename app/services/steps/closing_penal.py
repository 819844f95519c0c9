"""The penal charges that a closing settles: for days in arrears that no day-end has charged for.

Source: lending-rules.md 4.5 and section 5. A month is levied by its last day-end, and a loan that
is closed by then is charged no more: what it was late in that month is part of the closing, up to
the day before. Where a later day-end has levied the month already, or an earlier closing of the
loan has, that charge is taken back and the days before the closing are charged instead.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.rules.day_count import add_months
from app.rules.penal_period import PenalSpan
from app.services.steps.loan_owed import read_owed
from app.services.steps.penal_account import (
    ClosingPenal,
    PenalAccount,
    ends_month,
    replayed_charge,
    with_past,
)
from app.services.steps.penal_corrections import (
    last_waiver,
    levied_months,
    standing_penal,
    taken_back,
)

if TYPE_CHECKING:
    from uuid import UUID

    from app.rules.rulebook import Rulebook
    from app.services.steps.loan_ledger import RowMaker
    from app.services.steps.loan_owed import LoanOwed
    from app.services.steps.penal_account import MonthCharge
    from db.records.loans import Charge, Loan
    from db.unit_of_work import UnitOfWork

_ONE_DAY = timedelta(days=1)


def read_to_close(
    book: "UnitOfWork", loan: "Loan", on: date, today: date, rulebook: "Rulebook"
) -> "LoanOwed":
    """What is owed on a loan that shall be closed on a day, with the penal charges of that day.

    Raises:
        Refused: the loan is closed or written off, or the day lies before it was paid out.
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    owed = read_owed(book, loan, on, today, rulebook)
    return replace(owed, penal=closing_penal(book, with_past(book, owed.ledger), on, rulebook))


def closing_penal(
    book: "UnitOfWork", account: PenalAccount, on: date, rulebook: "Rulebook"
) -> ClosingPenal:
    """The penal charges of a loan that is paid in full on a day.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    loan, ledger = account.ledger.loan, account.ledger
    closed = book.day_ends.last_closed(loan.branch_id)
    spans = [] if closed is None else [*_overtaken(book, account, (on, closed))]
    spans += _not_levied(closed, on)
    months = [
        (_charge(account, span, rulebook), standing_penal(ledger, span.first)) for span in spans
    ]
    moved = [(month, stands) for month, stands in months if _paise(month) != _sum(stands)]
    if sum(_sum(stands) for _, stands in moved) > loan.charges_due_paise:
        # Paid meanwhile: what is too much of it comes back once the loan is closed.
        moved = [(month, stands) for month, stands in moved if not stands]
    levied = tuple(month for month, _ in moved if month is not None and month.charge_paise)
    return ClosingPenal(levied, tuple(each for _, stands in moved for each in stands))


def _charge(account: PenalAccount, span: PenalSpan, rulebook: "Rulebook") -> "MonthCharge | None":
    return replayed_charge(account, span, rulebook) if span.first <= span.last else None


def _paise(month: "MonthCharge | None") -> int:
    return 0 if month is None else month.charge_paise


def _sum(stands: tuple["Charge", ...]) -> int:
    return sum(each.amount_paise for each in stands)


def penal_rows(
    penal: ClosingPenal, loan_id: "UUID", on: date, make: "RowMaker"
) -> tuple["Charge", ...]:
    """The entries of the charge ledger that a closing adds; they stand before its money.

    They name no due date: only a day-end levies a whole month by it.
    """
    return (
        *(taken_back(each, make) for each in penal.taken_back),
        *(
            replace(
                month.row(loan_id, make),
                value_date=month.span.last if ends_month(month.span.last) else on,
                due_date=None,
            )
            for month in penal.levied
        ),
    )


def _overtaken(
    book: "UnitOfWork", account: PenalAccount, days: tuple[date, date]
) -> Iterator[PenalSpan]:
    """What is left of charged months that ended on the closing day or later, but those waived."""
    settled = last_waiver(account.ledger)
    for last in levied_months(book, account.ledger.loan.branch_id, days):
        if standing_penal(account.ledger, last) and (settled is None or last > settled):
            yield PenalSpan(last.replace(day=1), days[0] - _ONE_DAY)


def _not_levied(closed: date | None, on: date) -> Iterator[PenalSpan]:
    """The days before the closing that no day-end has charged for, month by month."""
    first = (on if closed is None else closed + _ONE_DAY).replace(day=1)
    while first < on:
        following = add_months(first, 1)
        yield PenalSpan(first, min(following, on) - _ONE_DAY)
        first = following
