"""The verb `portfolio drift`: scores, inputs and outcomes against the model's development.

Source: commands.md (Portfolio), screens.md S80.
"""

import argparse

from app.cli.json_messages import percent_of
from app.cli.portfolio_scope import Answer, Told, monitor_verb
from app.services.settle_drift_alerts import settle_drift_alerts
from app.services.steps.desk import Desk
from app.services.steps.drift_figures import (
    BandLine,
    DecidedLine,
    DriftLine,
    DriftReport,
    MeanShift,
    OutcomeFigures,
    OwnTest,
)
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_drift import watch_drift


def run_drift(_arguments: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio drift`; no loans stand behind it. The alerts on drift follow it."""
    found = watch_drift(scope, desk)
    settle_drift_alerts(found, scope, desk)
    return _report(found), ()


def _report(found: DriftReport) -> Answer:
    return {
        "as_of": found.as_of,
        "model_id": found.model_id,
        "since": found.since,
        "applications": found.rows,
        "of_applications": found.of_rows,
        "reference": found.reference,
        "reference_applications": found.reference_rows,
        "features": [_line(each) for each in found.lines],
        "mean_dti": None if found.mean_dti is None else _mean(found.mean_dti),
        "outcomes": _outcomes(found.outcomes),
        "calibration": [_band(each) for each in found.bands],
        "calibration_synthetic": found.bands_synthetic,
        "decisions": [_decided(each) for each in found.decisions],
        "alerts": _alerts(found),
        "method": list(found.notes),
    }


def _line(line: DriftLine) -> Answer:
    return {
        "name": line.name,
        "psi": percent_of(line.index),
        "n": line.rows,
        "state": line.state,
        "by_chance": percent_of(line.chance),
        "alarm": line.alarm,
    }


def _mean(shift: MeanShift) -> Answer:
    return {
        "development": percent_of(shift.before),
        "now": percent_of(shift.now),
        "change": percent_of(shift.percent),
        "limit": percent_of(shift.limit),
        "level": shift.level,
    }


def _outcomes(found: OutcomeFigures) -> Answer:
    return {
        "matured_until": found.matured_until,
        "window_months": found.window_months,
        "loans": found.rows,
        "defaults": found.bads,
        "indeterminate": found.indeterminate,
        "waiting": found.waiting,
        "enough": found.enough,
        "accuracy": percent_of(found.accuracy),
        "limit": percent_of(found.accuracy_limit),
        "level": found.accuracy_level,
        "auc": percent_of(found.auc),
        "ks": percent_of(found.ks),
        "brier": percent_of(found.brier),
        "own_test": None if found.own_test is None else _own(found.own_test),
        "worsened": list(found.worsened),
    }


def _own(test: OwnTest) -> Answer:
    return {
        "auc": percent_of(test.auc),
        "ks": percent_of(test.ks),
        "brier": percent_of(test.brier),
    }


def _band(band: BandLine) -> Answer:
    return {
        "risk_level": band.level,
        "n": band.rows,
        "defaults": band.defaults,
        "expected": percent_of(band.expected),
        "observed": percent_of(band.observed),
        "enough": band.enough,
    }


def _decided(line: DecidedLine) -> Answer:
    return {
        "recommendation": line.recommendation,
        "approved": line.approved,
        "rejected": line.rejected,
        "overrides": line.overrides,
    }


def _alerts(found: DriftReport) -> list[Answer]:
    """The two alerts of the report that stand."""
    alerts: list[Answer] = []
    shift, outcomes = found.mean_dti, found.outcomes
    if shift is not None and shift.level is not None:
        alerts.append(
            {"rule": "dti_mean_shift", "level": shift.level, "value": percent_of(shift.percent)}
        )
    if outcomes.accuracy_level is not None:
        alerts.append(
            {
                "rule": "model_accuracy",
                "level": outcomes.accuracy_level,
                "value": percent_of(outcomes.accuracy),
            }
        )
    return alerts


VERBS = (monitor_verb("drift", "how far the model moved", run_drift),)
