"""Locks the desk and opens it again with the person's own password (S03, plain lock)."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.sign_in import SignedIn, SignIn, sign_in
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.lock_cover import LockCover
from app.ui.widgets.workbench import Workbench


class ShellLock(QObject):
    """Owns the cover.

    Signals:
        closed: the desk has just been locked.
        moved: it has just been locked or opened.
        switch_asked: somebody else wants to sign in.
    """

    closed = Signal()
    moved = Signal()
    switch_asked = Signal()

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._cover = LockCover(window)
        self._cover.unlock_asked.connect(self._check)
        self._cover.switch_asked.connect(self._switch)

    @property
    def locked(self) -> bool:
        """Whether the cover is up."""
        return self._cover.isVisible()

    def lock(self) -> None:
        """Cover the window at once; without a person there is nothing to lock."""
        desk = self._workbench.desk
        if desk.actor is not None:
            self._cover.cover(desk.actor.full_name, password=not desk.sandbox)
            self.closed.emit()
            self.moved.emit()

    def _check(self, password: str) -> None:
        desk = self._workbench.desk
        if desk.sandbox:
            self._open()
            return
        request = SignIn(self._workbench.person.staff_id, password)
        self._workbench.runner.submit(
            Task(
                self.tr("Checking the password"),
                Lane.DATABASE,
                lambda _control: sign_in(request, desk),
                quiet=True,
            ),
            self._opened,
            self._refused,
        )

    def _opened(self, _answer: SignedIn) -> None:
        self._open()

    def _open(self) -> None:
        self._cover.hide()
        self.moved.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self._cover.refuse(failure.sentence)

    def _switch(self) -> None:
        self._cover.hide()
        self.switch_asked.emit()
