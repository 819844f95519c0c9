"""Corrections of facts: at once, or for a second person; on both engines."""

import pytest

from app.services.decide_correction import DecideCorrection, decide_correction
from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer import customer_facts, read_customer, reveal_pan
from app.services.read_customer_profile import read_customer_profile
from app.services.register_customer import RegisterCustomer, UpdateCustomer, register_customer
from app.services.register_customer import update_customer as update
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource, Role

NEW_PAN = "BNZPM2501F"
MAY = {Role.OFFICER, Role.ASSISTANT}


def correct(desk, registered, fact, value, **changes):
    said = {"reason": "as on the paper", "source": FactSource.TOLD, "version": 1} | changes
    request = ProposeCorrection(
        new_id(desk), registered.customer_id, fact=fact, value=value, **said
    )
    return propose_correction(request, desk)


def fact_of(desk, registered, name):
    facts = read_customer_profile(registered.customer_id, desk).facts
    return next(each for each in facts if each.name == name)


@pytest.fixture
def checker(someone):
    return someone("anand", Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("fact", "value", "stored"),
    [
        ("city", " Hubballi ", "Hubballi"),
        ("phone", "+91 98450 11111", "9845011111"),
        ("monthly_income", "7000000", "7000000"),
        ("employment_start_date", "2020-02-01", "2020-02-01"),
        ("state", "Kerala", "Kerala"),
        ("email", "", None),
        ("ifsc_code", "hdfc0001234", "HDFC0001234"),
    ],
)
def test_other_facts_change_at_once_and_keep_the_old_value(desk, registered, fact, value, stored):
    before = fact_of(desk, registered, fact)
    done = correct(desk, registered, fact, value)
    assert (done.state, done.customer_version) == (RuleState.APPROVED, 2)
    after = fact_of(desk, registered, fact)
    assert after.value == stored
    assert [(each.old_value, each.new_value) for each in after.history] == [(before.value, stored)]
    assert after.waiting is None


def test_a_paper_that_was_seen_makes_a_fact_checked(desk, registered):
    assert not fact_of(desk, registered, "city").checked
    with pytest.raises(Refused) as refused:
        correct(desk, registered, "city", "Hubballi", source=FactSource.DOCUMENT)
    assert refused.value.fields == {"document": "Name the paper you saw"}
    correct(desk, registered, "city", "Hubballi", source=FactSource.DOCUMENT, document="voter card")
    fact = fact_of(desk, registered, "city")
    assert (fact.checked, fact.checked_by, fact.document) == (True, "Ravi.Reddy", "voter card")


@pytest.mark.parametrize(
    ("fact", "value"),
    [("full_name", "Asha R Kulkarni"), ("date_of_birth", "1985-04-13"), ("pan_number", NEW_PAN)],
)
def test_who_a_person_is_takes_two_people(desk, checker, registered, fact, value):
    done = correct(desk, registered, fact, value)
    assert (done.state, done.customer_version) == (RuleState.PROPOSED, 1)
    waiting = fact_of(desk, registered, fact).waiting
    assert waiting.correction_id == done.correction_id
    assert read_customer(registered.customer_id, desk).customer.version == 1
    request = DecideCorrection(new_id(checker), done.correction_id, 1, approve=True)
    approved = decide_correction(request, checker)
    assert (approved.state, approved.customer_version) == (RuleState.APPROVED, 2)
    after = fact_of(desk, registered, fact)
    assert after.waiting is None
    assert (after.history[0].state, after.history[0].decided_by) == (RuleState.APPROVED, "anand")
    shown = "BNZPMXXXXF" if fact == "pan_number" else value
    assert after.value == shown
    assert after.history[0].new_value == shown
    if fact == "pan_number":
        assert reveal_pan(registered.customer_id, desk) == NEW_PAN


def test_the_audit_chain_names_the_fact_and_never_its_value(desk, checker, registered):
    done = correct(desk, registered, "full_name", "Asha R Kulkarni")
    decide_correction(
        DecideCorrection(new_id(checker), done.correction_id, 1, approve=True), checker
    )
    with desk.open_book() as book:
        entries = book.audit.entries(412)[-2:]
    assert [each.act for each in entries] == ["propose_correction", "decide_correction"]
    assert all('"fact":"full_name"' in each.details for each in entries)
    assert all("Kulkarni" not in each.details for each in entries)


