"""What moved between two estimates: every changed fact is told, and the points add up."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.case_facts import CaseFacts, OwnRecord
from app.services.steps.estimate_risk import estimate_risk
from app.services.steps.what_moved import what_moved
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.people import EmploymentType
from tests.rules.case_samples import WORKED, secured, with_applicant, with_terms

BASE = replace(WORKED, bureau=replace(WORKED.bureau, score=700))
CHANGES: dict[str, CaseFacts] = {
    "income": with_applicant(BASE, monthly_income_paise=90_000_00),
    "birth date": with_applicant(BASE, date_of_birth=date(1960, 4, 3)),
    "employment": with_applicant(BASE, employment_type=EmploymentType.BUSINESS),
    "experience": with_applicant(BASE, experience_months=144),
    "start of work": with_applicant(BASE, employment_start_date=date(2012, 4, 1)),
    "customer since": with_applicant(BASE, customer_since=date(2015, 1, 1)),
    "amount": with_terms(BASE, amount_paise=5_00_000_00),
    "tenure": with_terms(BASE, tenure_months=36),
    "rate": with_terms(BASE, rate_ppm=135_000),
    "purpose": with_terms(BASE, loan_purpose=LoanPurpose.EDUCATION, product_code="EDUCATION"),
    "obligations": replace(BASE, obligations=()),
    "one obligation closed": replace(
        BASE,
        obligations=(replace(BASE.obligations[0], closed_by_this_loan=True), BASE.obligations[1]),
    ),
    "security": secured(CollateralType.PROPERTY, 30_00_000_00, BASE),
    "guarantor": replace(BASE, guarantors=1),
    "co-applicant's income": replace(BASE, co_applicants=1, co_applicant_income_paise=40_000_00),
    "bureau score": replace(BASE, bureau=replace(BASE.bureau, score=560)),
    "no bureau score": replace(BASE, bureau=replace(BASE.bureau, score=None)),
    "late payments": replace(BASE, bureau=replace(BASE.bureau, late_payments=5)),
    "running loans": replace(BASE, bureau=replace(BASE.bureau, active_loans=6)),
    "old report": replace(BASE, bureau=replace(BASE.bureau, report_date=date(2020, 1, 1))),
    "own record": replace(BASE, own_record=OwnRecord(3, 2, has_npa=True)),
}


@pytest.fixture(scope="module")
def champion_estimate(rulebook, champion):
    return lambda case: estimate_risk(case, rulebook, champion, gaps=True)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_changed_fact_is_told_and_the_points_add_up(name, champion_estimate):
    before, after = champion_estimate(BASE), champion_estimate(CHANGES[name])
    moved = what_moved(before, after)
    assert moved.anything, name
    exact = -550 * (after.risk_probability - before.risk_probability)
    assert moved.score == pytest.approx(exact, abs=1e-9)
    assert not moved.model_changed


def test_nothing_moved(champion_estimate):
    estimate = champion_estimate(BASE)
    moved = what_moved(estimate, estimate)
    assert not moved.anything
    assert moved.score == 0


def test_inputs_come_with_their_words_the_largest_move_first(champion_estimate):
    before, after = champion_estimate(BASE), champion_estimate(CHANGES["income"])
    moved = what_moved(before, after)
    income = next(each for each in moved.inputs if each.label == "Monthly income")
    assert (income.before, income.after) == ("₹60,000", "₹90,000")
    sizes = [abs(each.points) for each in moved.inputs]
    assert sizes == sorted(sizes, reverse=True)
    check = next(each for each in moved.checks if "guide" in each.label)
    assert check.before.startswith("refer")
    assert check.after.startswith("pass")


def test_another_model_is_said(champion_estimate):
    before = champion_estimate(BASE)
    after = replace(before, model_sha256="0" * 64, base_probability=before.base_probability + 0.01)
    moved = what_moved(before, after)
    assert moved.model_changed
    assert moved.score == pytest.approx(-5.5)
