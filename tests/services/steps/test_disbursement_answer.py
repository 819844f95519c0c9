"""What a step of a disbursement answers and writes down."""

from datetime import date

from app.services.steps.disbursement_answer import act_done, disbursement_answer
from app.services.steps.two_people import new_act
from db.vocabulary.loan_account import ActState, LoanAct


def test_the_answer_comes_back_and_the_audit_line_has_no_account(desk) -> None:
    me = desk.person().user_id
    act = new_act(LoanAct.DISBURSEMENT, me, None, date(2026, 11, 23), desk)
    done = act_done(act, {"note": "x"})
    answer = disbursement_answer(done.answer)
    assert (answer.act_id, answer.application_id) == (act.act_id, me)
    assert (answer.state, answer.loan_id, answer.reference) == (ActState.PROPOSED, None, None)
    assert done.details == {
        "loan_act": "DISBURSEMENT",
        "act_id": str(act.act_id),
        "state": "Proposed",
        "value_date": "2026-11-23",
        "note": "x",
    }
