"""The verb `portfolio stress`: a scenario on the book, before and after, by segment.

Source: commands.md (Portfolio), screens.md S80. A verb is its own process already, so the run is
computed here; the window starts the same job as a child.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.cli.json_messages import money, percent_of
from app.cli.portfolio_scope import Answer, Told, monitor_verb
from app.cli.progress_bar import progress_bar
from app.rules.money import PPM_PER_PERCENT
from app.rules.typed_scenario import TypedShocks
from app.services.run_stress_test import RunStress, prepare_stress, stress_answer
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import bad_input
from app.services.steps.stress_figures import (
    NOT_A_FORECAST,
    StressRun,
    StressSegment,
    StressTotals,
)
from db.vocabulary.operations import StressPreset

_PPM_PER_BASIS_POINT = 100
_FIELDS = (
    "rate_shock_bp",
    "income_shock_percent",
    "unemployment_points",
    "collateral_haircut_percent",
    "random_state",
)


def run_stress(arguments: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio stress`; its loans are those of the outstanding and of the NPAs.

    Raises:
        Refused: no such scenario or file, not permitted, or nothing to stress.
    """
    asked = _request(arguments.scenario, arguments.random_state, desk)
    request = replace(asked, scope=scope)
    with tempfile.TemporaryDirectory(prefix="kasauti-stress-") as place:
        folder, progress = Path(place), progress_bar(arguments)
        prepare_stress(request, desk, folder, progress)
        from app.cli import compute_jobs  # heavy libraries, only when a job runs

        compute_jobs.run_job(folder, progress)
        return _answer(stress_answer(folder)), ("outstanding", "npa")


def _request(named: str, random_state: int | None, desk: Desk) -> RunStress:
    by_name = {each.value: each for each in StressPreset}
    preset = by_name.get(named.upper())
    if preset is not None:
        return RunStress(preset=preset, random_state=random_state)
    file = Path(named)
    if not file.is_file():
        names = ", ".join(by_name)
        raise bad_input({"scenario": f"Name one of {names}, or a file with the shocks"})
    return RunStress(shocks=_shocks(_document(file), random_state, desk))


def _document(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise bad_input({"scenario": "The file cannot be read as JSON"}) from error
    if not isinstance(found, dict) or set(found) - set(_FIELDS):
        raise bad_input({"scenario": f"The file holds one object with {', '.join(_FIELDS)}"})
    return found


def _shocks(given: Mapping[str, Any], random_state: int | None, desk: Desk) -> TypedShocks:
    usual = desk.rulebook().count("stress_random_state", desk.clock.today())
    state = given.get("random_state", usual) if random_state is None else random_state
    if isinstance(state, bool) or not isinstance(state, int):
        raise bad_input({"random_state": "Give the random state as a whole number"})
    return TypedShocks(
        rate_shock_ppm=_ppm(given, "rate_shock_bp", _PPM_PER_BASIS_POINT),
        income_shock_ppm=_ppm(given, "income_shock_percent", PPM_PER_PERCENT),
        unemployment_ppm=_ppm(given, "unemployment_points", PPM_PER_PERCENT),
        property_shock_ppm=-_ppm(given, "collateral_haircut_percent", PPM_PER_PERCENT),
        random_state=state,
    )


def _ppm(given: Mapping[str, Any], field: str, unit: int) -> int:
    try:
        ppm = Decimal(str(given.get(field, 0))) * unit
        whole = int(ppm)
    except (ArithmeticError, ValueError) as error:
        raise bad_input({field: "Give a number"}) from error
    if isinstance(given.get(field), bool) or whole != ppm:
        raise bad_input({field: "Give a number with at most four decimals"})
    return whole


def _answer(run: StressRun) -> Answer:
    scenario = run.scenario
    return {
        "as_of": run.as_of,
        "scenario": {
            "name": run.name,
            "rate_shock_bp": scenario.rate_shock_ppm / _PPM_PER_BASIS_POINT,
            "income_shock_percent": scenario.income_shock_ppm / PPM_PER_PERCENT,
            "unemployment_points": scenario.unemployment_ppm / PPM_PER_PERCENT,
            "collateral_haircut_percent": abs(scenario.property_shock_ppm) / PPM_PER_PERCENT,
            "pd_multiplier": float(scenario.pd_multiplier),
            "lgd_points": scenario.lgd_points_ppm / PPM_PER_PERCENT,
            "months_without_income": scenario.months_without_income,
        },
        "note": NOT_A_FORECAST,
        "expected_loss_standing": run.mark,
        "method": list(run.method),
        "random_state": scenario.random_state,
        "loans": run.loans,
        "borrowers": run.borrowers,
        "outstanding": money(run.outstanding_paise),
        "foir_guide": percent_of(run.foir_guide),
        "before": _totals(run.before),
        "after": _totals(run.after),
        "by_segment": [_segment(each) for each in run.segments],
    }


def _totals(totals: StressTotals) -> Answer:
    return {
        "expected_loss": money(totals.expected_loss_paise),
        "npa": money(totals.npa_paise),
        "npa_ratio": percent_of(totals.npa_share),
        "provision": money(totals.provision_paise),
        "above_foir_guide": totals.above_guide,
        "above_foir_guide_share": percent_of(totals.above_guide_share),
    }


def _segment(segment: StressSegment) -> Answer:
    return {
        "by": segment.by,
        "key": segment.key,
        "loans": segment.loans,
        "outstanding": money(segment.outstanding_paise),
        "expected_loss_before": money(segment.loss_before_paise),
        "expected_loss_after": money(segment.loss_after_paise),
        "expected_loss_added": money(segment.loss_added_paise),
        "npa_before": money(segment.npa_before_paise),
        "npa_after": money(segment.npa_after_paise),
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(each.value for each in StressPreset)
    parser.add_argument(
        "--scenario", required=True, metavar="NAME|FILE", help=f"{names}; or a JSON file of shocks"
    )
    parser.add_argument("--random-state", type=int, help="who loses the income (default: the rule)")


VERBS = (monitor_verb("stress", "a scenario on the book", run_stress, _arguments),)
