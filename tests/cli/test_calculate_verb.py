"""The adapter of the `calculate` verb: refusals name the field, unknown families are told."""

from typing import Any

import pytest

from app.cli.calculate_verb import FAMILIES, UnknownFamilyError, calculate
from tests.rules.lending_vectors import RULEBOOK, TODAY, VECTORS

INPUTS = {vector["family"]: vector["input"] for vector in reversed(VECTORS)}


def _answer(family: str, **changes: Any) -> Any:
    return calculate(family, {**INPUTS[family], **changes}, RULEBOOK, TODAY)


@pytest.mark.parametrize(
    ("family", "changes", "field"),
    [
        ("emi", {"principal": "0.00"}, "loan_amount"),
        ("emi", {"principal": None}, "principal"),
        ("emi", {"principal": True}, "principal"),
        ("emi", {"principal": "12 lakh"}, "principal"),
        ("emi", {"principal": "NaN"}, "principal"),
        ("emi", {"rate": "-1"}, "interest_rate"),
        ("emi", {"months": 0}, "loan_tenure_months"),
        ("emi", {"months": "1.5"}, "months"),
        ("schedule", {"rounding": "FLOOR"}, "rounding"),
        ("schedule", {"rounding": 5}, "rounding"),
        ("schedule", {"show_rows": "1"}, "show_rows"),
        ("daily_interest", {"start": "5 Jun"}, "start"),
        ("ltv_housing", {"property_value": "0.00"}, "collateral_value"),
        ("appropriation", {"payment": "0.00"}, "amount"),
        ("appropriation", {"dues": [5]}, "input"),
        ("npa_upgrade", {"restructured": "no"}, "restructured"),
        ("provision", {"asset_class": "BAD"}, "asset_class"),
    ],
)
def test_a_refused_case_names_its_field(family: str, changes: dict[str, Any], field: str) -> None:
    answer = _answer(family, **changes)
    assert (answer["refused"], answer["field"]) == (True, field)
    assert answer["message"]


@pytest.mark.parametrize(
    ("family", "changes"),
    [
        ("apr", {"upfront_charges": "20000.00"}),
        ("apr_flat_instalments", {"instalment": "1.00"}),
        ("score_linear", {"risk_probability": "1.01"}),
        ("provision", {"rule_date": "2017-06-06"}),
        ("verhoeff_digit", {"digits": "12a"}),
    ],
)
def test_a_refused_case_without_a_field(family: str, changes: dict[str, Any]) -> None:
    answer = _answer(family, **changes)
    assert answer.keys() == {"refused", "message"}


def test_refusals_stand_among_answers_in_order() -> None:
    answers = calculate("emi", [INPUTS["emi"], None, INPUTS["emi"]], RULEBOOK, TODAY)
    assert isinstance(answers, list)
    assert [answer.get("refused", False) for answer in answers] == [False, True, False]


def test_an_unknown_family_is_told_what_there_is() -> None:
    with pytest.raises(
        UnknownFamilyError, match=r"no calculation “magic”\. Choose one of: aadhaar"
    ):
        calculate("magic", {}, RULEBOOK, TODAY)


def test_security_that_keeps_its_value_stays_where_it_is() -> None:
    answer = _answer("security_erosion", security_value="50.00", outstanding=None)
    assert answer == {"asset_class": "NPA"}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_no_family_fails_on_an_empty_input(family: str) -> None:
    answer = calculate(family, {}, RULEBOOK, TODAY)
    assert isinstance(answer, dict)
    assert answer["refused"] is True
