import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
)
from app.rules.decision_reasons import ReasonKind
from app.services.steps.assessment_json import assessment_json
from app.services.steps.estimate_payload import (
    case_from_payload,
    case_hash,
    estimate_from_payload,
    estimate_to_payload,
)
from app.services.steps.estimate_risk import (
    estimate_many,
    estimate_risk,
    policy_of,
    shown_score,
)
from app.services.steps.feature_labels import FEATURE_LABELS
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.decisions import Band, PolicyState, Recommendation
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType
from db.vocabulary.people import BureauScoreState, EmploymentType, KycStatus
from ml.features import FEATURE_NAMES

DAY = date(2026, 11, 23)
CASE = CaseFacts(
    as_of=DAY,
    applicant=ApplicantFacts(
        date(1985, 4, 3),
        6_000_000,
        EmploymentType.SALARIED,
        48,
        date(2022, 1, 1),
        None,
        KycStatus.COMPLETE,
    ),
    terms=LoanTerms("HOME_RENOVATION", LoanPurpose.HOME_RENOVATION, 100_000_000, 60, 122_500),
    obligations=(
        ObligationFacts("HDFC", ObligationType.PERSONAL_LOAN, 920_000),
        ObligationFacts("", ObligationType.RENT, 200_000),
    ),
)

cases = st.builds(
    lambda income, amount, tenure, months, score, value: replace(
        CASE,
        applicant=replace(CASE.applicant, monthly_income_paise=income, experience_months=months),
        terms=replace(CASE.terms, amount_paise=amount, tenure_months=tenure),
        bureau=BureauFacts(score=score, score_state=score and BureauScoreState.SCORED),
        collateral=() if value is None else (CollateralFacts(CollateralType.PROPERTY, value),),
    ),
    st.integers(100_000, 10**8),
    st.integers(10**6, 10**10),
    st.integers(1, 360),
    st.integers(0, 480),
    st.none() | st.integers(300, 900),
    st.none() | st.integers(10**6, 10**10),
)


def test_the_worked_case_of_the_form(rulebook, champion):
    found = estimate_risk(CASE, rulebook, champion)
    figures = found.figures
    assert figures.estimated_emi_paise == 2_237_100
    assert figures.total_interest_paise == 34_225_896
    assert found.reasons[0].code == "REJ-FOIR"
    assert found.probability_of_default is None
    assert [each.rule for each in found.policy if each.breached] == ["FOIR-CAP"]
    assert set(found.rule_rows) <= {
        *(row.row_id for row in rulebook.rows),
        *(product.row_id for product in rulebook.products),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases)
def test_every_estimate_adds_up_and_names_at_most_four_reasons(rulebook, champion, case):
    found = estimate_risk(case, rulebook, champion)
    impacts = sum(each.impact for each in found.contributors)
    assert found.base_probability + impacts == pytest.approx(found.risk_probability, abs=1e-9)
    points = sum(each.score_points for each in found.groups)
    start = 850 - 550 * found.base_probability
    assert start + points == pytest.approx(float(found.credit_score), abs=0.0051)
    shown = sum(each.shown_points for each in found.groups)
    assert found.start_points + shown in {shown_score(found), shown_score(found) - 1}
    assert len(found.reasons) <= 4
    assert all(each.kind is not ReasonKind.FAVOURABLE for each in found.reasons)
    kinds = [each.kind for each in found.reasons]
    assert kinds == sorted(kinds, key=lambda kind: kind is not ReasonKind.POLICY)
    groups = [each.group for each in found.reasons if each.kind is ReasonKind.ADVERSE]
    assert len(groups) == len(set(groups))
    if any(line.state is PolicyState.FAIL for line in found.policy):
        assert found.recommendation is Recommendation.REJECT
    if found.band is not Band.CLEAR:
        assert found.recommendation is not Recommendation.APPROVE
    payload = estimate_to_payload(found, case)
    assert estimate_from_payload(payload) == found
    assert case_from_payload(payload) == case


def test_many_equal_one_by_one_and_stop_on_request(rulebook, champion):
    batch = [
        replace(CASE, terms=replace(CASE.terms, amount_paise=amount))
        for amount in range(10_000_000, 100_000_000, 15_000_000)
    ]
    many = estimate_many(batch, rulebook, champion)
    for one, case in zip(many, batch, strict=True):
        alone = estimate_risk(case, rulebook, champion)
        assert one.risk_probability == pytest.approx(alone.risk_probability, abs=1e-12)
        assert one.reasons == alone.reasons
        for left, right in zip(one.contributors, alone.contributors, strict=True):
            assert left.impact == pytest.approx(right.impact, abs=1e-12)
    with pytest.raises(StoppedError):
        estimate_many(batch, rulebook, champion, cancelled=lambda: True)


def test_what_is_missing_is_named_or_makes_the_case_out_of_range(rulebook, champion):
    gap = replace(CASE, applicant=replace(CASE.applicant, employment_start_date=None))
    with pytest.raises(Refused) as refused:
        estimate_risk(gap, rulebook, champion)
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert list(refused.value.fields) == ["employment_start_date"]
    filled = estimate_risk(gap, rulebook, champion, gaps=True)
    assert filled.band is Band.OUT_OF_RANGE
    assert filled.out_of_range == ("months_with_employer",)
    assert filled.recommendation is not Recommendation.APPROVE


def test_policy_stands_without_a_model(rulebook, champion):
    figures, lines = policy_of(CASE, rulebook)
    found = estimate_risk(CASE, rulebook, champion)
    assert (figures, lines) == (found.figures, found.policy)


def test_the_default_product_of_a_purpose_is_used(rulebook, champion):
    bare = replace(CASE, terms=replace(CASE.terms, product_code=None))
    product = rulebook.default_product_for(LoanPurpose.HOME_RENOVATION, DAY).product_code
    named = replace(CASE, terms=replace(CASE.terms, product_code=product))
    one, other = (estimate_risk(each, rulebook, champion) for each in (bare, named))
    assert one.risk_probability == other.risk_probability


def test_labels_are_those_of_the_features():
    assert tuple(FEATURE_LABELS) == FEATURE_NAMES
    for one, other in itertools.combinations(FEATURE_LABELS.values(), 2):
        assert one != other


def test_the_hash_moves_with_every_fact():
    assert case_hash(CASE) != case_hash(replace(CASE, guarantors=1))


def test_the_json_has_all_fields_and_unknown_is_null(rulebook, champion):
    plain = assessment_json(estimate_risk(CASE, rulebook, champion))
    assert plain["factors"]["loan_to_value_ratio"] is None
    assert plain["factors"]["estimated_emi"] == "22371.00"
    assert Decimal(str(plain["factors"]["annual_percentage_rate"])).quantize(
        Decimal("0.01")
    ) == Decimal("13.31")
    assert len(plain["contributors"]) == 28
    assert {line["state"] for line in plain["policy"]} <= {state.value for state in PolicyState}
