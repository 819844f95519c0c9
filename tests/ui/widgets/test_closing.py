"""Closing while a job writes, on the real window with its real question."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from app.ui.main_window import MainWindow
from app.ui.tasks.task import Lane, Task


@pytest.fixture
def window(qtbot, desk, theme):
    made = MainWindow(replace(desk, actor=None))
    made.show()
    with qtbot.waitExposed(made):
        made.activateWindow()
    yield made
    made.close()


class Writing:
    """A job that writes until the test lets it end, or until it is stopped."""

    def __init__(self, window):
        self.ended = threading.Event()
        self.stopped = False
        window.workbench.runner.submit(
            Task("Importing", Lane.DATABASE, self.work, writes=True), None
        )

    def work(self, control):
        while not self.ended.wait(0.002):
            if control.cancelled():
                self.stopped = True
                return


def answer(window, button, said):
    """Press a button of the question that closing asks; the question itself is modal."""

    def press():
        boxes = window.findChildren(QMessageBox, "dialog.closing")
        box = next((each for each in boxes if each.isVisible()), None)
        if box is None:
            QTimer.singleShot(5, press)
            return
        said.append(box.text())
        next(b for b in box.buttons() if b.text() == button).click()

    QTimer.singleShot(5, press)


def test_closing_on_a_write_asks_and_stay_stays(window):
    job, said = Writing(window), []
    answer(window, "Stay", said)
    assert not window.close()
    assert said == ["Still being written: Importing."]
    assert not job.stopped
    answer(window, "Stop and close", said)
    assert window.close()
    assert job.stopped


def test_closing_waits_for_a_write_and_then_closes_by_itself(window, qtbot):
    job, said = Writing(window), []
    answer(window, "Wait", said)
    assert not window.close()
    assert window.isVisible()
    job.ended.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not job.stopped
