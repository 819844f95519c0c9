"""Every fact with where it comes from, on both engines."""

import pytest

from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer_profile import read_customer_profile
from app.services.steps.fact_fields import FACT_FIELDS, FactSection
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.vocabulary.people import FactSource, Role


def facts_of(desk, registered):
    profile = read_customer_profile(registered.customer_id, desk)
    return {each.name: each for each in profile.facts}


def test_each_fact_says_its_source_and_day_and_numbers_are_masked(desk, registered):
    facts = facts_of(desk, registered)
    assert list(facts) == [each.name for each in FACT_FIELDS]
    assert facts["pan_number"].value == "ACUPRXXXXK"
    assert facts["other_id_number"].value.endswith("6253")
    assert "WKH" not in facts["other_id_number"].value
    assert facts["monthly_income"].value == "6000000"
    assert facts["full_name_local"].value is None
    city, score = facts["city"], facts["bureau_score"]
    assert (city.source, city.on, city.checked) == (FactSource.TOLD, desk.clock.today(), False)
    assert (score.source, str(score.on)) == (FactSource.BUREAU, "2026-11-10")
    assert [n for n, f in facts.items() if f.two_persons] == [
        "full_name",
        "date_of_birth",
        "pan_number",
    ]
    assert not score.correctable
    assert {f.section for f in facts.values()} == set(FactSection)


def test_a_waiting_pan_is_masked_on_both_sides(desk, registered):
    request = ProposeCorrection(
        new_id(desk), registered.customer_id, 1, "pan_number", "BNZPM2501F", reason="wrong"
    )
    propose_correction(request, desk)
    profile = read_customer_profile(registered.customer_id, desk)
    waiting = next(each.waiting for each in profile.facts if each.waiting)
    assert (waiting.old_value, waiting.new_value) == ("ACUPRXXXXK", "BNZPMXXXXF")
    assert profile.names == {"ravi.reddy": "Ravi.Reddy"}
    assert "BNZPM" not in repr(profile)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read(registered, someone, role):
    desk = someone("somebody", role)
    if role is Role.ADMIN:
        with pytest.raises(Refused):
            facts_of(desk, registered)
    else:
        assert facts_of(desk, registered)["city"].value == "Mysuru"
