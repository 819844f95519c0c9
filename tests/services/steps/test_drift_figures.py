"""When a line of the drift report is an alarm, and what was decided."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.services.steps.drift_figures import DecidedLine, DriftLine
from db.vocabulary.decisions import Recommendation
from db.vocabulary.operations import PsiStatus

LINE = DriftLine("x", "X", Decimal("0.3"), 500, PsiStatus.SHIFTED, Decimal("0.05"))


@pytest.mark.parametrize(
    ("state", "index", "chance", "alarm"),
    [
        (PsiStatus.SHIFTED, "0.3", "0.05", True),
        (PsiStatus.WATCH, "0.11", "0.05", True),
        (PsiStatus.WATCH, "0.11", "0.11", False),  # no further than chance
        (PsiStatus.STABLE, "0.09", "0.05", False),
        (PsiStatus.TOO_FEW, "0.9", "0.05", False),
    ],
)
def test_an_alarm_needs_its_limit_and_more_than_chance(state, index, chance, alarm) -> None:
    line = replace(LINE, state=state, index=Decimal(index), chance=Decimal(chance))
    assert line.alarm is alarm


def test_without_a_reference_there_is_no_alarm() -> None:
    assert not replace(LINE, index=None).alarm
    assert not replace(LINE, chance=None).alarm


def test_decided_are_both() -> None:
    assert DecidedLine(Recommendation.REFER, 3, 4, 0).decided == 7