@pytest.mark.parametrize(
    ("fact", "value", "changes"),
    [
        ("full_name", "Asha 2", {}),
        ("full_name", "", {}),
        ("full_name", "Asha Kulkarni", {}),
        ("date_of_birth", "2030-01-01", {}),
        ("date_of_birth", "yesterday", {}),
        ("date_of_birth", "2012-04-03", {}),
        ("monthly_income", "much", {}),
        ("monthly_income", "0", {}),
        ("state", "Bavaria", {}),
        ("pan_number", "ACUPR", {}),
        ("pan_number", "", {}),
        ("full_name", "Asha K", {"reason": ""}),
        ("full_name", "Asha K", {"reason": "x" * 501}),
        ("city", "Hubballi", {"reason": "PAN ACUPR7085K"}),
        ("city", "Hubballi", {"source": FactSource.SYSTEM}),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(desk, registered, fact, value, changes):
    field = next(iter(changes), "value")
    with pytest.raises(Refused) as refused:
        correct(desk, registered, fact, value, **changes)
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert list(refused.value.fields) == [field]
    assert read_customer(registered.customer_id, desk).customer.version == 1


def test_the_pan_of_another_names_that_customer(desk, registered, customer_form):
    from dataclasses import replace

    other = replace(customer_form, full_name="Ravi Reddy", pan_number=NEW_PAN, phone="9845011111")
    made = register_customer(RegisterCustomer(new_id(desk), other), desk)
    with pytest.raises(Refused) as refused:
        correct(desk, registered, "pan_number", NEW_PAN)
    assert made.reference in refused.value.fields["value"]
    assert NEW_PAN not in refused.value.sentence


def test_a_first_pan_needs_one_person(desk, customer_form):
    from dataclasses import replace

    facts = replace(customer_form, pan_number=None, form_60=True)
    bare = register_customer(RegisterCustomer(new_id(desk), facts), desk)
    assert correct(desk, bare, "pan_number", NEW_PAN).state is RuleState.APPROVED
    assert reveal_pan(bare.customer_id, desk) == NEW_PAN


def test_one_proposal_a_fact_and_no_older_base(desk, registered):
    correct(desk, registered, "full_name", "Asha R Kulkarni")
    with pytest.raises(Refused, match="waits for a second person"):
        correct(desk, registered, "full_name", "Asha S Kulkarni")
    with pytest.raises(VersionConflict):
        correct(desk, registered, "city", "Hubballi", version=2)
    with pytest.raises(Refused, match="choose Edit"):
        correct(desk, registered, "bureau_score", "700")
    with pytest.raises(NotFound):
        propose_correction(
            ProposeCorrection(new_id(desk), new_id(desk), 1, "city", "Hubballi"), desk
        )


def test_a_fault_that_was_there_before_is_no_fault_of_this_change(desk, registered):
    with desk.open_book() as book:
        from dataclasses import replace

        from db.records.people import NewCustomer

        stored = book.customers.get(412, registered.customer_id)
        book.customers.update(NewCustomer(replace(stored, address="")), 1)
        book.commit()
    assert correct(desk, registered, "city", "Hubballi", version=2).customer_version == 3


@pytest.mark.parametrize("role", list(Role))
def test_who_may_propose(registered, someone, role):
    desk = someone("somebody", role)
    if role in MAY:
        assert correct(desk, registered, "city", "Hubballi").customer_version == 2
        return
    with pytest.raises(Refused) as refused:
        correct(desk, registered, "city", "Hubballi")
    assert refused.value.kind is RefusalKind.NOT_PERMITTED


def test_the_form_cannot_go_round_the_second_person(desk, registered):
    from dataclasses import replace

    facts = customer_facts(registered.customer_id, desk)
    wrong = replace(facts, full_name="Asha Rao", pan_number=NEW_PAN, date_of_birth=None)
    wrong = replace(wrong, date_of_birth=facts.date_of_birth.replace(day=9))
    with pytest.raises(Refused) as refused:
        update(UpdateCustomer(new_id(desk), registered.customer_id, 1, wrong), desk)
    assert set(refused.value.fields) == {"full_name", "date_of_birth", "pan_number"}


def test_an_edit_in_the_form_keeps_old_values_too(desk, registered):
    from dataclasses import replace

    facts = customer_facts(registered.customer_id, desk)
    edit = replace(facts, city="Hubballi", bureau=replace(facts.bureau, score=700))
    update(UpdateCustomer(new_id(desk), registered.customer_id, 1, edit), desk)
    city, score = (fact_of(desk, registered, name) for name in ("city", "bureau_score"))
    assert [(h.old_value, h.new_value) for h in city.history] == [("Mysuru", "Hubballi")]
    assert [(h.old_value, h.new_value) for h in score.history] == [("762", "700")]
    assert score.source is FactSource.BUREAU
