import math
from dataclasses import replace
from datetime import date

import pytest

from app.rules.case_facts import ApplicantFacts, ObligationFacts
from app.services.preview_score import (
    PreviewApplication,
    preview_application,
    preview_features,
    preview_score,
)
from app.services.steps.assemble_features import assemble_features
from app.services.steps.case_builder import application_context, case_of
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.decisions import Band
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import EmploymentType

SOMEBODY = ApplicantFacts(
    date(1985, 4, 3), 6_000_000, EmploymentType.SALARIED, 120, date(2019, 6, 1)
)


def test_a_preview_equals_what_a_commit_stores(desk, registered, application_form, submitted):
    facts = replace(application_form, customer_id=registered.customer_id)
    context = application_context(registered.customer_id, desk)
    case = case_of(facts, context.customer, context.own_record, {}, desk.clock.today())
    assert preview_score(case, desk) == submitted.estimate
    assert preview_application(PreviewApplication(facts), desk) == submitted.estimate


def test_somebody_unknown_is_scored_without_a_customer(desk, application_form):
    rent = ObligationFacts("Landlord", ObligationType.RENT, 200_000)
    request = PreviewApplication(application_form, SOMEBODY, (rent,))
    assert preview_application(request, desk).figures.other_dues_paise == 200_000


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"monthly_income_paise": None}, "monthly_income"),
        ({"monthly_income_paise": 0}, "monthly_income"),
        ({"date_of_birth": date(2030, 1, 1)}, "date_of_birth"),
        ({"employment_start_date": date(2030, 1, 1)}, "employment_start_date"),
        ({"experience_months": -1}, "years_of_experience"),
        ({"employment_type": None}, "employment_type"),
    ],
)
def test_a_missing_or_wrong_fact_is_named_and_never_guessed(desk, application_form, change, field):
    request = PreviewApplication(application_form, replace(SOMEBODY, **change))
    with pytest.raises(Refused) as refused:
        preview_application(request, desk)
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert field in refused.value.fields


def test_28_features_give_the_models_part(desk, registered, application_form, submitted):
    facts = replace(application_form, customer_id=registered.customer_id)
    context = application_context(registered.customer_id, desk)
    case = case_of(facts, context.customer, context.own_record, {}, desk.clock.today())
    row = assemble_features(case, desk.rulebook())
    estimate = preview_features(row, desk)
    assert estimate.risk_probability == submitted.estimate.risk_probability
    assert estimate.policy == ()
    far = (*row[:8], 59.0, *row[9:])
    assert preview_features(far, desk).band is Band.OUT_OF_RANGE
    with pytest.raises(Refused):
        preview_features((math.inf, *row[1:]), desk)
