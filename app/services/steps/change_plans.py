"""The plan of every kind of change: one table, asked by preview, proposal and posting alike."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps import change_books, change_money, change_terms
from app.services.steps.closing_penal import read_to_close
from app.services.steps.loan_change import LoanChange, PlannedChange
from app.services.steps.loan_owed import read_owed
from app.services.steps.refusal import bad_input
from db.vocabulary.loan_account import LoanAct

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.loan_owed import LoanOwed
    from db.records.loans import Loan
    from db.unit_of_work import UnitOfWork

_Plan = Callable[[LoanChange, "LoanOwed", "Rulebook", date], PlannedChange]
PLANS: Mapping[LoanAct, _Plan] = {
    LoanAct.FORECLOSURE: change_money.closure,
    LoanAct.PART_PREPAYMENT: change_money.prepayment,
    LoanAct.CHARGE_WAIVER: change_money.waiver,
    LoanAct.RATE_CHANGE: change_terms.rate_change,
    LoanAct.RESCHEDULE: change_terms.reschedule,
    LoanAct.MORATORIUM: change_terms.moratorium,
    LoanAct.RESTRUCTURE: change_terms.restructure,
    LoanAct.WRITE_OFF: change_books.write_off,
    LoanAct.LOSS: change_books.loss,
}
# Money that comes in needs no other word than its receipt.
WITHOUT_REASON = frozenset({LoanAct.FORECLOSURE, LoanAct.PART_PREPAYMENT})


def plan_change(
    book: "UnitOfWork", loan: "Loan", change: LoanChange, today: date, rulebook: "Rulebook"
) -> PlannedChange:
    """Work out what a change shows and writes.

    Raises:
        Refused: the loan is over, the change does not fit it, or a field is at fault.
        NoRuleInForceError: a rule is missing on the day of sanction.
    """
    plan = PLANS.get(change.act)
    if plan is None:
        raise bad_input({"act": "This act is not a change of terms"})
    read = read_to_close if change.act is LoanAct.FORECLOSURE else read_owed
    owed = read(book, loan, change.value_date, today, rulebook)
    return plan(change, owed, rulebook, today)
