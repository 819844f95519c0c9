"""An act on a loan that one person proposes and another decides: how it is made and how it ends.

Source: screens.md A1, data-and-sync.md 7. Persons, not log-ins: whoever proposed it never confirms
or declines it, and nobody but them takes it back.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.loans import Loan

_NOTHING = "{}"


def new_act(
    act: LoanAct, application_id: UUID, loan: "Loan | None", value_date: date, desk: "Desk"
) -> LoanActRecord:
    """A proposal by the person at the desk, now; terms and words are still to be put in."""
    return LoanActRecord(
        act_id=new_id(desk),
        act=act,
        application_id=application_id,
        loan_id=None if loan is None else loan.loan_id,
        value_date=value_date,
        state=ActState.PROPOSED,
        terms=_NOTHING,
        before=_NOTHING,
        after=_NOTHING,
        reason="",
        note="",
        maker_id=desk.person().user_id,
        made_at=desk.clock.now(),
        base_version=0 if loan is None else loan.version,
    )


def decided_act(act: LoanActRecord, state: ActState, desk: "Desk") -> LoanActRecord:
    """The same act as the person at the desk ends it.

    Raises:
        Refused: it was decided before, it is the person's own, or it is another's to take back.
    """
    if act.state is not ActState.PROPOSED:
        raise Refused(RefusalKind.CONFLICT, f"This proposal is {act.state.value.lower()} already")
    person = desk.person().user_id
    if state is ActState.WITHDRAWN:
        if act.maker_id != person:
            raise Refused(
                RefusalKind.NOT_PERMITTED, "Only the person who proposed it can withdraw it"
            )
        return replace(act, state=state, decided_at=desk.clock.now())
    if act.maker_id == person:
        raise Refused(RefusalKind.NOT_PERMITTED, "You proposed this: another person must decide it")
    return replace(act, state=state, checker_id=person, decided_at=desk.clock.now())
