"""The second person's word on a correction, on both engines."""

from dataclasses import replace

import pytest

from app.services.decide_correction import DecideCorrection, decide_correction
from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer import read_customer
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.people import NewCustomer
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.operations import RuleState
from db.vocabulary.people import Role


@pytest.fixture
def proposed(desk, registered):
    request = ProposeCorrection(
        new_id(desk), registered.customer_id, 1, "full_name", "Asha Rao", reason="married"
    )
    return propose_correction(request, desk)


@pytest.fixture
def checker(someone):
    return someone("anand", Role.SUPERVISOR)


def decide(desk, proposed, *, approve=True, note="", version=1):
    request = DecideCorrection(new_id(desk), proposed.correction_id, version, approve, note)
    return decide_correction(request, desk)


def name_of(desk, proposed):
    return read_customer(proposed.customer_id, desk).customer.full_name


def test_a_refusal_needs_a_note_and_changes_nothing(desk, checker, proposed):
    with pytest.raises(Refused) as refused:
        decide(checker, proposed, approve=False)
    assert refused.value.fields == {"note": "Say why the correction is refused"}
    assert decide(checker, proposed, approve=False, note="no paper").state is RuleState.REFUSED
    assert name_of(desk, proposed) == "Asha Kulkarni"
    with pytest.raises(Refused, match="already decided: refused"):
        decide(checker, proposed)


def test_nobody_decides_their_own(someone, registered):
    both = someone("Both", Role.OFFICER, Role.SUPERVISOR)
    request = ProposeCorrection(
        new_id(both), registered.customer_id, 1, "full_name", "Asha Rao", reason="married"
    )
    made = propose_correction(request, both)
    again = both.acting(replace(both.person(), staff_id="BOTH"))
    for desk in (both, again):
        with pytest.raises(Refused, match="another person") as refused:
            decide(desk, made)
        assert refused.value.kind is RefusalKind.NOT_PERMITTED
    assert name_of(both, made) == "Asha Kulkarni"


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.SUPERVISOR])
def test_only_a_supervisor_decides(someone, proposed, role):
    with pytest.raises(Refused) as refused:
        decide(someone("somebody", role), proposed)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED


def test_a_fact_that_moved_on_is_not_overwritten(desk, checker, proposed):
    with desk.open_book() as book:
        stored = book.customers.get(412, proposed.customer_id)
        book.customers.update(NewCustomer(replace(stored, full_name="Asha K Rao")), 1)
        book.commit()
    with pytest.raises(Refused, match="changed after the proposal"):
        decide(checker, proposed)
    assert name_of(desk, proposed) == "Asha K Rao"


def test_another_fact_may_have_changed_meanwhile(desk, checker, proposed):
    city = ProposeCorrection(new_id(desk), proposed.customer_id, 1, "city", "Hubballi")
    propose_correction(city, desk)
    assert decide(checker, proposed).customer_version == 3
    customer = read_customer(proposed.customer_id, desk).customer
    assert (customer.full_name, customer.city) == ("Asha Rao", "Hubballi")


def test_it_is_carried_out_once(checker, proposed):
    request = DecideCorrection(new_id(checker), proposed.correction_id, 1, approve=True)
    assert decide_correction(request, checker) == decide_correction(request, checker)
    with pytest.raises(NotFound):
        decide_correction(
            replace(request, command_id=new_id(checker), correction_id=new_id(checker)), checker
        )


def test_an_older_view_of_the_proposal_is_refused(desk, checker, proposed):
    with pytest.raises(VersionConflict):
        decide(checker, proposed, version=7)
    assert name_of(desk, proposed) == "Asha Kulkarni"
