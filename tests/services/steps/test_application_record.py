from dataclasses import replace
from datetime import date

import pytest

from app.services.read_customer import read_customer
from app.services.steps.application_facts import ApplicationFacts
from app.services.steps.application_record import (
    FactsNotCheckedError,
    Identity,
    new_application,
    settled,
)
from app.services.steps.ids import new_id

DAY = date(2026, 11, 23)


def test_what_was_typed_wins_over_the_card(application_form, rulebook):
    assert settled(application_form, rulebook, DAY) == application_form
    bare = replace(application_form, rate_ppm=None)
    card = rulebook.product("HOME_RENOVATION", DAY).card_rate_ppm
    assert settled(bare, rulebook, DAY).rate_ppm == card
    assert settled(ApplicationFacts(), rulebook, DAY) == ApplicationFacts()


def test_unchecked_facts_do_not_pass(desk, registered, application_form):
    customer = read_customer(registered.customer_id, desk).customer
    unfinished = replace(application_form, rate_ppm=None)
    with pytest.raises(FactsNotCheckedError):
        new_application(unfinished, customer, Identity(new_id(desk), "A-1"), desk)
