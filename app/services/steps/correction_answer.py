"""What corrections of facts answer, and how one takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.command import Done
from app.services.steps.customer_record import Stamp
from app.services.steps.fact_changes import FactChange, apply_change
from app.services.steps.refusal import bad_input
from db.records.customer_life import FactCorrection
from db.records.refusals import DuplicatePan
from db.vocabulary.operations import RuleState

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CorrectionAnswer:
    """Where a correction stands.

    Attributes:
        state: proposed while a second person has to decide, approved where it took effect.
        customer_version: version of the customer now.
    """

    correction_id: UUID
    customer_id: UUID
    state: RuleState
    customer_version: int


def apply_now(book: "UnitOfWork", change: FactChange, stamp: Stamp, desk: "Desk") -> int:
    """Write the new value; another's PAN is refused at the field."""
    try:
        return apply_change(book, change, stamp, desk.rulebook())
    except DuplicatePan as error:
        raise bad_input({"value": error.sentence}) from error


def done(correction: FactCorrection, state: RuleState, version: int) -> Done:
    """The answer and the audit line: the fact's name and state, never its value."""
    answer: dict[str, object] = {
        "correction_id": str(correction.correction_id),
        "customer_id": str(correction.customer_id),
        "state": state.value,
        "customer_version": version,
    }
    details = {
        "fact": correction.fact,
        "to": state.value,
        "two_persons": correction.two_persons,
        "correction_id": str(correction.correction_id),
    }
    return Done(answer, "customer", correction.customer_id, details)


def answered(answer: Mapping[str, object]) -> CorrectionAnswer:
    """The answer of a command, fresh or stored."""
    return CorrectionAnswer(
        correction_id=UUID(str(answer["correction_id"])),
        customer_id=UUID(str(answer["customer_id"])),
        state=RuleState(str(answer["state"])),
        customer_version=int(str(answer["customer_version"])),
    )
