import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app.ui.tasks.task import JobState, Lane, Task
from app.ui.widgets.job_tray import JobTray


class Failing:
    def __init__(self):
        self.tries = 0

    def __call__(self, _control):
        self.tries += 1
        raise ZeroDivisionError


@pytest.fixture
def window(qtbot, runner):
    made = QWidget()
    made.resize(900, 600)
    made.field = QLineEdit(made)
    made.tray = JobTray(runner, made)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def words(tray):
    return [each.text() for each in tray.findChildren(QLabel) if each.text()]


def button(tray, text):
    return next(b for b in tray.findChildren(QPushButton) if b.text() == text)


def test_an_empty_tray_says_so(window):
    window.tray.toggle(QPoint(10, 590))
    assert words(window.tray) == ["Jobs", "No job has run yet."]


def until_cancelled(control):
    while not control.cancelled():
        control.progress(0, 0)


def test_running_failed_and_done_stand_in_groups(window, runner, qtbot):
    failing = Failing()
    runner.submit(Task("Copying", Lane.COMPUTE, lambda _c: None), None)
    runner.submit(Task("Reading loans", Lane.COMPUTE, failing), None)
    runner.submit(Task("Importing", Lane.DATABASE, until_cancelled, writes=True), None)
    wanted = [JobState.DONE, JobState.FAILED, JobState.RUNNING]
    qtbot.waitUntil(lambda: [job.state for job in runner.jobs()] == wanted)
    window.tray.toggle(QPoint(10, 590))
    said = words(window.tray)
    groups = [w for w in said if w in {"Running", "Failed", "Done"}]
    assert groups == ["Running", "Running", "Failed", "Done", "Done"]
    assert any("did not work" in w and "Reference" in w for w in said)
    button(window.tray, "Retry").click()
    qtbot.waitUntil(lambda: failing.tries == 2)
    button(window.tray, "Cancel").click()
    qtbot.waitUntil(lambda: "Stopped" in words(window.tray) or "Done" in words(window.tray))


def test_esc_closes_it_and_gives_the_keys_back(window, qtbot):
    window.field.setFocus()
    window.tray.toggle(QPoint(10, 590))
    assert window.tray.hasFocus()
    qtbot.keyClick(window.tray, Qt.Key.Key_Escape)
    assert not window.tray.isVisible()
    assert window.field.hasFocus()
