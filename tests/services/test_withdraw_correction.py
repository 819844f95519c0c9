"""The maker takes a correction back, on both engines."""

from dataclasses import replace

import pytest

from app.services.decide_correction import DecideCorrection, decide_correction
from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer_profile import read_customer_profile
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from app.services.withdraw_correction import WithdrawCorrection, withdraw_correction
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.operations import RuleState
from db.vocabulary.people import Role


def propose(desk, customer_id, value="Asha Rao"):
    request = ProposeCorrection(new_id(desk), customer_id, 1, "full_name", value, reason="married")
    return propose_correction(request, desk)


@pytest.fixture
def proposed(desk, registered):
    return propose(desk, registered.customer_id)


def withdrawal(desk, proposed, version=1):
    return WithdrawCorrection(new_id(desk), proposed.correction_id, version)


def fact_of(desk, proposed):
    facts = read_customer_profile(proposed.customer_id, desk).facts
    return next(each for each in facts if each.name == "full_name")


def test_it_is_taken_back_once_and_stays_in_the_history(desk, proposed):
    request = withdrawal(desk, proposed)
    made = withdraw_correction(request, desk)
    assert made == withdraw_correction(request, desk)
    assert (made.state, made.customer_version) == (RuleState.CLOSED, 1)
    fact = fact_of(desk, proposed)
    assert (fact.value, fact.waiting) == ("Asha Kulkarni", None)
    [kept] = fact.history
    assert (kept.state, kept.decided_by, kept.new_value) == (RuleState.CLOSED, None, "Asha Rao")
    assert kept.decided_at is not None
    with desk.read_book() as book:
        branch = desk.person().branch_id
        trail = book.audit.trail(branch, [proposed.customer_id])
        assert "withdraw_correction" in {each.act for each in trail}
        assert book.audit.verify(branch).first_bad is None


def test_another_may_be_proposed_then(desk, proposed, someone):
    withdraw_correction(withdrawal(desk, proposed), desk)
    again = propose(desk, proposed.customer_id, "Asha K Rao")
    decide = DecideCorrection(new_id(desk), again.correction_id, 1, approve=True)
    decide_correction(decide, someone("anand", Role.SUPERVISOR))
    assert fact_of(desk, proposed).value == "Asha K Rao"


def test_nobody_withdraws_what_another_proposed(desk, someone, proposed):
    for other in (someone("mohan", Role.OFFICER), someone("anand", Role.SUPERVISOR, Role.OFFICER)):
        with pytest.raises(Refused, match="only they can withdraw") as refused:
            withdraw_correction(withdrawal(other, proposed), other)
        assert refused.value.kind is RefusalKind.NOT_PERMITTED
    assert fact_of(desk, proposed).waiting is not None


def test_staff_ids_are_the_same_person_in_any_case(desk, proposed):
    shouting = desk.acting(replace(desk.person(), staff_id=desk.person().staff_id.upper()))
    assert withdraw_correction(withdrawal(desk, proposed), shouting).state is RuleState.CLOSED


def test_what_was_decided_or_withdrawn_is_not_withdrawn(desk, someone, proposed):
    checker = someone("anand", Role.SUPERVISOR)
    decide_correction(
        DecideCorrection(new_id(desk), proposed.correction_id, 1, approve=False, note="no paper"),
        checker,
    )
    with pytest.raises(Refused, match="no longer waits"):
        withdraw_correction(withdrawal(desk, proposed, 2), desk)
    again = propose(desk, proposed.customer_id)
    withdraw_correction(withdrawal(desk, again), desk)
    with pytest.raises(Refused, match="no longer waits"):
        withdraw_correction(withdrawal(desk, again, 2), desk)
    with pytest.raises(Refused, match="already decided"):
        decide_correction(
            DecideCorrection(new_id(desk), again.correction_id, 2, approve=True), checker
        )


def test_an_older_view_and_a_proposal_that_is_nowhere_are_refused(desk, proposed):
    with pytest.raises(VersionConflict):
        withdraw_correction(withdrawal(desk, proposed, 7), desk)
    with pytest.raises(NotFound):
        withdraw_correction(WithdrawCorrection(new_id(desk), new_id(desk), 1), desk)


def test_an_auditor_withdraws_nothing(someone, proposed):
    auditor = someone("audit", Role.AUDITOR)
    with pytest.raises(Refused) as refused:
        withdraw_correction(withdrawal(auditor, proposed), auditor)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
