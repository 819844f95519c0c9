"""Measure Kasauti: `python3 build/bench.py NAME ... | --all | --list [--runs N] [--json]`.

Each benchmark takes the median of at least five runs. Where a reference exists (scikit-learn, shap,
raw SQL, a bare window) it runs interleaved with ours in the same process or the same minute, so
that a slow machine slows both; the ratio is the figure to trust. Benchmarks print, they never fail.
The scripts benchmarks_*.py hold the measurements; this one is the frame.
"""

import argparse
import importlib
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import environment

ROOT = Path(__file__).resolve().parent.parent
LEAST_RUNS = 5
INSIDE = "KASAUTI_BENCH_INSIDE"  # set for our second half, which runs in the .venv
# Name, module and the figure to reach (desktop.md 14, machine-learning.md), in words.
BENCHMARKS = {
    "second_run": ("benchmarks_start", "at most 150 ms"),
    "first_paint": ("benchmarks_start", "at most 600 ms, warm, from source"),
    "memory_at_first_paint": ("benchmarks_start", "at most 110 MB"),
    "model_load": ("benchmarks_model", "at most 5 ms"),
    "score_one_row": ("benchmarks_model", "at most 0.02 of scikit-learn, stretch 0.01"),
    "shap_one_row": ("benchmarks_model", "at most 1.0 of shap"),
    "explain_many": ("benchmarks_model", "at most 0.6 of shap, 10,000 rows"),
    "first_score": ("benchmarks_model", "at most 0.15 of scikit-learn and shap"),
    "first_score_memory": ("benchmarks_model", "at most 45 MB"),
    "score_application": ("benchmarks_desk", "at most 2.0 of the bare forest"),
    "key_to_bars": ("benchmarks_desk", "p95 at most 100 ms"),
    "rescore_to_bars": ("benchmarks_desk", "p95 at most 100 ms"),
    "waterfall_redraw": ("benchmarks_desk", "at most 5 ms"),
    "gui_gap_300": ("benchmarks_window", "at most 50 ms; reference: idle"),
    "kfs_cold": ("benchmarks_letters", "at most 1,000 ms, fresh process"),
    "kfs_warm": ("benchmarks_letters", "at most 150 ms"),
    "letters_100": ("benchmarks_letters", "at most 15,000 ms"),
    "gui_gap_letters": ("benchmarks_letters", "at most 50 ms; reference: idle"),
    "monitor_open": ("benchmarks_monitor", "at most 300 ms to the first figures"),
    "gui_gap_monitor": ("benchmarks_monitor", "at most 50 ms; reference: idle"),
    "monitor_open_scale_sqlite": ("benchmarks_scale", "at most 300 ms at 100,000 loans"),
    "monitor_open_scale_postgresql": ("benchmarks_scale", "at most 300 ms at 1,000,000 loans"),
    "gui_gap_scale_sqlite": ("benchmarks_scale", "at most 50 ms at 100,000 loans"),
    "gui_gap_scale_postgresql": ("benchmarks_scale", "at most 50 ms at 1,000,000 loans"),
    "emi_batch": ("benchmarks_book", "3,600 instalments, 5 ms"),
    "schedule_360": ("benchmarks_lending", "at most 2 ms; reference: the rows in floats"),
    "schedule_360_dated": ("benchmarks_lending", "at most 2 ms; reference: the rows in floats"),
    "customer_list": ("benchmarks_book", "at most 3 x raw SQL for the same page"),
    "applications_list": ("benchmarks_book", "at most 3 x raw SQL for the same page"),
    "loan_list": ("benchmarks_loans", "at most 20 ms"),
    "post_repayment": ("benchmarks_posting", "at most 3.0 of a bare ledger row"),
    "post_repayment_sqlite": ("benchmarks_posting", "at most 3.0 of a bare ledger row"),
    "desks_posting": ("benchmarks_posting", "told; 8 desks on one branch"),
    "day_end_postgresql": ("benchmarks_day_end", "at most 5,000 ms at 1,000,000 loans"),
    "rebuild_postgresql": ("benchmarks_day_end", "at most 120 s at 27 million repayments"),
    "day_end_sqlite": ("benchmarks_day_end", "at most 2,000 ms at 100,000 loans"),
    "follow_up_sqlite": ("benchmarks_follow_up", "told; at 100,000 loans"),
    "follow_up_postgresql": ("benchmarks_follow_up", "told; at 100,000 loans"),
    "stress_100000": ("benchmarks_stress", "told; 100,000 loans, read and computed"),
    "gui_gap_stress": ("benchmarks_stress", "at most 50 ms; reference: idle"),
    "portfolio_tabs_postgresql": (
        "benchmarks_portfolio",
        "p95 at most 100 ms bank, 20 ms branch at 1,000,000 loans",
    ),
    "portfolio_tabs_sqlite": ("benchmarks_portfolio", "at most 30 ms at 100,000 loans"),
    "portfolio_785": ("benchmarks_portfolio", "at most 3 x one raw statement"),
    "search_exact": ("benchmarks_lists", "at most 2 ms; reference: raw SQL by phone"),
    "search_name": ("benchmarks_lists", "at most 10 ms"),
    "search_name_page": ("benchmarks_lists", "-"),
    "long_list": ("benchmarks_lists", "at most 150 ms"),
    "long_list_jump": ("benchmarks_lists", "p95 at most 150 ms, placeholder 33 ms; +50 MB"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one benchmark, in one unit.

    Attributes:
        ours: one figure a run.
        reference: one figure a run of the reference; empty without one.
        unit: "ms" or "MB".
        note: what was measured on what.
    """

    ours: list[float]
    reference: list[float]
    unit: str
    note: str


def milliseconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000.0


def interleaved(
    ours: Callable[[], float], reference: Callable[[], float] | None, runs: int
) -> tuple[list[float], list[float]]:
    """Measure both by turns, after one unmeasured turn of each; both return their own figure."""
    ours()
    if reference:
        reference()
    first, second = [], []
    for _ in range(runs):
        first.append(ours())
        if reference:
            second.append(reference())
    return first, second


def share_below(figures: list[float], share: float) -> float:
    """The smallest figure that this share of the figures does not pass."""
    ordered = sorted(figures)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def row_of(name: str, measured: Measured) -> dict[str, object]:
    """One benchmark as a line of the table or an entry of the JSON."""
    ours = statistics.median(measured.ours)
    reference = statistics.median(measured.reference) if measured.reference else None
    return {
        "name": name,
        "median": round(ours, 4),
        "lowest": round(min(measured.ours), 4),
        "p95": round(share_below(measured.ours, 0.95), 4),
        "highest": round(max(measured.ours), 4),
        "unit": measured.unit,
        "reference": None if reference is None else round(reference, 4),
        "ratio": None if not reference else round(ours / reference, 3),
        "runs": len(measured.ours),
        "target": BENCHMARKS[name][1],
        "note": measured.note,
    }


def run_one(name: str, runs: int) -> dict[str, object]:
    """Run one benchmark; one that cannot run says so instead of stopping the others."""
    module = importlib.import_module(BENCHMARKS[name][0])
    # The module was made with the class of an imported `bench`, so only its fields are read.
    try:
        measured = getattr(module, name)(runs)
    except Exception as reason:  # noqa: BLE001 - whatever stopped it belongs in its line
        last_line = str(reason).strip().rpartition("\n")[2]
        return {"name": name, "failed": f"{type(reason).__name__}: {last_line}"}
    return row_of(name, Measured(**asdict(measured)))


def shown(row: dict[str, object]) -> str:
    """A result as one line for a person."""
    if "failed" in row:
        return f"{row['name']:<22} not measured: {row['failed']}"
    text = f"{row['name']:<22} {row['median']:>10} {row['unit']}"
    text += f"  ({row['lowest']} to {row['highest']}, p95 {row['p95']}, {row['runs']} runs)"
    if row["reference"] is not None:
        text += f"  reference {row['reference']}, ratio {row['ratio']}"
    return f"{text}  [{row['target']}]  {row['note']}"


def arguments_of(words: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="build/bench.py", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run")
    parser.add_argument("--all", action="store_true", help="run every benchmark")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and their targets")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--runs", type=int, default=7, help="runs of each (at least 5)")
    parser.add_argument("--here", action="store_true", help="use this Python, not the .venv")
    wishes = parser.parse_args(words)
    unknown = [name for name in wishes.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}; try --list")
    return wishes


def main(words: list[str]) -> int:
    """List, or move into the .venv and measure."""
    wishes = arguments_of(words)
    if wishes.list or not (wishes.names or wishes.all):
        for name, (_, target) in BENCHMARKS.items():
            sys.stdout.write(f"{name:<22} {target}\n")
        return 0
    if not wishes.here and not os.environ.get(INSIDE):
        environment.make_ready("run", install=True)
        command = [str(environment.PYTHON), __file__, *words]
        return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    rows = []
    for name in BENCHMARKS if wishes.all else wishes.names:
        rows.append(run_one(name, max(LEAST_RUNS, wishes.runs)))
        if not wishes.json:
            sys.stdout.write(shown(rows[-1]) + "\n")
            sys.stdout.flush()
    if wishes.json:
        sys.stdout.write(json.dumps({"benchmarks": rows}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
