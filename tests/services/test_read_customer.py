from dataclasses import replace

import pytest

from app.services.read_customer import customer_facts, read_customer, reveal_pan
from app.services.register_customer import RegisterCustomer, register_customer
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.records.refusals import NotFound


def test_a_view_gathers_everything(desk, registered, submitted):
    view = read_customer(registered.reference, desk)
    assert view == read_customer(registered.customer_id, desk)
    assert view.age == 41
    assert [each.reference for each in view.applications] == [submitted.reference]
    assert (view.exposure_paise, view.sanctioned_paise, view.overdue_paise) == (0, 0, 0)
    (score,) = view.score_history
    assert score.score_hundredths == int(submitted.estimate.credit_score * 100)
    assert [each.act for each in view.timeline] == ["register_customer", "submit_application"]


def test_the_form_of_a_stored_customer_is_what_was_typed(desk, registered, customer_form):
    facts = customer_facts(registered.customer_id, desk)
    bare = replace(customer_form, pan_number=None, other_id_number=None, gender=facts.gender)
    assert (
        replace(
            facts,
            phone=bare.phone,
            obligations=tuple(replace(each, obligation_id=None) for each in facts.obligations),
        )
        == bare
    )


def test_nobody_and_no_pan(desk, customer_form):
    with pytest.raises(NotFound):
        read_customer("C-9999", desk)
    facts = replace(customer_form, pan_number=None, form_60=True)
    done = register_customer(RegisterCustomer(new_id(desk), facts), desk)
    with pytest.raises(Refused, match="no PAN"):
        reveal_pan(done.customer_id, desk)
