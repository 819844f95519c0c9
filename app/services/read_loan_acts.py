"""What waits on the branch's loans for a second person: every kind of act, with before and after.

Source: screens.md S65 and A1. The oldest proposal comes first; a person's own proposals are shown
too, marked, since they may take them back.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.acts_to_decide import may_decide, number_of
from app.services.steps.loan_owed import loan_of
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ActFigure:
    """One figure that an act moves, by its stored name; None where there is none."""

    name: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """One act that waits.

    Attributes:
        reference: of the loan, or of the application that has none yet.
        terms: what is asked, by stored name, as the act keeps it.
        figures: what it moves.
        own: the person who asks proposed it.
        decides: the person who asks may decide it.
        subject_id: of the row that a reversal would undo; None for other acts.
    """

    act_id: UUID
    act: LoanAct
    application_id: UUID
    loan_id: UUID | None
    reference: str
    full_name: str
    value_date: date
    terms: tuple[tuple[str, Plain], ...]
    figures: tuple[ActFigure, ...]
    reason: str
    note: str
    maker_name: str
    made_at: datetime
    own: bool
    decides: bool
    subject_id: UUID | None = None


def read_waiting_acts(desk: "Desk") -> tuple[WaitingAct, ...]:
    """Return what waits at the branch, the oldest first.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    person = permit(desk, Act.READ_LOANS)
    with desk.read_book() as book:
        acts = book.acts.waiting(person.branch_id)
        names = {user.user_id: user.full_name for user in book.users.list()}
        return tuple(_row(book, act, names, desk) for act in acts)


def waiting_change(loan: UUID | str, act: LoanAct, desk: "Desk") -> UUID:
    """The id of the act of that kind that waits on a loan.

    Raises:
        Refused: not permitted, or nothing of that kind waits.
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    with desk.read_book() as book:
        found = loan_of(book, branch_id, loan)
        acts = book.acts.of(branch_id, loan_id=found.loan_id)
    for each in acts:
        if each.act is act and each.state is ActState.PROPOSED:
            return each.act_id
    raise Refused(RefusalKind.CONFLICT, f"Nothing of this kind waits on loan {found.reference}")


def _row(
    book: "UnitOfWork", act: LoanActRecord, names: dict[UUID, str], desk: "Desk"
) -> WaitingAct:
    person = desk.person()
    application = book.applications.get(person.branch_id, act.application_id)
    customer = book.customers.get(person.branch_id, application.customer_id)
    own = act.maker_id == person.user_id
    return WaitingAct(
        act_id=act.act_id,
        act=act.act,
        application_id=act.application_id,
        loan_id=act.loan_id,
        reference=number_of(book, person.branch_id, act),
        full_name=customer.full_name,
        value_date=act.value_date,
        terms=tuple(_plain(act.terms).items()),
        figures=figures_of(act.before, act.after),
        reason=act.reason,
        note=act.note,
        maker_name=names.get(act.maker_id, ""),
        made_at=act.made_at,
        own=own,
        decides=may_decide(person, act),
        subject_id=_subject(act),
    )


def _subject(act: LoanActRecord) -> UUID | None:
    found = json.loads(act.terms).get("repayment_id")
    return UUID(found) if found else None


def figures_of(before: str, after: str) -> tuple[ActFigure, ...]:
    """What an act moves: the figures that differ, in the order in which they are kept."""
    was, is_now = _plain(before), _plain(after)
    names = dict.fromkeys((*was, *is_now))
    return tuple(
        ActFigure(name, was.get(name), is_now.get(name))
        for name in names
        if was.get(name) != is_now.get(name)
    )


def _plain(text: str) -> dict[str, Plain]:
    """The plain values of what an act keeps; ids and parts inside parts are for machines."""
    return {
        name: value
        for name, value in json.loads(text).items()
        if not isinstance(value, dict | list) and not name.endswith("_id")
    }
