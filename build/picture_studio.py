"""The window with its books and one camera, for pictures of slow and failing books."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.services.steps.desk import Actor, Desk
    from app.ui.main_window import MainWindow
    from app.ui.widgets.screen import Screen
    from app.ui.widgets.state_stack import StateStack

WAIT_MS = 60_000
_LOOK_S = 0.01


class Studio:
    """The window, its books, and one camera."""

    def __init__(self, window: "MainWindow", desk: "Desk", home: Path, folder: Path) -> None:
        from sqlalchemy import Engine, event

        self.window = window
        self.desk = desk
        self._folder = folder
        self._home = home
        self._look = ("light", (1366, 768))
        self._answers = threading.Event()
        self._answers.set()
        event.listen(Engine, "begin", self._stall)

    def dress(self, theme: str, size: tuple[int, int]) -> None:
        """Choose theme and size of the pictures that follow."""
        from PySide6.QtWidgets import QApplication

        running = QApplication.instance()
        if isinstance(running, QApplication):
            self.window.workbench.theme.apply(running, theme)
        self.window.resize(*size)
        self._look = (theme, size)

    def seat(self, actor: "Actor", desk: "Desk | None" = None) -> None:
        """Put somebody at a book; every page is forgotten."""
        self.window.use_desk(desk or self.desk)
        self.window.sign_in(actor)
        self.settle()

    def keep(self, screen: str, state: str) -> None:
        """Take the picture."""
        theme, size = self._look
        shown = self.page().window()
        if shown.size().toTuple() != size:  # a window of its own, no larger than its screen
            shown.resize(*size)
            self.wait(50)
        name = f"{screen}_{state}_{theme}_{size[0]}.png"
        shown.grab().save(str(self._folder / name))
        sys.stderr.write(f"{name}\n")

    def settle(self) -> None:
        """Let every job end, those too that a pause brings (the quick look at a row)."""
        for _ in range(2):
            self.until(lambda: not self.window.workbench.runner.active())
            self.wait(300)

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window work until something holds.

        Raises:
            RuntimeError: it does not hold within a minute.
        """
        waited = 0
        while not condition():
            self.wait(20)
            waited += 20
            if waited > WAIT_MS:
                raise RuntimeError(condition)

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the window work for a while."""
        from PySide6.QtTest import QTest

        QTest.qWait(milliseconds)

    def stack(self) -> "StateStack":
        """The first panel of the page shown that reads, else the first one."""
        from app.ui.widgets.state_stack import StateStack, ViewState

        shown = [each for each in self.page().findChildren(StateStack) if each.isVisible()]
        reading = (each for each in shown if each.state is ViewState.LOADING)
        return next(reading, shown[0])

    def page(self) -> "Screen":
        """The page shown.

        Raises:
            RuntimeError: there is none.
        """
        parts = self.window.parts
        shown = parts.windows.page("monitor") or parts.pages.shown()
        if shown is None:
            message = "no page is shown"
            raise RuntimeError(message)
        return shown

    def press(self, action_id: str) -> None:
        """Do what a key of the window does."""
        from PySide6.QtGui import QAction

        self.window.findChild(QAction, f"action.{action_id}").trigger()

    @contextmanager
    def slow(self) -> Iterator[None]:
        """The book opens and does not go on while the block runs, as over a disk that is away."""
        self._answers.clear()
        try:
            yield
        finally:
            self._answers.set()

    def _stall(self, _connection: "Connection") -> None:
        from db.running_work import was_stopped

        while not self._answers.wait(_LOOK_S) and not was_stopped():
            pass

    @contextmanager
    def gone(self) -> Iterator[None]:
        """The book's file is not there while the block runs."""
        person = self.window.desk.person()
        self.window.use_desk(_unreachable(self.desk, person, self._home))
        try:
            yield
        finally:
            self.window.use_desk(self.desk.acting(person))


def _unreachable(desk: "Desk", actor: "Actor", home: Path) -> "Desk":
    """The same desk on a book whose folder was taken away: the engine really fails to open it."""
    from app.book_ports import BookPorts

    folder = home / "taken-away"
    folder.mkdir(exist_ok=True)
    book = folder / "sandbox.sqlite3"
    shutil.copyfile(home / "sandbox.sqlite3", book)
    ports = BookPorts(f"sqlite:///{book}", home, Path())
    _ = ports.engine
    ports.engine.dispose()
    shutil.rmtree(folder)
    made = ports.desk()
    return replace(made, rulebook=desk.rulebook, model=desk.model).acting(actor)
