"""What may be proposed, by whom, and every way in which a proposal is refused."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.propose_loan_change import (
    ProposeLoanChange,
    WithdrawLoanChange,
    propose_loan_change,
    withdraw_loan_change,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.running_loans import LoanPlanned


@pytest.fixture
def lent(desk, someone, submitted) -> TwoPeople:
    checker = someone("meera", Role.SUPERVISOR)
    return two_people(desk, checker, submitted.application_id, LoanPlanned())


REFUSED = {
    "a prepayment without money": (LoanAct.PART_PREPAYMENT, {}, {"amount"}),
    "a prepayment of everything": (
        LoanAct.PART_PREPAYMENT, {"amount_paise": 90_000_000}, {"amount"},
    ),
    "a prepayment that pays interest only": (
        LoanAct.PART_PREPAYMENT, {"amount_paise": 10_000}, {"amount"},
    ),
    "money that comes nobody knows how": (
        LoanAct.PART_PREPAYMENT, {"amount_paise": 20_000_000, "method": None}, {"method"},
    ),
    "a closure with another amount": (LoanAct.FORECLOSURE, {"amount_paise": 1_00}, {"amount"}),
    "a day to come": (LoanAct.FORECLOSURE, {"value_date": date(2026, 11, 24)}, {"value_date"}),
    "a day before the last due date": (
        LoanAct.FORECLOSURE, {"value_date": date(2026, 11, 4)}, {"value_date"},
    ),
    "the rate in force": (LoanAct.RATE_CHANGE, {"rate_ppm": 95_000}, {"interest_rate"}),
    "a fixed rate that rises": (LoanAct.RATE_CHANGE, {"rate_ppm": 99_000}, {"interest_rate"}),
    "no rate": (LoanAct.RATE_CHANGE, {}, {"interest_rate"}),
    "no term": (LoanAct.RESCHEDULE, {}, {"months"}),
    "the term in force": (LoanAct.RESCHEDULE, {"months": 48}, {"months"}),
    "a term longer than the product's": (LoanAct.RESCHEDULE, {"months": 400}, {"months"}),
    "an instalment that never repays": (
        LoanAct.RESCHEDULE, {"amount_paise": 600_000}, {"amount"},
    ),
    "an instalment that takes too long": (
        LoanAct.RESCHEDULE, {"amount_paise": 700_000}, {"amount"},
    ),
    "a pause of nothing": (LoanAct.MORATORIUM, {"months": 0}, {"months"}),
    "a pause without a treatment": (LoanAct.MORATORIUM, {"months": 3}, {"treatment"}),
    "a restructuring that moves nothing": (LoanAct.RESTRUCTURE, {}, {"months"}),
    "a restructuring that raises the rate": (
        LoanAct.RESTRUCTURE, {"rate_ppm": 96_000}, {"interest_rate"},
    ),
    "a waiver of nothing": (LoanAct.CHARGE_WAIVER, {"amount_paise": 100}, {"charge_kind"}),
    "no reason": (LoanAct.RESCHEDULE, {"months": 40, "reason": " "}, {"reason"}),
    "an identity number in the words": (
        LoanAct.RESCHEDULE, {"months": 40, "reason": "PAN ACUPR7085K"}, {"reason"},
    ),
    "another kind of act": (LoanAct.DISBURSEMENT, {}, {"act"}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_does_not_fit_is_refused_at_its_field(lent, name: str) -> None:
    act, fields, at = REFUSED[name]
    with pytest.raises(Refused) as refusal:
        lent.propose(act, **fields)
    assert refusal.value.kind is RefusalKind.BAD_INPUT
    assert set(refusal.value.fields) == at


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.ADMIN, Role.AUDITOR, Role.RISK_ANALYST])
def test_who_may_not_propose(lent, someone, role) -> None:
    other = replace(lent, maker=someone("other", role))
    with pytest.raises(Refused) as refusal:
        other.propose(LoanAct.RESCHEDULE, months=40)
    assert refusal.value.kind is RefusalKind.NOT_PERMITTED


def test_a_proposal_moves_nothing_and_only_one_waits(lent) -> None:
    before = lent.loan
    waiting = lent.propose(LoanAct.RATE_CHANGE, rate_ppm=90_000, keep=PrepaymentKeep.EMI)
    assert waiting.state is ActState.PROPOSED
    assert lent.loan == before
    with pytest.raises(Refused) as refusal:
        lent.propose(LoanAct.RESCHEDULE, months=40)
    assert refusal.value.kind is RefusalKind.CONFLICT
    back = WithdrawLoanChange(new_id(lent.maker), waiting.act_id)
    with pytest.raises(Refused) as refusal:
        withdraw_loan_change(back, lent.checker)  # not theirs to take back
    assert refusal.value.kind is RefusalKind.NOT_PERMITTED
    assert withdraw_loan_change(back, lent.maker).state is ActState.WITHDRAWN
    assert lent.propose(LoanAct.RESCHEDULE, months=40).state is ActState.PROPOSED


def test_the_same_command_proposes_once_and_other_content_is_refused(lent) -> None:
    change = lent.change(LoanAct.RESCHEDULE, months=40)
    request = ProposeLoanChange(new_id(lent.maker), lent.loan_id, change, "asked for")
    assert propose_loan_change(request, lent.maker) == propose_loan_change(request, lent.maker)
    with pytest.raises(Refused) as refusal:
        propose_loan_change(replace(request, reason="another"), lent.maker)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_a_loan_seen_in_an_older_state_and_one_that_is_not_there(lent) -> None:
    change = lent.change(LoanAct.RESCHEDULE, months=40)
    seen = ProposeLoanChange(new_id(lent.maker), lent.loan_id, change, "asked for", version=7)
    with pytest.raises(VersionConflict):
        propose_loan_change(seen, lent.maker)
    nowhere = replace(seen, loan_id=new_id(lent.maker), version=None)
    with pytest.raises(NotFound):
        propose_loan_change(nowhere, lent.maker)


def test_a_loan_that_is_closed_takes_no_change(lent) -> None:
    lent.post(LoanAct.FORECLOSURE)
    with pytest.raises(Refused) as refusal:
        lent.propose(LoanAct.RESCHEDULE, months=40)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_changes_wait_for_one_another(lent) -> None:
    """A new rate that has not started, or a pause, must be over before the next change."""
    lent.post(LoanAct.RATE_CHANGE, rate_ppm=90_000)
    with pytest.raises(Refused, match="starts on"):
        lent.propose(LoanAct.RESCHEDULE, months=40)
