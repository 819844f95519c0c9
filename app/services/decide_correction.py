"""The second person's word on a correction: approved, it changes the record; refused, nothing.

Source: screens.md S21 and A1: nobody decides what they proposed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.correction_answer import CorrectionAnswer, answered, apply_now, done
from app.services.steps.customer_record import Stamp
from app.services.steps.fact_changes import full_text, planned_change
from app.services.steps.fact_fields import FACT_BY_NAME
from app.services.steps.free_text import LONGEST_REASON, text_fault, tidy_text
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.customer_life import CorrectionVerdict, FactCorrection
from db.vocabulary.operations import RuleState

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DecideCorrection:
    """Approve or refuse; a refusal needs a note, which the proposer reads."""

    command_id: UUID
    correction_id: UUID
    version: int
    approve: bool
    note: str = ""


def decide_correction(request: DecideCorrection, desk: "Desk") -> CorrectionAnswer:
    """Carry out or refuse a correction of somebody else.

    Raises:
        Refused: not permitted, it is the person's own, it was decided before, the fact changed
            since, or the new value no longer fits (`fields`: value, note).
        NotFound: there is no such correction.
        VersionConflict: somebody decided, or changed the customer, meanwhile.
    """
    person = permit(desk, Act.DECIDE_CORRECTION)
    note = tidy_text(request.note)
    needed = "" if request.approve else "Say why the correction is refused"
    fault = text_fault("The note", note, LONGEST_REASON, needed=needed)
    if fault:
        raise bad_input({"note": fault})
    state = RuleState.APPROVED if request.approve else RuleState.REFUSED

    def act(book: "UnitOfWork") -> Done:
        correction = book.corrections.get(person.branch_id, request.correction_id)
        _check_decidable(correction, person)
        version = correction.customer_version
        if request.approve:
            version = _carry_out(book, correction, person, desk)
        verdict = CorrectionVerdict(state, person.staff_id, desk.clock.now(), note)
        book.corrections.decide(
            person.branch_id, correction.correction_id, request.version, verdict
        )
        return done(correction, state, version)

    payload = {
        "correction_id": str(request.correction_id),
        "version": request.version,
        "approve": request.approve,
        "note": note,
    }
    return answered(
        run_command(desk, Command(request.command_id, "decide_correction", payload), act)
    )


def _check_decidable(correction: FactCorrection, person: "Actor") -> None:
    if correction.proposed_by.casefold() == person.staff_id.casefold():
        raise Refused(
            RefusalKind.NOT_PERMITTED,
            "You proposed this correction: another person has to decide it",
        )
    if correction.state is not RuleState.PROPOSED:
        raise Refused(
            RefusalKind.CONFLICT,
            f"This correction was already decided: {correction.state.value.lower()}",
        )


def _carry_out(
    book: "UnitOfWork", correction: FactCorrection, person: "Actor", desk: "Desk"
) -> int:
    """Write the new value on the customer as it stands now."""
    stamp = Stamp(person.branch_id, person.user_id, desk.clock.now(), desk.clock.today())
    stored = book.customers.get(person.branch_id, correction.customer_id)
    fact = FACT_BY_NAME[correction.fact]
    if full_text(book, fact, stored) != correction.old_value:
        raise Refused(
            RefusalKind.CONFLICT,
            "This fact was changed after the proposal: refuse it and have it proposed again",
        )
    change = planned_change(fact, stored, correction.new_value or "", stamp.today)
    return apply_now(book, change, stamp, desk)
