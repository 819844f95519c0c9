"""What a step answers is read back from its receipt as the same."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.services.steps.command import canonical
from app.services.steps.loan_act_answer import act_answer, act_done
from app.services.steps.loan_change import look_of
from app.services.steps.two_people import new_act
from db.vocabulary.loan_account import ActState, LoanAct
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY = date(2026, 11, 23)


def test_an_act_is_answered_with_its_account_before_and_after(desk, rulebook) -> None:
    owed = owed_sample(LoanPlanned(), TODAY, TODAY, rulebook)
    look = look_of(owed)
    act = replace(
        new_act(LoanAct.RESCHEDULE, UUID(int=1), owed.loan, TODAY, desk),
        before=look.text, after=replace(look, emi_paise=1).text,
    )  # fmt: skip
    done = act_done(act, saved_paise=-5, version=9, details={"reason": "x"})
    found = act_answer(done.answer)
    assert canonical(done.answer)
    assert (found.before, found.after.emi_paise) == (look, 1)
    assert (found.state, found.saved_paise, found.version) == (ActState.PROPOSED, -5, 9)
    assert done.details["reason"] == "x"
    assert act_answer(act_done(act).answer).version == owed.loan.version
