"""The monitor by keys alone, through the real window, on SQLite and on PostgreSQL.

Ctrl+M opens it, arrows go along the tiles and tabs, Enter lists the loans behind a figure and opens
the account in the main window.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.drill_figure import drill_figure
from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.sign_in import sandbox_person
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import CHECKER

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
MOST_STEPS = 40
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support")  # of the offscreen platform


@pytest.fixture
def supervisor(desk_window):
    """A small sample book with its supervisor at the window."""
    desk_window.wait_for_screen("sign_in")
    window = desk_window.window
    make_sample_book(MakeSampleBook(customers=40, applications=60), window.desk)
    window.sign_in(sandbox_person(CHECKER, window.desk).actor)
    desk_window.wait_for_screen("today")
    window.activateWindow()
    desk_window.wait_until(window.isActiveWindow)
    return desk_window


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def focus():
    widget = QApplication.focusWidget()
    while widget is not None and not widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget is not None else ""


def go(name, key=Key.Key_Tab):
    walked = []
    while focus() != name:
        walked.append(focus())
        assert len(walked) < MOST_STEPS, f"no way to {name}: {walked}"
        press(key)


@pytest.fixture
def monitor(supervisor):
    """The page of the monitor, opened by its key and read."""
    press(Key.Key_M, CTRL)
    window = supervisor.window
    page = window.parts.windows.page("monitor")
    supervisor.wait_until(lambda: page.window().isActiveWindow())
    tile = page.findChild(QWidget, "kpi.active_loans")
    supervisor.wait_until(lambda: tile.property("rawValue") != "")
    supervisor.wait_until(lambda: not window.workbench.runner.active())
    return page


def listed(supervisor, page):
    """The list of loans, once it is read and has the keys."""
    table = page.findChild(QWidget, "table.drill")
    supervisor.wait_until(lambda: table.isVisible() and table.model().rowCount() > 0)
    supervisor.wait_until(lambda: focus() == "table.drill")
    return table


def test_from_a_tile_to_its_loans_and_back(supervisor, monitor):
    go("kpi.total_outstanding")
    go("kpi.active_loans", Key.Key_Left)
    press(Key.Key_Return)
    table = listed(supervisor, monitor)
    tile = monitor.findChild(QWidget, "kpi.active_loans")
    assert table.model().rowCount() == int(tile.property("rawValue"))
    lines = drill_figure("active_loans", MonitorScope(), supervisor.window.desk)
    assert table.model().rowCount() == lines.count
    press(Key.Key_Escape)
    assert not table.isVisible()


def test_from_a_class_to_its_loans_to_the_account(supervisor, monitor):
    window = supervisor.window
    go("tab.overview")
    press(Key.Key_Right)
    supervisor.wait_until(lambda: not window.workbench.runner.active())
    go("table.classes")
    press(Key.Key_Return)
    table = listed(supervisor, monitor)
    press(Key.Key_Down)
    second = table.current_row()
    press(Key.Key_Return)
    supervisor.wait_for_screen("loan")
    supervisor.wait_until(window.isActiveWindow)
    supervisor.wait_until(lambda: second.reference in window.windowTitle())


def test_p_pauses_and_ctrl_w_closes(supervisor, monitor):
    go("kpi.total_outstanding")
    press(Key.Key_P)
    assert monitor.findChild(QWidget, "action.monitor.pause").text() == "Resume"
    press(Key.Key_W, CTRL)
    assert supervisor.window.parts.windows.page("monitor") is None
