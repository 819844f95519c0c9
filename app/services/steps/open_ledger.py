"""An account as a receipt at its end needs it: what is open, not everything that ever happened.

A receipt after all rows touches neither an earlier split nor an instalment that is paid. What was
settled before is carried: principal, charges and advance stand on the loan, and each open
instalment says what was paid of it. An advance stands only where nothing was due when it was last
settled, so it meets each open instalment on its day. Anything else is replayed from the whole
ledger; both give the same rows (tests/services/steps/test_open_ledger.py).
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from app.services.steps.loan_ledger import Carried, LoanLedger, read_ledger
from app.services.steps.row_posting import BookDay
from db.records.loans import Loan, OpenDues

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


class Receipt(NamedTuple):
    """When a receipt counts, and when it is written."""

    value_date: date
    at: datetime


def ledger_to_post(book: "UnitOfWork", loan: Loan, receipt: Receipt, day: BookDay) -> LoanLedger:
    """The ledger on which a receipt is planned: as little of it as will do."""
    if not day.moves_classes(receipt.value_date):
        until = max(day.today, day.next_day_end)
        dues = book.accounts.open_accounts.dues(loan.branch_id, loan.loan_id, until)
        if dues is not None and _at_the_end(dues, receipt):
            return _carried(loan, dues)
    return read_ledger(book, loan)


def _at_the_end(dues: OpenDues, receipt: Receipt) -> bool:
    """Nothing stands after it, and no interest of a pause is still to join the principal.

    Receipts of one day stand in the order of recording: clocks of two desks may differ.
    """
    row_on, at, on = dues.last_row_on, dues.last_recorded_at, receipt.value_date
    if row_on is not None and at is not None and (row_on, at) >= (on, receipt.at):
        return False
    if dues.last_charge_on is not None and dues.last_charge_on > on:
        return False
    return not any(row.closing_paise - row.opening_paise + row.principal_paise for row in dues.rows)


def _carried(loan: Loan, dues: OpenDues) -> LoanLedger:
    read = sum(
        row.interest_paise
        + row.principal_paise
        - row.paid_interest_paise
        - row.paid_principal_paise
        for row in dues.rows
    )
    return LoanLedger(
        loan=loan,
        schedule=dues.rows,
        rows=(),
        charges=(),
        disbursed_paise=loan.outstanding_paise,
        carried=Carried(loan.advance_paise, loan.charges_due_paise, dues.left_paise - read),
    )
