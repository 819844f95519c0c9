from dataclasses import replace
from datetime import date

from app.services.enter_application import (
    CollateralEntry,
    GuarantorEntry,
    SubmitApplication,
    submit_application,
)
from app.services.read_application import read_application
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.lending import CollateralType
from db.vocabulary.people import Relationship


def test_facts_stand_with_their_source(desk, registered, submitted):
    view = read_application(submitted.reference, desk)
    facts = {line.label: line for line in view.facts}
    assert facts["Monthly income"].value_text == "₹60,000"
    assert facts["Work"].value_text == "Salaried, Deccan Mills"
    assert facts["Experience"].value_text == "10 years"
    assert facts["Personal loan"].value_text == "₹9,200 a month, HDFC Bank"
    assert facts["Bureau score"].value_text == "762"
    assert facts["Bureau score"].date == date(2026, 11, 10)
    assert facts["Loans here"].checked
    assert not facts["Monthly income"].checked
    assert view.estimate == submitted.estimate
    assert view.policy == view.estimate.policy
    assert view.assessment.model_id == view.estimate.model_id
    assert view.decisions == ()
    assert view == read_application(submitted.application_id, desk)


def test_security_and_unknowns_have_their_lines(desk, registered, application_form):
    facts = replace(
        application_form,
        customer_id=registered.customer_id,
        collateral=(CollateralEntry(CollateralType.PROPERTY, 250_000_000),),
        guarantors=(GuarantorEntry("Meena Rao", Relationship.FRIEND),),
    )
    done = submit_application(SubmitApplication(new_id(desk), facts), desk)
    lines = {each.label: each.value_text for each in read_application(done.reference, desk).facts}
    assert lines["Property"] == "₹25,00,000 as security"
    assert lines["Guarantors"] == "1"
    assert lines["Customer"] == "new"


def test_an_unscored_application_that_could_be_scored_says_so(desk, registered, application_form):
    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file was changed")

    facts = replace(application_form, customer_id=registered.customer_id)
    done = submit_application(SubmitApplication(new_id(desk), facts), replace(desk, model=no_model))
    view = read_application(done.application_id, desk)
    assert view.no_score_sentence == "No score yet. Score this application"
