"""The promises to pay of a day that the ledger does not show as kept yet.

Source: screens.md S10 (promises due). An officer sees those on the own loans, others the branch's.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.follow_up_lines import standings_of
from db.identifiers import format_reference
from db.records.follow_up import PromiseRow, ReceiptRow
from db.vocabulary.operations import PromiseStatus
from db.vocabulary.people import Role

if TYPE_CHECKING:
    from app.services.steps.desk import Actor
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """What a borrower promised for the day, and on which loan; money in paise.

    Attributes:
        missing_paise: of the promise, what has not come yet.
    """

    loan_id: UUID
    reference: str
    full_name: str
    missing_paise: int


def promises_due(book: "UnitOfWork", person: "Actor", today: date) -> tuple[PromiseDue, ...]:
    """Read the promises of a day that are not kept, the largest first: at most four statements."""
    branch_id, made, came = person.branch_id, defaultdict(list), defaultdict(list)
    for promise in book.follow_ups.promised.promises(branch_id, today, today):
        made[promise.loan_id].append(promise)
    if not made:
        return ()
    for receipt in book.follow_ups.promised.receipts(branch_id, today, today):
        came[receipt.loan_id].append(receipt)
    own = Role.OFFICER in person.roles
    loans = {
        each.loan_id: each
        for each in book.follow_ups.loans(branch_id, list(made))
        if not own or each.officer_id == person.user_id
    }
    names = book.follow_ups.names(branch_id, list(loans)) if loans else {}
    found = [
        PromiseDue(
            loan_id=loan_id,
            reference=format_reference("L", loan.number),
            full_name=names[loan_id].full_name,
            missing_paise=missing,
        )
        for loan_id, loan in loans.items()
        for missing in _missing(made[loan_id], came[loan_id], today)
    ]
    return tuple(sorted(found, key=lambda each: (-each.missing_paise, each.reference)))


def _missing(made: list[PromiseRow], came: list[ReceiptRow], today: date) -> list[int]:
    """What is missing of each promise of the day that is not kept, in paise."""
    return [
        promise.amount_paise - standing.received_paise
        for promise, standing in standings_of(made, came, today)
        if promise.due_on == today and standing.status is PromiseStatus.OPEN
    ]
