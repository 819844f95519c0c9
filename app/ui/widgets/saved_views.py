"""Views of a list that a person keeps: the strip that asks for a name, and the acts behind it."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.services.keep_view import (
    LONGEST_TITLE,
    KeepView,
    SavedView,
    forget_view,
    keep_view,
    my_views,
)
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench

_WIDE = 320


class SavedViews(Strip):
    """Hidden until a view is to be named; Enter keeps it, Esc goes back.

    Signals:
        offered: carries every SavedView of the list, oldest first.
        failed: carries a TaskFailed that the name does not explain.
    """

    offered = Signal(object)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, list_name: str) -> None:
        super().__init__()
        self._workbench, self._list = workbench, list_name
        self._content: Mapping[str, object] = {}
        self._name = TextEdit("view_name", LONGEST_TITLE)
        self._name.setAccessibleName(self.tr("Name of the view"))
        self._name.setFixedWidth(_WIDE)
        self._fault = label("", "small-bad", wrap=True)
        self._build()

    def read(self) -> None:
        """Read the views of the person at the desk."""
        desk, name = self._workbench.desk, self._list
        self._run(self.tr("Reading the views"), lambda: my_views(name, desk), writes=False)

    def ask(self, content: Mapping[str, object]) -> None:
        """Ask under which name what the list is narrowed to is kept."""
        self._content = content
        self._fault.setText("")
        self._name.set_value("")
        self.show()
        self._name.setFocus(Qt.FocusReason.TabFocusReason)

    def forget(self, view_id: UUID) -> None:
        """Forget a view."""
        act = partial(forget_view, self._list, view_id, self._workbench.desk)
        self._run(self.tr("Forgetting a view"), act, writes=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        request = KeepView(self._list, self._name.value(), self._content)
        act = partial(keep_view, request, self._workbench.desk)
        self._run(self.tr("Keeping a view"), act, writes=True)

    def _run(self, title: str, act: "Callable[[], tuple[SavedView, ...]]", *, writes: bool) -> None:
        task = Task(
            title,
            Lane.DATABASE,
            lambda _control: act(),
            key=None if writes else f"views.{self._list}",
            owner=self._list,
            quiet=True,
            writes=writes,
        )
        self._workbench.runner.submit(task, self._done, self._refused)

    def _done(self, views: "tuple[SavedView, ...]") -> None:
        if self.isVisible():
            self.go_back()
        self.offered.emit(views)

    def _refused(self, failure: TaskFailed) -> None:
        words = failure.fields.get("view_name", "")
        if words and self.isVisible():
            self._fault.setText(words)
            self._name.setFocus()
        else:
            self.failed.emit(failure)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        line.addWidget(label(self.tr("Keep this view as"), "strong"))
        line.addWidget(self._name)
        line.addWidget(self._fault, 1)
        for words, kind, act in (
            (self.tr("Go back  Esc"), "plain", self.go_back),
            (self.tr("Keep  Enter"), "filled", self._keep),
        ):
            button = QPushButton(words)
            button.setProperty("kind", kind)
            button.clicked.connect(lambda _checked=False, act=act: act())
            line.addWidget(button)
