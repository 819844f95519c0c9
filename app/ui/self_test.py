"""The `self-test` verb: start offscreen, open every screen, score one case, exit.

Run after an installation, with an empty environment and a new home: everything it needs must be
in the program itself.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.settings import Settings, read_settings

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

WAIT_MS = 120_000


@dataclass(frozen=True, slots=True)
class ScreenState:
    """One screen and whether it opened."""

    name: str
    state: str


def self_test(words: Sequence[str], window_of: "Callable[[Settings], MainWindow]") -> int:
    """Open every screen on a fresh sample book and score a case; 0 when all are well.

    Args:
        words: `--json` prints the answer as one document.
        window_of: makes the main window.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="kasauti-self-test-") as folder:
        settings = read_settings({}, {"data_dir": folder, "theme": "light"})
        states = _visit(window_of(settings))
    well = all(state.state == "ok" for state in states)
    answer = {
        "screens": [{"name": s.name, "state": s.state} for s in states],
        "state": "ok" if well else "fail",
    }
    if "--json" in words:
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.writelines(f"{state.name:<24}{state.state}\n" for state in states)
    return 0 if well else 1


def _visit(window: "MainWindow") -> list[ScreenState]:
    from app.ui.self_test_walk import SelfTestWalk  # noqa: PLC0415  # Qt only after the platform is set

    return SelfTestWalk(window, WAIT_MS).run()
