"""A proposal held against the rules as they stand."""

from datetime import date

import pytest

from app.rules.rule_change import RuleChange
from app.services.steps.refusal import Refused
from app.services.steps.rule_plans import planned_rule


def test_a_plan_names_the_row_it_closes_or_the_field_at_fault(desk):
    change = RuleChange("foir_band_high_above", "ALL", 450_000, date(2026, 12, 1), "board")
    with desk.open_book() as book:
        planned = planned_rule(change, book, desk.clock.today())
        assert planned.closed is not None
        assert planned.closed_on == date(2026, 11, 30)
        with pytest.raises(Refused) as refused:
            planned_rule(change, book, date(2027, 1, 1))
    assert list(refused.value.fields) == ["effective_from"]
