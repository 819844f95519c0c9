"""The one feature function: the worked case, what is missing, clips, bit-equality of paths."""

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.rules.application_figures import figures_of
from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
    OwnRecord,
)
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.assemble_features import (
    MissingFactsError,
    assemble_features,
    assemble_known_features,
    assemble_many,
    features_from,
)
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType
from db.vocabulary.people import BureauScoreState, EmploymentType
from ml.features import FEATURE_NAMES

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"
DAY = date(2026, 9, 30)
DEBT = ObligationFacts("A bank", ObligationType.VEHICLE_LOAN, 920_000)
RENT = ObligationFacts("Landlord", ObligationType.RENT, 200_000)
BUREAU = BureauFacts(
    score=742, score_state=BureauScoreState.SCORED, late_payments=2, active_loans=3
)
CASE = CaseFacts(
    as_of=DAY,
    applicant=ApplicantFacts(
        date_of_birth=date(1990, 5, 1),
        monthly_income_paise=6_000_000,
        employment_type=EmploymentType.SALARIED,
        experience_months=90,
        employment_start_date=date(2021, 3, 31),
        customer_since=date(2024, 1, 1),
    ),
    terms=LoanTerms("HOME_RENOVATION", LoanPurpose.HOME_RENOVATION, 100_000_000, 60),
    obligations=(DEBT, RENT),
    bureau=BUREAU,
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    rows = json.loads((RULES / "rule-rows.json").read_text(encoding="utf-8"))
    products = json.loads((RULES / "products.json").read_text(encoding="utf-8"))
    return Rulebook(parse_rule_rows(rows), parse_products(products))


def _row(case: CaseFacts, rulebook: Rulebook) -> dict[str, float]:
    return dict(zip(FEATURE_NAMES, assemble_features(case, rulebook), strict=True))


def test_the_worked_case_of_the_form(rulebook: Rulebook) -> None:
    row = _row(CASE, rulebook)
    assert row["estimated_emi"] == 22_371.0
    assert round(row["fixed_obligation_to_income_ratio"], 2) == 55.95
    assert round(row["debt_to_income_ratio"], 2) == 52.62
    assert round(row["loan_to_income_ratio"], 2) == 1.39
    assert row["net_monthly_surplus"] == 60_000 - 9_200 - 2_000 - 22_371
    assert (row["monthly_income"], row["existing_emi"]) == (60_000.0, 9_200.0)
    assert (row["interest_rate"], row["years_of_experience"]) == (12.25, 7.5)
    assert (row["loan_amount_category"], row["tenure_category"]) == (1.0, 1.0)
    assert (row["months_with_employer"], row["months_as_customer"]) == (65.0, 32.0)
    assert (row["purpose_home"], row["purpose_vehicle"]) == (1.0, 0.0)


def test_unsecured_and_secured(rulebook: Rulebook) -> None:
    unsecured = _row(CASE, rulebook)
    assert (unsecured["loan_to_value_ratio"], unsecured["collateral_cover"]) == (150.0, 0.0)
    half = CollateralFacts(CollateralType.PROPERTY, 200_000_000)
    secured = _row(replace(CASE, collateral=(half,), guarantors=1), rulebook)
    assert (secured["loan_to_value_ratio"], secured["has_guarantor"]) == (50.0, 1.0)
    assert secured["collateral_cover"] == pytest.approx(1.6)
    much = CollateralFacts(CollateralType.PROPERTY, 2_000_000_000)
    little = CollateralFacts(CollateralType.PROPERTY, 1_000_000)
    assert _row(replace(CASE, collateral=(much,)), rulebook)["collateral_cover"] == 3.0
    assert _row(replace(CASE, collateral=(little,)), rulebook)["loan_to_value_ratio"] == 150.0


def test_bureau_facts_take_the_larger_count(rulebook: Rulebook) -> None:
    row = _row(CASE, rulebook)
    assert (row["bureau_score"], row["bureau_score_missing"]) == (742.0, 0.0)
    assert (row["active_loan_count"], row["prior_late_payments"]) == (3.0, 2.0)
    own = replace(CASE, own_record=OwnRecord(active_loans=4, late_payments=6))
    assert _row(own, rulebook)["active_loan_count"] == 5.0
    assert _row(own, rulebook)["prior_late_payments"] == 6.0
    closing = replace(CASE, obligations=(replace(DEBT, closed_by_this_loan=True), RENT))
    assert _row(closing, rulebook)["active_loan_count"] == 2.0
    assert _row(closing, rulebook)["existing_emi"] == 0.0


@pytest.mark.parametrize(
    "bureau",
    [
        BureauFacts(),
        BureauFacts(score_state=BureauScoreState.NO_HISTORY),
        BureauFacts(score=5, score_state=BureauScoreState.OLD_INDEX),
    ],
)
def test_no_usable_score_is_a_flagged_gap_and_never_a_number(
    rulebook: Rulebook, bureau: BureauFacts
) -> None:
    row = _row(replace(CASE, bureau=bureau), rulebook)
    assert math.isnan(row["bureau_score"])
    assert row["bureau_score_missing"] == 1.0
    assert row["active_loan_count"] == 1.0


def test_missing_inputs_are_named_not_guessed(rulebook: Rulebook) -> None:
    bare = replace(CASE, applicant=ApplicantFacts(), terms=LoanTerms())
    with pytest.raises(MissingFactsError) as caught:
        assemble_features(bare, rulebook)
    assert {
        "monthly_income",
        "years_of_experience",
        "employment_type",
        "employment_start_date",
    } <= (set(caught.value.fields))
    person = replace(CASE.applicant, employment_start_date=None)
    with pytest.raises(MissingFactsError) as caught:
        assemble_features(replace(CASE, applicant=person), rulebook)
    assert caught.value.fields == ("employment_start_date",)


def test_an_imported_case_keeps_its_gaps(rulebook: Rulebook) -> None:
    person = ApplicantFacts(monthly_income_paise=6_000_000)
    row = dict(
        zip(
            FEATURE_NAMES,
            assemble_known_features(replace(CASE, applicant=person), rulebook),
            strict=True,
        )
    )
    gaps = {name for name, value in row.items() if math.isnan(value)}
    assert gaps == {
        "years_of_experience",
        "months_with_employer",
        "employment_self_employed",
        "employment_business",
    }
    assert row["estimated_emi"] == 22_371.0


def test_all_paths_give_the_same_bits(rulebook: Rulebook) -> None:
    cases = [replace(CASE, guarantors=number) for number in range(3)]
    single = [assemble_features(case, rulebook) for case in cases]
    assert assemble_many(cases, rulebook) == single
    assert features_from(CASE, figures_of(CASE, rulebook), rulebook) == single[0]
    assert assemble_known_features(CASE, rulebook) == single[0]


@pytest.mark.parametrize(
    ("amount_paise", "category"),
    [(50_000_000, 0), (50_000_100, 1), (150_000_000, 1), (300_000_000, 2), (300_000_100, 3)],
)
def test_amount_category_edges(rulebook: Rulebook, amount_paise: int, category: int) -> None:
    terms = replace(CASE.terms, amount_paise=amount_paise)
    assert _row(replace(CASE, terms=terms), rulebook)["loan_amount_category"] == category


@pytest.mark.parametrize(
    ("months", "category"), [(24, 0), (25, 1), (60, 1), (61, 2), (120, 2), (121, 3)]
)
def test_tenure_category_edges(rulebook: Rulebook, months: int, category: int) -> None:
    terms = replace(CASE.terms, tenure_months=months)
    assert _row(replace(CASE, terms=terms), rulebook)["tenure_category"] == category


def test_before_its_first_day_a_relation_counts_as_none(rulebook: Rulebook) -> None:
    late = replace(CASE.applicant, customer_since=date(2026, 12, 1))
    assert _row(replace(CASE, applicant=late), rulebook)["months_as_customer"] == 0.0
    new = replace(CASE.applicant, customer_since=None)
    assert _row(replace(CASE, applicant=new), rulebook)["months_as_customer"] == 0.0
