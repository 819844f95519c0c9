from dataclasses import replace
from datetime import date

from app.rules.case_facts import OwnRecord
from app.services.enter_application import CoApplicant
from app.services.read_customer import read_customer
from app.services.steps.case_builder import application_context, case_of, incomes_of
from db.records.people import BureauReport
from db.vocabulary.people import Relationship

DAY = date(2026, 11, 23)


def test_a_case_is_what_was_typed_and_what_is_stored(desk, registered, application_form):
    customer = read_customer(registered.customer_id, desk).customer
    ended = replace(customer.obligations[0], end_date=date(2026, 11, 22))
    customer = replace(customer, obligations=(ended, customer.obligations[1]))
    facts = replace(application_form, closed_obligations=(customer.obligations[1].obligation_id,))
    case = case_of(facts, customer, OwnRecord(), {}, DAY)
    assert [each.closed_by_this_loan for each in case.obligations] == [True]
    assert case.bureau.score == 762
    typed = replace(facts, bureau=BureauReport(score=650))
    assert case_of(typed, customer, OwnRecord(), {}, DAY).bureau.score == 650


def test_only_counted_incomes_of_co_applicants_count(desk, registered, application_form):
    named = (CoApplicant(registered.customer_id, Relationship.SPOUSE, True),)
    incomes = incomes_of(named, desk)
    assert incomes == {registered.customer_id: 6_000_000}
    facts = replace(application_form, co_applicants=named)
    assert case_of(facts, None, OwnRecord(), incomes, DAY).co_applicant_income_paise == 6_000_000
    silent = replace(facts, co_applicants=(replace(named[0], income_counted=False),))
    case = case_of(silent, None, OwnRecord(), incomes, DAY)
    assert (case.co_applicants, case.co_applicant_income_paise) == (1, 0)
    assert incomes_of((), desk) == {}


def test_the_context_of_a_new_customer(desk, registered):
    context = application_context(registered.customer_id, desk)
    assert context.own_record == OwnRecord()
    assert context.exposure_paise == 0
