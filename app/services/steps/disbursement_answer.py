"""What a step of a disbursement answers, and its line in the audit chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.command import Answer, Done
from db.vocabulary.loan_account import ActState

if TYPE_CHECKING:
    from app.services.steps.disbursement_posting import PaidOut
    from db.records.loans import LoanActRecord


@dataclass(frozen=True, slots=True)
class DisbursementAnswer:
    """Where the payment stands; loan and payment are named once the money is out."""

    act_id: UUID
    application_id: UUID
    state: ActState
    loan_id: UUID | None = None
    disbursement_id: UUID | None = None
    reference: str | None = None


def act_done(
    act: "LoanActRecord", details: Mapping[str, object] | None = None, paid: "PaidOut | None" = None
) -> Done:
    """The answer of a step, and its line in the audit chain; no account number stands there."""
    said: dict[str, object] = {
        "loan_act": act.act.value,
        "act_id": str(act.act_id),
        "state": act.state.value,
        "value_date": act.value_date.isoformat(),
        **(details or {}),
    }
    answer: Answer = {
        "act_id": str(act.act_id),
        "application_id": str(act.application_id),
        "state": act.state.value,
        "loan_id": None if act.loan_id is None else str(act.loan_id),
        "disbursement_id": None,
        "reference": None,
    }
    if paid is not None:
        said |= {"loan": paid.loan.reference, "amount_paise": paid.amount_paise}
        answer |= {
            "disbursement_id": str(paid.disbursement_id),
            "reference": paid.loan.reference,
        }
    return Done(answer, "application", act.application_id, said)


def disbursement_answer(answer: Answer) -> DisbursementAnswer:
    """The typed answer of a disbursement's command."""

    def key(name: str) -> UUID | None:
        return None if answer[name] is None else UUID(str(answer[name]))

    reference = answer["reference"]
    return DisbursementAnswer(
        act_id=UUID(str(answer["act_id"])),
        application_id=UUID(str(answer["application_id"])),
        state=ActState(str(answer["state"])),
        loan_id=key("loan_id"),
        disbursement_id=key("disbursement_id"),
        reference=None if reference is None else str(reference),
    )
