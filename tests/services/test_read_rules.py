"""Rules and products as people read them."""

from datetime import date

from app.rules.product_change import ProductChange
from app.rules.rule_change import RuleChange
from app.services.change_rule import ProposeProduct, ProposeRule, propose_product, propose_rule
from app.services.read_rules import find_products, find_rules, rules_in_force, shape_of_rule
from app.services.steps.ids import new_id
from db.vocabulary.operations import RuleState
from db.vocabulary.people import Role

NEXT = date(2026, 12, 1)


def test_rows_on_a_day_with_their_proposals(desk, someone):
    analyst = someone("farah", Role.RISK_ANALYST)
    change = RuleChange("foir_band_high_above", "ALL", 450_000, NEXT, "board")
    propose_rule(ProposeRule(new_id(analyst), change), analyst)
    found = find_rules(analyst)
    assert len(found.rules) == 430
    assert {line.state for line in found.rules} == {RuleState.APPROVED, RuleState.CLOSED}
    assert any(line.waiting for line in found.rules)
    (proposal,) = found.proposals
    assert proposal.own
    assert proposal.fields == (("value", "50 %", "45 %"),)
    assert not find_rules(desk).proposals[0].own
    (line,) = rules_in_force(desk, date(2020, 1, 1), "foir_band_high_above")
    assert line.shown == "50 %"
    assert "NET" in shape_of_rule("income_base", desk).words
    assert "PERSONAL" in shape_of_rule("decision_working_days", desk).segments


def test_products_with_their_limits_and_proposals(desk, someone):
    analyst = someone("farah", Role.RISK_ANALYST)
    change = ProductChange("PERSONAL", {"card_rate_ppm": 130_000}, NEXT, "board")
    propose_product(ProposeProduct(new_id(analyst), change), analyst)
    found = find_products(desk)
    assert len(found.products) == 10
    assert all(line.limits and line.state is RuleState.APPROVED for line in found.products)
    assert found.proposals[0].fields[0][0] == "card_rate_ppm"
    assert found.proposals[0].fields[0][2] == "130000"
