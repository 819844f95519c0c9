"""What a change of a rule would do to the open applications."""

from datetime import date

import pytest

from app.rules.rule_change import RuleChange
from app.services.preview_rule_change import preview_rule_change
from app.services.steps.progress import StoppedError

NEXT = date(2026, 12, 1)


def test_a_lower_line_meets_the_worked_case(desk, submitted):
    change = RuleChange("new_emi_ratio_reject_above", "ALL", 300_000, NEXT, "board")
    impact = preview_rule_change(change, desk)
    assert (impact.looked_at, impact.moved) == (1, 1)
    assert impact.lines[0].before != impact.lines[0].after
    assert "1 read differently, 1 get another recommendation" in impact.sentence
    with pytest.raises(StoppedError):
        preview_rule_change(change, desk, cancelled=lambda: True)


def test_without_applications_there_is_nothing_to_compare(desk):
    change = RuleChange("new_emi_ratio_reject_above", "ALL", 300_000, NEXT, "board")
    assert preview_rule_change(change, desk).sentence.startswith("No open application")
