"""Benchmarks of a desk at work, on the sample book: from a key to the drawn score, and one score.

The window is the real one, with all its parts; a drawing counts when the chart's own paint is over.
"""

import atexit
import functools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from bench import ROOT, Measured, interleaved, milliseconds
from benchmarks_model import champion, in_scikit_learn, one_row_frame
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

LEAST_KEYS = 60
PACE_MS = 120  # a quick typist's pause between two keys
GIVE_UP_MS = 5_000
LOAN = {
    "loan_purpose": "Home renovation",
    "loan_amount": "10,00,000",
    "loan_tenure_months": "60",
    "interest_rate": "12.25",
}


class NeverDrawnError(RuntimeError):
    """The score did not reach the screen."""


@functools.cache
def sample_folder() -> Path:
    """A data folder with the sample book, made once by the program's own verb."""
    folder = tempfile.mkdtemp(prefix="kv-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, str(ROOT / "main.py"), "sample-data", "--data-dir", folder, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    return Path(folder)


class Window:
    """The real window with the officer of the sample book at it."""

    def __init__(self) -> None:
        from app.bootstrap import open_sandbox, window_of
        from app.services.sign_in import sandbox_person
        from app.services.steps.sandbox_staff import MAKER
        from app.settings import read_settings
        from app.ui.tasks.task import TaskControl

        settings = read_settings({}, {"data_dir": str(sample_folder())})
        self.window = window_of(settings)
        self.desk = open_sandbox(settings, TaskControl(lambda _step: None))
        self.window.use_desk(self.desk)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.sign_in(sandbox_person(MAKER, self.desk).actor)
        self.settle()

    def open(self, screen: str, **arguments: object) -> None:
        """Go to a screen and wait for it."""
        self.window.navigate(screen, **arguments)
        self.settle()

    def settle(self) -> None:
        """Let the window work until nothing waits."""
        QTest.qWait(PACE_MS)
        for _ in range(GIVE_UP_MS // 20):
            if not self.window.workbench.runner.active():
                break
            QTest.qWait(20)
        QTest.qWait(PACE_MS)

    def find(self, name: str) -> QWidget:
        """The visible widget of that name."""
        return next(w for w in self.window.findChildren(QWidget, name) if w.isVisible())

    def ms_to_drawing(self, chart: Any, target: QWidget, key: Qt.Key) -> float:  # noqa: ANN401 - charts come with the app
        """Press a key; return the time until the chart has painted another score."""
        loop, before, drawn = QEventLoop(), chart.parts, []
        draw = type(chart).draw

        def watched(painter: object) -> None:
            draw(chart, painter)
            if chart.parts is not before and not drawn:
                QTimer.singleShot(0, loop.quit)  # once the paint event is over
                drawn.append(time.perf_counter())

        chart.draw = watched
        QTimer.singleShot(GIVE_UP_MS, loop.quit)
        started = time.perf_counter()
        QTest.keyClick(target, key)
        loop.exec()
        reached = time.perf_counter()
        del chart.draw
        if not drawn:
            raise NeverDrawnError
        return (reached - started) * 1000.0

    def close(self) -> None:
        """Let go of the book and the lanes."""
        self.window.parts.forget_pages()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


def pending_row(desk: Any) -> Any:  # noqa: ANN401 - services are imported when asked for
    """An application of the sample book that nobody has decided."""
    from app.services.find_applications import FindApplications, find_applications
    from db.records.lists import ApplicationFilter
    from db.vocabulary.loan_life import ApplicationStatus

    wanted = ApplicationFilter(status=ApplicationStatus.PENDING)
    return find_applications(FindApplications(wanted, 1, None), desk).page.rows[0]


def key_to_bars(runs: int) -> Measured:
    """A digit more or less in the amount of an application, until its score and bars are drawn."""
    desk = Window()
    desk.open("application_form", customer_id=pending_row(desk.desk).customer_id)
    for name, text in LOAN.items():
        field = desk.find(name)
        target = field.focusProxy() or field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(target, text)
        QTest.keyClick(target, Qt.Key.Key_Tab)
    box = desk.find("score_preview")
    (box if isinstance(box, QCheckBox) else box.findChildren(QCheckBox)[0]).click()
    desk.settle()
    chart, amount = desk.find("chart.preview"), desk.find("loan_amount")
    amount.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(amount, Qt.Key.Key_End)
    found = []
    for turn in range(max(runs, LEAST_KEYS) + 1):
        key = Qt.Key.Key_0 if turn % 2 else Qt.Key.Key_Backspace
        found.append(desk.ms_to_drawing(chart, amount, key))
        QTest.qWait(PACE_MS)
    desk.close()
    return Measured(found[1:], [], "ms", "application form, preview on; the 95th in 100 counts")


def rescore_to_bars(runs: int) -> Measured:
    """F5 on the decision screen: scored, stored, read again and drawn."""
    desk = Window()
    desk.open("decision", application_id=pending_row(desk.desk).application_id)
    chart = desk.find("chart.waterfall")
    found = []
    for _ in range(max(runs, LEAST_KEYS // 3) + 1):
        found.append(desk.ms_to_drawing(chart, desk.window, Qt.Key.Key_F5))
        desk.settle()
    desk.close()
    return Measured(found[1:], [], "ms", "decision screen: scored, stored, read and drawn")


def waterfall_redraw(runs: int) -> Measured:
    """Another score given to the waterfall and painted at once."""
    from app.ui.charts.factor_points import FactorPoints, ScoreParts
    from app.ui.charts.score_waterfall import ScoreWaterfall
    from app.ui.theme import theme_of

    application = QApplication.instance() or QApplication([])
    theme_of().apply(application, "light")
    chart = ScoreWaterfall("chart.waterfall")
    chart.resize(560, 320)
    chart.show()
    application.processEvents()  # the first expose; before it nothing is painted
    numbers = np.random.default_rng(1).integers(-80, 80, size=(2, 11))
    several = [
        ScoreParts(
            575,
            575 + int(points.sum()),
            tuple(FactorPoints(str(n), f"Group number {n}", int(p)) for n, p in enumerate(points)),
            ((575, "cut-off 575"), (685, "cut-off 685")),
        )
        for points in numbers
    ]
    turns, painted = max(runs, 40), []
    draw = chart.draw

    def counted(painter: object) -> None:
        draw(painter)
        painted.append(True)

    def redraw() -> None:
        chart.show_parts(several[len(painted) % 2])
        chart.repaint()

    chart.draw = counted
    ours, _ = interleaved(lambda: milliseconds(redraw), None, turns)
    chart.close()
    if len(painted) <= turns:
        raise NeverDrawnError
    return Measured(ours, [], "ms", "11 groups, start and score, 560 by 320 pixels")


def score_application(runs: int) -> Measured:
    """One application scored, stored and audited; reference: the bare forest's answer alone."""
    from app.bootstrap import ports_of
    from app.services.score_application import ScoreApplication
    from app.services.score_application import score_application as act
    from app.services.sign_in import sandbox_person
    from app.services.steps.ids import new_id
    from app.services.steps.sandbox_staff import MAKER
    from app.settings import read_settings

    ports = ports_of(read_settings({}, {"data_dir": str(sample_folder())}), sandbox=True)
    _ = ports.engine
    desk = ports.desk()
    desk = desk.acting(sandbox_person(MAKER, desk).actor)
    row, forest, frame = pending_row(desk), in_scikit_learn(champion()), one_row_frame()

    work: dict[str, list[float]] = {"ours": [], "reference": []}

    def timed(whose: str, one: Callable[[], object]) -> float:
        started = time.process_time()
        waited = milliseconds(one)
        work[whose].append((time.process_time() - started) * 1000.0)
        return waited

    def scored() -> object:
        return act(ScoreApplication(new_id(desk), row.application_id), desk)

    ours, reference = interleaved(
        lambda: timed("ours", scored),
        lambda: timed("reference", lambda: forest.predict(frame)),
        max(runs, 30),
    )
    ports.engine.dispose()
    mine, theirs = (statistics.median(figures) for figures in work.values())
    note = "read, scored, explained, stored, audited; reference: scikit-learn's predict alone"
    return Measured(ours, reference, "ms", f"{note}; at work {mine:.1f} and {theirs:.1f} ms")
