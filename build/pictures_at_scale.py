"""Every tab of the monitor on a bank: `python3 build/pictures.py --scale FOLDER`.

The book is that of `benchmark_scale`: KASAUTI_BENCH_SCALE loans, on SQLite or, with
KASAUTI_BENCH_ENGINE=postgresql, on PostgreSQL. The whole bank is chosen, then each tab in turn in
both themes and at both sizes; Concentration once for every key.
"""

import os
import sys
import tempfile
from pathlib import Path

from benchmark_scale import ScaleWindow, scale_book
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.ui.widgets.picker import Picker
from db.vocabulary.operations import ConcentrationKey

SIZES = ((1366, 768), (1920, 1080))
THEMES = ("light", "dark")
ENGINE = os.environ.get("KASAUTI_BENCH_ENGINE", "sqlite")
_PAUSE_MS = 400
_MOST_LOOKS = 20


def photograph_at_scale(folder: Path) -> None:
    """Fill the book, open the window on it, and keep the pictures."""
    with scale_book(ENGINE) as url, tempfile.TemporaryDirectory(prefix="kasauti-") as home:
        made = ScaleWindow(url, Path(home))
        try:
            made.window.navigate("monitor")
            made.settle()
            _picker(made, "filter.branch").set_value("bank")
            made.settle()
            for size in SIZES:
                for theme in THEMES:
                    _all_tabs(made, folder, theme, size)
        finally:
            made.close()


def _all_tabs(made: ScaleWindow, folder: Path, theme: str, size: tuple[int, int]) -> None:
    from app.ui.screens.monitor.monitor_tabs import tab_places

    running = QApplication.instance()
    if isinstance(running, QApplication):
        made.window.workbench.theme.apply(running, theme)
    made.page().window().resize(*size)
    for place in tab_places():
        _press(made, f"tab.{place.name}")
        if place.name == "stress":
            _press(made, "action.monitor.run_stress")
        end = f"{theme}_{size[0]}.png"
        if place.name != "concentration":
            _keep(made, folder / f"monitor_{place.name}_{end}")
            continue
        picker = _picker(made, "concentration_by")
        for key in ConcentrationKey:
            picker.set_value(key)
            made.settle()
            _keep(made, folder / f"monitor_{place.name}_{key}_{end}")


def _picker(made: ScaleWindow, name: str) -> Picker:
    found = made.page().findChild(QWidget, name)
    if not isinstance(found, Picker):
        raise TypeError(name)
    return found


def _press(made: ScaleWindow, name: str) -> None:
    made.page().findChild(QAbstractButton, name).click()
    made.settle()


def _keep(made: ScaleWindow, file: Path) -> None:
    """Once nothing in the window moves any more: layouts follow what was read."""
    window = made.page().window()
    before, now = None, window.grab()
    for _ in range(_MOST_LOOKS):
        if before is not None and before.toImage() == now.toImage():
            break
        QTest.qWait(_PAUSE_MS)
        before, now = now, window.grab()
    now.save(str(file))
    sys.stderr.write(f"{file.name}\n")


if __name__ == "__main__":
    sys.exit("This is a part of build/pictures.py")
