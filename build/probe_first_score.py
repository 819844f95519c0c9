"""One score and its explanation in a process of its own; prints time since its start and memory.

`probe_first_score.py` verifies and asks the bundled champion; `probe_first_score.py FILE` asks the
scikit-learn forest stored there by joblib, and shap, as a desk without our runtime would.
"""

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def ours() -> None:
    """The champion: verified, scored, explained."""
    sys.path.insert(0, str(ROOT))
    from datetime import date

    from ml.runtime.model_file import load_model, read_keys

    models = ROOT / "resources" / "models"
    model = load_model(models / "champion", read_keys(models / "keys.json", date(2026, 9, 30)))
    model.explain(model.facts.fills)


def theirs(stored: str) -> None:
    """scikit-learn and shap."""
    import joblib
    import shap

    forest, frame = joblib.load(stored)
    forest.predict_proba(frame)
    shap.TreeExplainer(forest).shap_values(frame)


def started() -> float:
    """When this process began, in seconds of the machine's uptime."""
    ticks = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19]
    return int(ticks) / os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> int:
    """Score once and report."""
    if words:
        theirs(words[0])
    else:
        ours()
    reached = time.clock_gettime(time.CLOCK_BOOTTIME)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    megabytes = pages * os.sysconf("SC_PAGESIZE") / 1e6
    sys.stdout.write(json.dumps({"ms": (reached - started()) * 1000.0, "mb": megabytes}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
