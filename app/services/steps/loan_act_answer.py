"""The answer of a step between the two people of a loan's act, and its line in the audit chain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services.steps.command import Answer, Done
from app.services.steps.loan_change import AccountLook
from app.services.steps.plain_json import from_plain
from db.records.loans import LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct

ENTITY = "loan_act"


@dataclass(frozen=True, slots=True)
class LoanActAnswer:
    """Where an act stands after a step.

    Attributes:
        version: of the loan, once the act is posted; else the one it was proposed on.
    """

    act_id: UUID
    act: LoanAct
    loan_id: UUID
    state: ActState
    before: AccountLook
    after: AccountLook
    saved_paise: int | None
    version: int


def act_done(
    act: LoanActRecord,
    *,
    saved_paise: int | None = None,
    version: int | None = None,
    details: Mapping[str, object] | None = None,
) -> Done:
    """What a step did, as its command answers and audits it."""
    answer: Answer = {
        "act_id": str(act.act_id),
        "act": act.act.value,
        "loan_id": str(act.loan_id),
        "state": act.state.value,
        "before": json.loads(act.before),
        "after": json.loads(act.after),
        "saved_paise": saved_paise,
        "version": act.base_version if version is None else version,
    }
    told = {"act": act.act.value, "loan_id": str(act.loan_id), **(details or {})}
    return Done(answer, ENTITY, act.act_id, told)


def act_answer(answer: Answer) -> LoanActAnswer:
    """The answer of a command as its type."""
    return from_plain(LoanActAnswer, answer)
