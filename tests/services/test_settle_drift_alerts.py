"""Alerts on drift follow what was measured: raised, moved and cleared, of a branch or the bank."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from app.services.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from app.services.settle_drift_alerts import settle_drift_alerts
from app.services.steps.drift_figures import MeanShift
from app.services.steps.ids import new_id
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.watch_alerts import watch_alerts
from app.services.watch_drift import watch_drift
from db.records.alerts import AlertEntry
from db.records.monitor import WHOLE_BANK
from db.vocabulary.operations import Alert, AlertLevel
from db.vocabulary.people import Role
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived
from tests.services.sample_desks import small_sandbox

OWN, BANK = MonitorScope(), MonitorScope(whole_bank=True)


@pytest.fixture
def measured(request):
    """A report whose two alerts measure what a test says; None = too few rows."""
    found = watch_drift(OWN, small_sandbox(request)[0])

    def report(shift: str | None, accuracy: str | None):
        mean = None
        if shift is not None:
            mean = MeanShift(Decimal(30), Decimal(33), Decimal(shift), Decimal(10), None)
        share = None if accuracy is None else Decimal(accuracy)
        outcomes = replace(found.outcomes, accuracy=share, enough=accuracy is not None)
        return replace(found, mean_dti=mean, outcomes=outcomes)

    return report


@pytest.fixture
def checker(blank_desk):
    return arrived(blank_desk, BRANCH, "checker", Role.SUPERVISOR)


def standing(desk, scope=OWN):
    return {each.rule: each for each in watch_alerts(scope, desk).standing}


def test_a_shift_and_a_low_accuracy_stand_until_they_are_well_inside(checker, measured) -> None:
    moved = settle_drift_alerts(measured("10.1", "89.9"), OWN, checker)
    assert {(entry, alert.rule) for entry, alert in moved} == {
        (AlertEntry.RAISED, Alert.DTI_MEAN_SHIFT),
        (AlertEntry.RAISED, Alert.MODEL_ACCURACY),
    }
    stands = standing(checker)
    shift, accuracy = stands["dti_mean_shift"], stands["model_accuracy"]
    assert (shift.level, shift.value, shift.limit) == (
        AlertLevel.WARNING, Decimal("10.1"), Decimal(10),
    )  # fmt: skip
    assert (accuracy.value, accuracy.limit) == (Decimal("89.9"), Decimal(90))
    assert (shift.figure, shift.since) == ("", measured("1", "99").as_of)
    assert settle_drift_alerts(measured("9.8", "90.2"), OWN, checker) == ()  # not far enough back
    cleared = settle_drift_alerts(measured("9.6", "90.4"), OWN, checker)
    assert {entry for entry, _alert in cleared} == {AlertEntry.CLEARED}
    assert standing(checker) == {}
    entries = [line.entry for line in watch_alerts(OWN, checker).log]
    assert entries == [AlertEntry.CLEARED] * 2 + [AlertEntry.RAISED] * 2


def test_too_few_rows_say_nothing_and_clear(checker, measured) -> None:
    assert settle_drift_alerts(measured(None, None), OWN, checker) == ()
    assert settle_drift_alerts(measured("20", None), OWN, checker)[0][0] is AlertEntry.RAISED
    assert settle_drift_alerts(measured(None, None), OWN, checker)[0][0] is AlertEntry.CLEARED


def test_the_banks_drift_stands_under_the_bank_and_is_answered_from_a_branch(
    checker, measured
) -> None:
    settle_drift_alerts(measured("20", "99"), BANK, checker)
    assert standing(checker) == {}
    (alert,) = watch_alerts(BANK, checker).standing
    assert (alert.branch_id, alert.rule) == (WHOLE_BANK, "dti_mean_shift")
    acknowledge_alert(AcknowledgeAlert(new_id(checker), alert.alert_id, "Told risk"), checker)
    assert standing(checker, BANK)["dti_mean_shift"].note == "Told risk"


@pytest.mark.parametrize(
    "scope",
    [
        MonitorScope(as_of=date(2026, 8, 31)),
        MonitorScope(product_code="VEHICLE"),
        MonitorScope(officer_id=UUID(int=7)),
    ],
)
def test_a_part_or_a_past_day_moves_no_alert(checker, measured, scope) -> None:
    assert settle_drift_alerts(measured("20", "50"), scope, checker) == ()
    assert standing(checker) == {}


def test_who_may_not_see_the_monitor_moves_none(blank_desk, measured) -> None:
    officer, report = arrived(blank_desk, BRANCH, "maker", Role.OFFICER), measured("20", "50")
    with pytest.raises(Refused, match="does not allow"):
        settle_drift_alerts(report, OWN, officer)
