"""Who may propose and decide which act on a loan, and what of it waits for a person."""

from typing import TYPE_CHECKING

from app.rules.permissions import Act, may
from db.vocabulary.loan_account import LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from db.records.loans import LoanActRecord
    from db.unit_of_work import UnitOfWork

# Payments and reversals have permissions of their own; follow-up of late loans may ask for a
# restructuring. PostgreSQL says the same of roles: db/guards/loan_people.py.
_PROPOSED_BY = {
    LoanAct.DISBURSEMENT: Act.DISBURSE_LOAN,
    LoanAct.DISBURSEMENT_REVERSAL: Act.DISBURSE_LOAN,
    LoanAct.RECEIPT_REVERSAL: Act.REVERSE_REPAYMENT,
    LoanAct.RESTRUCTURE: Act.PROPOSE_RESTRUCTURE,
}
_DECIDED_BY = {
    LoanAct.DISBURSEMENT: Act.DISBURSE_LOAN,
    LoanAct.DISBURSEMENT_REVERSAL: Act.DISBURSE_LOAN,
    LoanAct.RECEIPT_REVERSAL: Act.CONFIRM_REVERSAL,
}


def proposing(act: LoanAct) -> Act:
    """What a person must be allowed to do to propose this."""
    return _PROPOSED_BY.get(act, Act.PROPOSE_LOAN_CHANGE)


def deciding(act: LoanAct) -> Act:
    """What another person must be allowed to do to confirm or decline it."""
    return _DECIDED_BY.get(act, Act.CONFIRM_LOAN_CHANGE)


def may_decide(person: "Actor", act: "LoanActRecord") -> bool:
    """Whether a person may confirm or decline an act: somebody else's, and by role."""
    return act.maker_id != person.user_id and may(person.roles, deciding(act.act))


def number_of(book: "UnitOfWork", branch_id: int, act: "LoanActRecord") -> str:
    """The number of the loan that an act is on, or of the application that has none yet."""
    if act.loan_id is None:
        return book.applications.get(branch_id, act.application_id).reference
    return book.loans.get(branch_id, act.loan_id).reference


def acts_to_decide(book: "UnitOfWork", desk: "Desk") -> "tuple[LoanActRecord, ...]":
    """What waits at the branch and the person at the desk may decide, oldest first."""
    person = desk.person()
    return tuple(act for act in book.acts.waiting(person.branch_id) if may_decide(person, act))
