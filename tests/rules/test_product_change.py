"""A new version of a product, or why it may not be."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from app.rules.product_change import PlannedProduct, ProductChange, plan_product_change
from app.rules.products import parse_product
from app.rules.rule_change import RuleChangeError
from tests.rules.lending_vectors import RULEBOOK, TODAY, load

PRODUCT = next(p for p in load("products.json")["products"] if p["product_code"] == "HOME_PURCHASE")
NEXT = TODAY + timedelta(days=1)
LEGAL = {
    "basis": "FLAT", "amount_paise": 600_000, "gst_rule": "gst_rate", "paid_to": "THIRD_PARTY",
    "timing": "UPFRONT",
}  # fmt: skip
CAP = {"collateral_type": "Property", "cap_rule": "ltv_housing_cap", "segment": None}
HOUSEHOLD = {"income_rule": "mfi_household_income_max", "share_rule": "mfi_repayment_share_max"}


def _plan(
    fields: Mapping[str, Any],
    starts: date = NEXT,
    source: str = "board",
    definition: Mapping[str, Any] = PRODUCT,
) -> PlannedProduct:
    change = ProductChange("HOME_PURCHASE", fields, starts, source)
    return plan_product_change(change, definition, RULEBOOK, TODAY)


def test_a_new_version_closes_the_one_before() -> None:
    planned = _plan({"card_rate_ppm": 90_000, "lti_cap_months": None}, source=" board ")
    assert planned.definition == {
        **PRODUCT, "card_rate_ppm": 90_000, "lti_cap_months": None,
        "effective_from": NEXT.isoformat(), "effective_to": None, "source": "board",
    }  # fmt: skip
    assert planned.product == parse_product(planned.definition)
    assert (planned.closed, planned.closed_on) == (parse_product(PRODUCT), TODAY)


@pytest.mark.parametrize("definition", load("products.json")["products"])
def test_every_shipped_field_may_be_written_as_it_stands(definition: dict[str, object]) -> None:
    fixed = {"product_code", "effective_from", "effective_to", "source"}
    fields = {name: value for name, value in definition.items() if name not in fixed}
    assert _plan(fields, definition=definition).definition.items() >= fields.items()


@pytest.mark.parametrize(
    "fields",
    [
        {"card_rate_ppm": 105_000},
        {"min_tenure_months": 360, "tenure_step_months": 1},
        {"min_amount_paise": 1},
        {"repayment_types": ["EMI", "Bullet"], "default_repayment_type": "Bullet"},
        {"foir_cap_ppm": None, "foir_exempt_up_to_rule": "gold_appraisal_above"},
        {"household_rule": HOUSEHOLD, "dti_policy": None},
        {"floating": None, "rate_type": "Fixed"},
        {"fees": {"OTHER": {**LEGAL, "rate_ppm": None, "note": "by courier"}}},
        {"fees": {}, "ltv": [], "security_types": []},
        {"ltv": [CAP, {**CAP, "collateral_type": "Vehicle", "segment": "NEW"}]},
        {"secured": False},
    ],
)
def test_versions_that_may_be(fields: dict[str, object]) -> None:
    assert _plan(fields).definition == {
        **PRODUCT,
        **fields,
        "effective_from": NEXT.isoformat(),
        "source": "board",
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "fields"),
        ({"product_code": "X"}, "product_code"),
        ({"effective_from": "2030-01-01"}, "effective_from"),
        ({"effective_to": "2030-01-01"}, "effective_to"),
        ({"source": "me"}, "source"),
        ({"no_such": 1}, "no_such"),
        ({"card_rate_ppm": "9"}, "card_rate_ppm"),
        ({"card_rate_ppm": True}, "card_rate_ppm"),
        ({"card_rate_ppm": None}, "card_rate_ppm"),
        ({"max_amount_paise": None}, "max_amount_paise"),
        ({"secured": 1}, "secured"),
        ({"secured": None}, "secured"),
        ({"lti_cap_months": 1.5}, "lti_cap_months"),
        ({"card_rate_ppm": 90_000, "security": "SOMETIMES"}, "card_rate_ppm"),
        ({"security": ["REQUIRED"]}, "security"),
        ({"purposes": [1.5]}, "purposes"),
        ({"purposes": [None]}, "purposes"),
        ({"purposes": {"a": "b"}}, "purposes"),
        ({"documents": {"always": ["PAN_CARD", 5]}}, "documents"),
        ({"moratorium": {"max_months": 3}}, "moratorium"),
        ({"sanction_limits": {"Supervisor": None}}, "sanction_limits"),
        ({"fees": {"PROCESSING": {"basis": 1.5}}}, "fees"),
        ({"fees": {"OTHER": {**LEGAL, "amount_paise": "6000"}}}, "fees"),
        ({"fees": {"OTHER": {**LEGAL, "paid_to": 1}}}, "fees"),
        ({"foir_exempt_up_to_rule": 5}, "foir_exempt_up_to_rule"),
    ],
)
def test_fields_of_another_kind_are_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(RuleChangeError) as refused:
        _plan(fields)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"min_amount_paise": 0}, "min_amount_paise"),
        ({"max_amount_paise": 29_999_999}, "min_amount_paise"),
        ({"amount_step_paise": 0}, "min_amount_paise"),
        ({"min_tenure_months": -1}, "min_tenure_months"),
        ({"tenure_step_months": -6}, "min_tenure_months"),
        ({"min_rate_ppm": 110_000}, "min_rate_ppm"),
        ({"card_rate_ppm": 84_999}, "card_rate_ppm"),
        ({"card_rate_ppm": 105_001}, "card_rate_ppm"),
        ({"default_repayment_type": "Bullet"}, "default_repayment_type"),
        ({"floating": {**PRODUCT["floating"], "benchmark": "LIBOR"}}, "floating"),
        ({"foir_exempt_up_to_rule": "no_such_rule"}, "foir_exempt_up_to_rule"),
        ({"household_rule": {**HOUSEHOLD, "income_rule": "no_such_rule"}}, "household_rule"),
        ({"household_rule": {**HOUSEHOLD, "share_rule": "no_such_rule"}}, "household_rule"),
        ({"dti_policy": {**PRODUCT["dti_policy"], "refer_rule": "no_such_rule"}}, "dti_policy"),
        ({"dti_policy": {**PRODUCT["dti_policy"], "reject_rule": "no_such_rule"}}, "dti_policy"),
        ({"fees": {"OTHER": {**LEGAL, "gst_rule": "no_such_rule"}}}, "fees"),
        ({"ltv": [{**CAP, "cap_rule": "no_such_rule"}]}, "ltv"),
    ],
)
def test_terms_that_contradict_or_name_no_rule_are_refused(
    fields: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleChangeError) as refused:
        _plan(fields)
    assert refused.value.field == field


def test_a_product_that_cannot_be_read_names_every_changed_field() -> None:
    with pytest.raises(RuleChangeError, match="with this card_rate_ppm, security: write it as"):
        _plan({"card_rate_ppm": 90_000, "security": "SOMETIMES"})


def test_source_and_day_are_asked_for() -> None:
    closed = {**PRODUCT, "effective_to": "2027-12-31"}
    waits = {**PRODUCT, "effective_from": NEXT.isoformat()}
    for starts, source, definition, field in (
        (NEXT, " ", PRODUCT, "source"),
        (TODAY, "board", PRODUCT, "effective_from"),
        (NEXT, "board", closed, "effective_from"),
        (NEXT, "board", waits, "effective_from"),
    ):
        with pytest.raises(RuleChangeError) as refused:
            _plan({"card_rate_ppm": 90_000}, starts, source, definition)
        assert refused.value.field == field
    after = _plan({"card_rate_ppm": 90_000}, NEXT + timedelta(days=1), definition=waits)
    assert after.closed_on == NEXT
