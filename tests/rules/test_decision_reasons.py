"""Reasons: policy first, at most four, one a group, never against the bars."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.application_figures import figures_of
from app.rules.case_facts import OwnRecord
from app.rules.credit_policy import PolicyLine, policy_lines
from app.rules.decision_reasons import (
    Contribution,
    Reason,
    ReasonKind,
    adverse_only,
    pick_reasons,
)
from db.vocabulary.decisions import PolicyState
from ml.features import FEATURES
from tests.rules.case_samples import DAY, SHOWN, WORKED, with_terms
from tests.rules.lending_vectors import RULEBOOK, wording

LINES = policy_lines(WORKED, figures_of(WORKED, RULEBOOK), RULEBOOK, SHOWN)
POLICY, ADVERSE, FAVOURABLE = ReasonKind
POINTS = st.floats(min_value=-120, max_value=120, allow_nan=False)
VALUES = {
    "debt_to_income_ratio": 52.61833, "loan_to_income_ratio": 1.38889, "estimated_emi": 22371.0,
    "monthly_income": 60000.0, "loan_amount": 1000000.0, "loan_tenure_months": 60.0,
    "interest_rate": 12.25, "years_of_experience": 4.0, "existing_emi": 9200.0,
    "fixed_obligation_to_income_ratio": 55.95167, "net_monthly_surplus": 26429.0,
    "loan_to_value_ratio": 150.0, "bureau_score": 712.0, "months_with_employer": 65.0,
}  # fmt: skip


def _contributions(points: dict[str, float], **values: float) -> list[Contribution]:
    known = {**VALUES, **values}
    return [
        Contribution(f.name, f.group, known.get(f.name, 0.0), points.get(f.name, 0.0))
        for f in FEATURES
    ]


def _reasons(
    points: dict[str, float], lines: tuple[PolicyLine, ...] = LINES, **values: float
) -> tuple[Reason, ...]:
    return pick_reasons(lines, _contributions(points, **values), SHOWN, RULEBOOK, DAY)


def test_the_decision_view_of_the_worked_case() -> None:
    points = {
        "fixed_obligation_to_income_ratio": -60.0, "loan_to_income_ratio": -15.0,
        "months_with_employer": 31.0, "interest_rate": -4.0,
    }  # fmt: skip
    found = _reasons(points)
    assert [(reason.kind, reason.text) for reason in found] == [
        (POLICY, "Dues would take 55.95 % of income; the guide is 50 %."),
        (ADVERSE, "The loan is 1.39 times the yearly income."),
        (ADVERSE, "The card rate is 12.25 % a year."),
        (FAVOURABLE, "Same work or business since 2021."),
    ]
    assert [reason.source for reason in found][:2] == ["FOIR-CAP", "loan_to_income_ratio"]
    assert adverse_only(found) == found[:3]


def test_hard_rules_come_first_and_each_sentence_once() -> None:
    case = replace(with_terms(tenure_months=36), own_record=OwnRecord(has_npa=True))
    lines = policy_lines(case, figures_of(case, RULEBOOK), RULEBOOK, SHOWN)
    found = _reasons({"estimated_emi": -50.0, "debt_to_income_ratio": -40.0}, lines)
    codes = [reason.code for reason in found]
    assert codes == ["REJ-EMI-SHARE", "REJ-OWN-NPA", "REJ-FOIR"]
    assert found[0].text.endswith("the limit is 50 %.")
    assert found[0].source == "EMI-MAX"


def test_no_security_is_told_as_such_and_never_as_150_per_cent() -> None:
    found = _reasons({"loan_to_value_ratio": -20.0}, ())
    assert [(reason.code, reason.text) for reason in found] == [
        ("REJ-M-UNSECURED", "No security is offered."),
    ]
    given_value = _reasons({"loan_to_value_ratio": -20.0}, (), loan_to_value_ratio=90.0,
                           collateral_cover=0.9)  # fmt: skip
    assert given_value[0].text == "The loan is 90.00 % of the value of the security."


def test_features_without_a_sentence_or_with_an_odd_one_are_passed_over() -> None:
    points = {"bureau_score": -30.0, "active_loan_count": -20.0, "months_as_customer": -10.0}
    found = _reasons(points, (), bureau_score_missing=1.0)
    assert [reason.source for reason in found] == ["months_as_customer"]
    assert _reasons({"purpose_home": -30.0, "has_guarantor": 10.0}, ()) == ()


def test_a_group_that_is_not_adverse_in_sum_gives_no_adverse_reason() -> None:
    found = _reasons({"interest_rate": -10.0, "loan_tenure_months": 12.0}, ())
    assert [reason.kind for reason in found] == []


@pytest.mark.parametrize("language", ["en", "hi"])
def test_reasons_speak_the_language_of_the_words(language: str) -> None:
    contributions = _contributions({"loan_amount": -30.0})
    found = pick_reasons((), contributions, wording(language), RULEBOOK, DAY)
    assert "₹10,00,000" in found[0].text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(POINTS, min_size=28, max_size=28),
    st.lists(st.sampled_from(PolicyState), min_size=27, max_size=27),
)
def test_laws_of_every_list_of_reasons(points: list[float], states: list[PolicyState]) -> None:
    by_name = {feature.name: value for feature, value in zip(FEATURES, points, strict=True)}
    lines = tuple(replace(line, state=state) for line, state in zip(LINES, states, strict=True))
    found = _reasons(by_name, lines)
    adverse = adverse_only(found)
    assert len(adverse) <= 4
    assert len(found) - len(adverse) <= 2
    order = [list(ReasonKind).index(reason.kind) for reason in found]
    assert order == sorted(order)
    assert len({reason.code for reason in found}) == len(found)
    sums = {f.group: 0.0 for f in FEATURES}
    for feature in FEATURES:
        sums[feature.group] += by_name[feature.name]
    for kind, sign in ((ADVERSE, -1), (FAVOURABLE, 1)):
        told = [reason for reason in found if reason.kind is kind]
        assert len({reason.group for reason in told}) == len(told)
        for reason in told:
            assert reason.group is not None
            assert sign * by_name[reason.source] > 0
            assert sign * sums[reason.group] > 0
        weights = [sign * sums[str(reason.group)] for reason in told]
        assert all(one >= other for one, other in pairwise(weights))


def test_the_smallest_part_counts_the_heaviest_is_told_and_a_balance_tells_nothing() -> None:
    assert [reason.source for reason in _reasons({"interest_rate": -0.5}, ())] == ["interest_rate"]
    both = _reasons({"interest_rate": -4.0, "loan_tenure_months": -12.0}, ())
    assert [reason.source for reason in both] == ["loan_tenure_months"]
    assert _reasons({"interest_rate": -10.0, "loan_tenure_months": 10.0}, ()) == ()


def test_the_sentence_of_no_security_is_never_that_of_a_value() -> None:
    backwards = {name: dict(reversed(list(words.items()))) for name, words in SHOWN.lists.items()}
    contributions = _contributions(
        {"collateral_cover": -20.0}, loan_to_value_ratio=90.0, collateral_cover=0.9
    )
    found = pick_reasons((), contributions, replace(SHOWN, lists=backwards), RULEBOOK, DAY)
    assert [reason.text for reason in found] == [
        "The security, after its margin, covers 0.9 times the loan."
    ]
