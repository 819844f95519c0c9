"""What every screen is handed: the session's ports, the runner, actions and the way elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.steps.desk import Actor, Desk
from app.ui.tasks.change_notice import ChangeNotice
from app.ui.tasks.task import TaskControl
from app.ui.tasks.task_runner import TaskRunner
from app.ui.theme import Theme


class ActionMaker(Protocol):
    """Makes actions of the registry (`app.ui.actions.action_registry.ActionRegistry`)."""

    def create(self, action_id: str, handler: Callable[[], object], parent: QWidget) -> QAction:
        """Make the action of this id for a widget."""


class Shell(Protocol):
    """What a screen may ask of the window."""

    @property
    def desk(self) -> Desk:
        """The session's desk as it is now; sign-in and sample data replace it."""

    def navigate(self, name: str, **arguments: object) -> None:
        """Open a screen by name."""

    def sign_in(self, actor: Actor | None) -> None:
        """Put a person at the desk and open Today, or nobody and open sign-in."""

    def use_desk(self, desk: Desk) -> None:
        """Work on another book from now on (sample data)."""


OpenSandbox = Callable[[TaskControl], Desk]


@dataclass(frozen=True)
class Workbench:
    """The tools of one window.

    Attributes:
        open_sandbox: opens the sample book, making it when it is empty; runs on the database
            lane. None where sample data cannot be made.
    """

    shell: Shell
    runner: TaskRunner
    registry: ActionMaker
    theme: Theme
    notices: ChangeNotice
    open_sandbox: OpenSandbox | None = None

    @property
    def desk(self) -> Desk:
        """The session's desk; ask again each time, since sign-in replaces it."""
        return self.shell.desk

    @property
    def person(self) -> Actor:
        """Who has signed in.

        Raises:
            Refused: nobody has.
        """
        return self.shell.desk.person()

    def navigate(self, name: str, **arguments: object) -> None:
        """Open a screen by name, such as `navigate("customer", customer_id=...)`."""
        self.shell.navigate(name, **arguments)

    def sign_in(self, actor: Actor | None) -> None:
        """Put a person at the desk, or nobody."""
        self.shell.sign_in(actor)

    def use_desk(self, desk: Desk) -> None:
        """Work on another book from now on."""
        self.shell.use_desk(desk)
