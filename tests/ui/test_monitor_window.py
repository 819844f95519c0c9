"""The portfolio monitor beside the main window: how it comes and goes."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.services.steps.desk import Actor
from app.ui import main_window
from app.ui.main_window import MainWindow
from app.ui.widgets.screen import Heading, Screen
from db.vocabulary.people import Role


@pytest.fixture
def window(qtbot, desk, theme, monkeypatch):
    def build(name, workbench):
        page = type(f"{name.title()}Page", (Screen,), {"name": name})(workbench)
        page.set_heading(Heading(name.title()))
        return page

    monkeypatch.setattr(main_window, "build_screen", build)
    made = MainWindow(replace(desk, actor=None))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    assert made.workbench.runner.shut_down()
    made.deleteLater()


def page(window):
    return window.parts.pages.shown()


@pytest.fixture
def supervisor():
    return Actor(UUID(int=9), "check1", "Meera Iyer", 412, frozenset({Role.SUPERVISOR}))


def test_the_monitor_stands_in_a_window_of_its_own(window, supervisor, qtbot):
    window.sign_in(supervisor)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    monitor = window.parts.windows.page("monitor")
    assert monitor.window().objectName() == "window.monitor"
    assert page(window).objectName() == "screen.today"
    assert window.parts.rail.first().accessibleName() == "Today"
    window.sign_in(None)
    assert window.parts.windows.page("monitor") is None


def test_a_lock_closes_the_monitor(window, supervisor, qtbot):
    window.sign_in(supervisor)
    window.navigate("monitor")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.parts.windows.page("monitor") is None


def test_asked_for_at_the_start_it_opens_for_those_who_may_see_it(window, desk, supervisor):
    window.parts.windows.at_sign_in = "monitor"
    window.sign_in(desk.actor)
    assert window.parts.windows.page("monitor") is None
    window.sign_in(supervisor)
    assert window.parts.windows.page("monitor") is not None


def test_an_account_opened_from_the_monitor_comes_forward_in_the_main_window(
    window, supervisor, qtbot
):
    window.sign_in(supervisor)
    window.navigate("monitor")
    monitor = window.parts.windows.page("monitor")
    qtbot.waitUntil(monitor.window().isActiveWindow)
    monitor.workbench.navigate("loans")
    assert page(window).objectName() == "screen.loans"
    qtbot.waitUntil(window.isActiveWindow)
