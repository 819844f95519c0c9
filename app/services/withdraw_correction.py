"""The maker takes a correction back before anybody has decided it; the record never changed.

Source: screens.md S21 and A1. The withdrawn proposal stays in the history of the fact.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.correction_answer import CorrectionAnswer, answered, done
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.customer_life import CorrectionVerdict
from db.vocabulary.operations import RuleState

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WithdrawCorrection:
    """The proposal, and its version as seen."""

    command_id: UUID
    correction_id: UUID
    version: int


def withdraw_correction(request: WithdrawCorrection, desk: "Desk") -> CorrectionAnswer:
    """Take an own proposal back.

    Raises:
        Refused: not permitted, it is somebody else's, or it was decided or withdrawn before.
        NotFound: there is no such correction.
        VersionConflict: somebody decided meanwhile.
    """
    person = permit(desk, Act.PROPOSE_CORRECTION)

    def act(book: "UnitOfWork") -> Done:
        correction = book.corrections.get(person.branch_id, request.correction_id)
        if correction.proposed_by.casefold() != person.staff_id.casefold():
            raise Refused(
                RefusalKind.NOT_PERMITTED,
                "Somebody else proposed this correction: only they can withdraw it",
            )
        if correction.state is not RuleState.PROPOSED:
            raise Refused(
                RefusalKind.CONFLICT,
                "This correction no longer waits: there is nothing to withdraw",
            )
        verdict = CorrectionVerdict(RuleState.CLOSED, None, desk.clock.now(), "")
        book.corrections.decide(
            person.branch_id, correction.correction_id, request.version, verdict
        )
        return done(correction, RuleState.CLOSED, correction.customer_version)

    payload = {"correction_id": str(request.correction_id), "version": request.version}
    command = Command(request.command_id, "withdraw_correction", payload)
    return answered(run_command(desk, command, act))
