"""Fixtures of the window's tests: a theme, a runner, a workbench, and a look for leaks.

After each test nothing may live on: no lane thread, no running timer, no visible window.
"""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.services.steps.desk import Actor, Desk
from app.ui.actions.action_registry import ActionRegistry
from app.ui.tasks.change_notice import ChangeNotice
from app.ui.tasks.task_runner import TaskRunner
from app.ui.theme import Theme, theme_of
from app.ui.widgets.workbench import Workbench
from db.vocabulary.people import Role

OFFSCREEN_SAYS = tuple(
    rf"This plugin does not support {what}"
    for what in (r"propagateSizeHints\(\)", r"raise\(\)", "grabbing the keyboard")
)
OFFICER = Actor(UUID(int=7), "maker1", "Anita Desai", 412, frozenset({Role.OFFICER}))


class StandingClock:
    """The sandbox's day."""

    def today(self) -> date:
        return date(2026, 9, 30)

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 8, 30, tzinfo=UTC)


class NoBookError(RuntimeError):
    """A test asked for a book that it did not bring."""


class ShellDouble:
    """A shell that notes where screens want to go."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.visits: list[tuple[str, dict[str, object]]] = []

    def navigate(self, name: str, **arguments: object) -> None:
        self.visits.append((name, arguments))

    def sign_in(self, actor: Actor | None) -> None:
        self.visits.append(("sign_in", {"actor": actor}))

    def use_desk(self, desk: Desk) -> None:
        self.desk = desk


@pytest.fixture(scope="session", autouse=True)
def themed_application(qapp: QApplication) -> Theme:
    """The light theme for every test."""
    theme_of().apply(qapp, "light")
    return theme_of()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The theme; light again after the test."""
    current = theme_of()
    current.apply(qapp, "light")
    yield current
    current.apply(qapp, "light")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    """A runner whose lanes are joined after the test."""
    made = TaskRunner()
    yield made
    assert made.shut_down(), "a lane did not end"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk without a book, an officer at it."""

    def refuse() -> object:
        raise NoBookError

    return Desk(refuse, StandingClock(), refuse, refuse, tmp_path, sandbox=True, actor=OFFICER)


@pytest.fixture
def workbench(desk: Desk, runner: TaskRunner, theme: Theme) -> Workbench:
    """What a screen is handed; its shell notes visits in `shell.visits`."""
    registry = ActionRegistry()
    return Workbench(ShellDouble(desk), runner, registry, theme, ChangeNotice())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says these whenever a window or a popup is shown."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore(*OFFSCREEN_SAYS))


@pytest.fixture(autouse=True)
def nothing_lives_on(qapp: QApplication, qtbot) -> Iterator[None]:
    """Fail on a live lane, a running timer or a visible window."""
    yield
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    lanes = [t.name for t in threading.enumerate() if t.name.startswith("kasauti-")]
    assert not lanes, lanes
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and _ours(w)]
    assert not shown, shown
    running = [t for w in QApplication.topLevelWidgets() for t in w.findChildren(QTimer)]
    assert not [t for t in running if t.isActive() and not t.isSingleShot()]


def _ours(widget: QWidget) -> bool:
    return not widget.objectName().startswith("qt_")
