"""What changes of a loan would do, before anybody proposes one; nothing is written.

Source: screens.md S65: both ways side by side, before and after. The plan is the one that proposal
and posting use.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.change_plans import plan_change
from app.services.steps.loan_change import LoanChange, PlannedChange
from app.services.steps.loan_owed import loan_of
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused

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
