"""A new version of a product, or why it may not be."""

from datetime import date, timedelta

import pytest

from app.rules.product_change import ProductChange, plan_product_change
from app.rules.rule_change import RuleChangeError
from tests.rules.lending_vectors import RULEBOOK, TODAY, load

PRODUCT = next(p for p in load("products.json")["products"] if p["product_code"] == "HOME_PURCHASE")
NEXT = TODAY + timedelta(days=1)


def _plan(fields: dict[str, object], starts: date = NEXT, source: str = "board"):
    change = ProductChange("HOME_PURCHASE", fields, starts, source)
    return plan_product_change(change, PRODUCT, RULEBOOK, TODAY)


def test_a_new_version_closes_the_one_before() -> None:
    planned = _plan({"card_rate_ppm": 90_000, "lti_cap_months": None})
    assert planned.product.card_rate_ppm == 90_000
    assert planned.product.lti_cap_months is None
    assert planned.closed_on == TODAY
    assert planned.definition["effective_from"] == NEXT.isoformat()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "fields"),
        ({"product_code": "X"}, "product_code"),
        ({"no_such": 1}, "no_such"),
        ({"card_rate_ppm": "9"}, "card_rate_ppm"),
        ({"secured": 1}, "secured"),
        ({"lti_cap_months": 1.5}, "lti_cap_months"),
        ({"security": "SOMETIMES"}, "security"),
        ({"purposes": [1.5]}, "purposes"),
        ({"purposes": {"a": 1}}, "purposes"),
        ({"fees": {"PROCESSING": {"basis": 1.5}}}, "fees"),
        ({"fees": {"NEW": {"rate_ppm": 1.5}}}, "fees"),
        ({"min_amount_paise": 0}, "min_amount_paise"),
        ({"card_rate_ppm": 1}, "card_rate_ppm"),
        ({"default_repayment_type": "Bullet"}, "default_repayment_type"),
        ({"foir_exempt_up_to_rule": "no_such_rule"}, "foir_exempt_up_to_rule"),
    ],
)
def test_versions_that_may_not_be(fields: dict[str, object], field: str) -> None:
    with pytest.raises(RuleChangeError) as refused:
        _plan(fields)
    assert refused.value.field == field


def test_source_and_day_are_asked_for() -> None:
    for starts, source, field in (
        (NEXT, " ", "source"),
        (TODAY, "board", "effective_from"),
    ):
        with pytest.raises(RuleChangeError) as refused:
            _plan({"card_rate_ppm": 90_000}, starts, source)
        assert refused.value.field == field
    change = ProductChange("HOME_PURCHASE", {"card_rate_ppm": 90_000}, NEXT, "board")
    closed = {**PRODUCT, "effective_to": "2027-12-31"}
    with pytest.raises(RuleChangeError):
        plan_product_change(change, closed, RULEBOOK, TODAY)
