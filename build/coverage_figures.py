"""Hold the coverage report of a whole test run to the budgets of architecture.md 4.

Branches count like lines: covered lines and branches over all lines and branches.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ".coverage.json"
# The least per cent of lines and branches together. The first match counts.
BUDGETS = {"app/rules/": 100.0, "app/": 90.0, "ml/": 90.0, "db/": 90.0}
WORST_SHOWN = 12

Figures = dict[str, tuple[int, int]]


def figures_of(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> Figures:
    """Per file: covered and all lines and branches."""
    figures = {}
    for name, entry in report["files"].items():
        summary = entry["summary"]
        covered = summary["covered_lines"] + summary.get("covered_branches", 0)
        figures[name.replace("\\", "/")] = (
            covered,
            summary["num_statements"] + summary.get("num_branches", 0),
        )
    return figures


def per_cent(pairs: Iterable[tuple[int, int]]) -> float:
    """Covered of all in per cent; nothing to cover is fully covered."""
    covered, everything = 0, 0
    for part, whole in pairs:
        covered += part
        everything += whole
    return 100.0 * covered / everything if everything else 100.0


def group_of(name: str) -> str | None:
    """The budget a file falls under."""
    return next((folder for folder in BUDGETS if name.startswith(folder)), None)


def judge() -> int:
    """Print each folder's figure beside its budget, the worst files where it falls short."""
    path = ROOT / REPORT
    if not path.is_file():
        sys.stderr.write("No coverage report: pytest did not finish.\n")
        return 1
    figures = figures_of(json.loads(path.read_text(encoding="utf-8")))
    failed = 0
    for folder, least in BUDGETS.items():
        members = {name: pair for name, pair in figures.items() if group_of(name) == folder}
        reached = per_cent(members.values())
        enough = reached >= least
        failed |= not enough
        sys.stderr.write(f"{folder:<12}{reached:6.2f} %  of {least:.0f} % asked for\n")
        if not enough:
            _show_worst(members)
    return failed


def _show_worst(members: Figures) -> None:
    missing = sorted(members, key=lambda name: members[name][0] - members[name][1])
    for name in missing[:WORST_SHOWN]:
        covered, everything = members[name]
        if covered < everything:
            sys.stderr.write(f"    {everything - covered:4} not covered  {name}\n")


if __name__ == "__main__":
    sys.exit(judge())
