"""Who paid a sample loan out and who confirmed it, and the schedule as it was agreed."""

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from app.services.steps.command import canonical
from db.records.loans import LoanActRecord, ScheduleVersion
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from app.services.steps.sample_frame import SampleFrame
    from app.services.steps.sample_loan import SampleLoan

_OPENS = time(5, 0)  # half past ten in India


def disbursement_act_id(loan_id: UUID) -> UUID:
    """The id of the act that paid a sample loan out; it takes no draw from the generator."""
    return uuid5(loan_id, "disbursement")


def disbursement_act(loan: "SampleLoan", frame: "SampleFrame") -> LoanActRecord:
    """The maker proposed the payment, the checker confirmed it on the same day."""
    at = _at(loan.disbursed_on)
    terms = {
        "amount_paise": loan.life.principal_paise,
        "disbursement_date": loan.disbursed_on,
        "first_due_date": loan.life.instalments[0].due_date,
    }
    return LoanActRecord(
        act_id=disbursement_act_id(loan.loan_id),
        act=LoanAct.DISBURSEMENT,
        application_id=loan.seed.application.application_id,
        loan_id=loan.loan_id,
        value_date=loan.disbursed_on,
        state=ActState.POSTED,
        terms=canonical(terms),
        before="{}",
        after="{}",
        reason="",
        note="",
        maker_id=frame.maker_id,
        made_at=at,
        base_version=0,
        checker_id=frame.checker_id,
        decided_at=at,
        version=2,
    )


def first_schedule(loan: "SampleLoan") -> ScheduleVersion:
    """Version 1 of the schedule."""
    return ScheduleVersion(
        loan_id=loan.loan_id,
        version=1,
        from_date=loan.disbursed_on,
        emi_paise=loan.plan.emi_paise,
        rate_ppm=loan.seed.application.rate_ppm,
        instalments=len(loan.life.instalments),
        rule_rows=json.dumps([]),
        recorded_at=_at(loan.disbursed_on),
        act_id=disbursement_act_id(loan.loan_id),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, _OPENS, UTC)
