"""What changes of a loan would do, before anybody proposes one; nothing is written.

Source: screens.md S65: both ways side by side, before and after. The plan is the one that proposal
and posting use.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.change_plans import plan_change
from app.services.steps.loan_change import (
    CHANGES,
    AccountLook,
    LoanChange,
    PlannedChange,
    look_of,
)
from app.services.steps.loan_owed import OPEN, loan_of, read_owed
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Loan
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class PreviewLoanChange:
    """A loan, by id or reference, and the changes to be compared."""

    loan: UUID | str
    changes: tuple[LoanChange, ...]


@dataclass(frozen=True, slots=True)
class PreviewedChange:
    """One change worked out, or why it cannot be: then `plan` is None.

    Attributes:
        fields: sentence by field where a field is at fault.
        kind: of the refusal.
    """

    change: LoanChange
    plan: PlannedChange | None
    blocked: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    kind: RefusalKind = RefusalKind.BAD_INPUT


@dataclass(frozen=True, slots=True)
class LoanToChange:
    """A loan with what changes of it would do.

    Attributes:
        look: the account now; None for a loan that is over.
        waiting, waiting_id: the kind and id of a change that waits on it already.
        previews: in the order asked.
    """

    loan: Loan
    full_name: str
    look: AccountLook | None
    waiting: LoanAct | None
    waiting_id: UUID | None
    previews: tuple[PreviewedChange, ...]


def look_at_loan_change(request: PreviewLoanChange, desk: "Desk") -> LoanToChange:
    """Read a loan as it stands, and work out the changes asked for.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        loan = loan_of(book, branch_id, request.loan)
        customer = book.customers.get(branch_id, loan.customer_id)
        acts = book.acts.of(branch_id, loan_id=loan.loan_id)
        waits = [each for each in acts if each.state is ActState.PROPOSED and each.act in CHANGES]
        look = None
        if loan.status in OPEN:
            look = look_of(read_owed(book, loan, today, today, rulebook))
    return LoanToChange(
        loan=loan,
        full_name=customer.full_name,
        look=look,
        waiting=waits[0].act if waits else None,
        waiting_id=waits[0].act_id if waits else None,
        previews=preview_loan_change(request, desk),
    )


def preview_loan_change(request: PreviewLoanChange, desk: "Desk") -> tuple[PreviewedChange, ...]:
    """Work several changes of one loan out, in the order asked.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    found: list[PreviewedChange] = []
    with desk.read_book() as book:
        loan = loan_of(book, branch_id, request.loan)
        for change in request.changes:
            try:
                plan = plan_change(book, loan, change, today, rulebook)
            except Refused as refusal:
                faults = tuple(refusal.fields.items())
                found.append(PreviewedChange(change, None, refusal.sentence, faults, refusal.kind))
            else:
                found.append(PreviewedChange(change, plan))
    return tuple(found)
