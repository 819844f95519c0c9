"""A receipt that pays a loan off late brings the penal charges of the days that no day-end charged.

Source: lending-rules.md 4.5 and section 5. A loan that is closed is charged no more, so the last
instalment, paid late, would cost nothing: what its days in arrears come to is charged with the
receipt, as a closing by quote charges it. The loan is closed once that is paid as well.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps.account_posting import paid_off_on
from app.services.steps.closing_penal import closing_penal, penal_rows
from app.services.steps.loan_ledger import read_ledger
from app.services.steps.penal_account import with_past
from app.services.steps.receipt_plan import plan_receipt
from db.records.loans import LoanBatch

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.loan_ledger import LoanLedger, RowMaker
    from app.services.steps.receipt_plan import PlannedRow, ReceiptEntry
    from db.unit_of_work import UnitOfWork


def plan_with_charges(
    book: "UnitOfWork",
    planned: "tuple[LoanLedger, ReceiptEntry]",
    today: date,
    rulebook: "Rulebook",
    make: "RowMaker",
) -> "PlannedRow":
    """Plan a receipt; where it leaves no instalment owed, on the account with those charges.

    Only such a receipt reads the whole account for them.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    ledger, entry = planned
    plan = plan_receipt(ledger, entry, today, make)
    loan = ledger.loan
    over_on = paid_off_on(plan.ledger_after, plan.after)
    if over_on is None:
        return plan
    whole = read_ledger(book, loan)
    account = with_past(book, whole.adding(plan.added))
    penal = closing_penal(book, account, over_on, rulebook)
    charges = penal_rows(penal, loan.loan_id, over_on, make)
    if not charges:
        return plan
    charged = whole.adding(LoanBatch(charges=charges))
    return replace(plan_receipt(charged, entry, today, make), charges=charges)
