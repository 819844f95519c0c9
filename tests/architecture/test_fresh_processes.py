"""What is loaded when, each looked at in a process of its own (desktop.md 2, architecture.md 6)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import PROJECT

PROBE = PROJECT / "build" / "probe_first_paint.py"
HEAVY_AT_FIRST_PAINT = {
    *("numpy", "sqlalchemy", "psycopg2", "alembic", "pydantic", "cryptography", "keyring"),
    *("typst", "pyqtgraph", "matplotlib", "pandas", "sklearn", "scipy", "shap", "numba"),
}
TRAINING_STACK = {"sklearn", "shap", "numba", "llvmlite", "scipy", "pandas", "matplotlib.pyplot"}
QT = {"PySide6", "shiboken6", "pyqtgraph"}
SCORE_ONCE = """
from datetime import date
from pathlib import Path
import numpy as np
from ml.runtime.model_file import load_model, read_keys
models = Path("resources/models")
model = load_model(models / "champion", read_keys(models / "keys.json", date(2026, 9, 30)))
rows = np.load(models / "champion" / "golden.npz", allow_pickle=False)["rows"]
model.explain(tuple(rows[0].tolist()))
"""
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def _run(*command: str, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


def _loaded(code: str) -> set[str]:
    return set(json.loads(_run("-c", f"{code}\n{REPORT}")))


@pytest.fixture(scope="module")
def at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("desk")
    answer = json.loads(_run(str(PROBE), "0", KASAUTI_DATA_DIR=str(folder)))
    return set(answer["modules"])


def test_nothing_heavy_is_loaded_at_first_paint(at_first_paint: set[str]) -> None:
    assert at_first_paint & HEAVY_AT_FIRST_PAINT == set()


def test_sign_in_is_the_only_screen_loaded_at_first_paint(at_first_paint: set[str]) -> None:
    screens = {name for name in at_first_paint if name.startswith("app.ui.screens.")}
    assert {name for name in screens if ".sign_in" not in name} == set()


def test_one_score_and_its_explanation_load_no_training_library() -> None:
    loaded = _loaded(SCORE_ONCE)
    assert "ml.runtime.tree_shap" in loaded
    assert loaded & TRAINING_STACK == set()
    assert {name for name in loaded if name.startswith("ml.training")} == set()


@pytest.mark.parametrize(
    "arguments", [["version", "--json"], ["customers", "--json"], ["check", "--json"]]
)
def test_no_verb_loads_qt(arguments: list[str], tmp_path: Path) -> None:
    words = [*arguments, "--data-dir", str(tmp_path)]
    loaded = _loaded(f"from app.bootstrap import main\nmain({words!r})")
    assert loaded & QT == set()


def test_settings_and_composition_root_are_light() -> None:
    assert _loaded("import app.bootstrap") & (HEAVY_AT_FIRST_PAINT | QT) == set()
