"""The find box: a customer, application or loan by name, phone, PAN or number (K1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.services.steps.desk import Desk
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.theme import theme_of
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.workbench import Workbench

WIDTH = 380
_MOST = 10
_ICONS = {"customer": "users", "application": "file-text", "loan": "building-bank"}
_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record chosen in the find box."""

    kind: str
    record_id: UUID
    reference: str


class FoundLine(Protocol):
    """One line of the answer, as the act of finding gives it."""

    @property
    def kind(self) -> str:
        """Customer, application or loan."""

    @property
    def id(self) -> UUID:
        """The record's id."""

    @property
    def reference(self) -> str:
        """The record's number."""

    @property
    def title(self) -> str:
        """The person's name."""

    @property
    def detail(self) -> str:
        """What tells it apart."""


Finder = Callable[[str, Desk], Sequence[FoundLine]]


class FindBox(SearchEdit):
    """Down goes into the list, Enter opens. `found` carries the choice."""

    found = Signal(FoundRecord)

    def __init__(self, workbench: Workbench, find: Finder, parent: QWidget) -> None:
        super().__init__("find_text", keys="Ctrl+K", parent=parent)
        words = self.tr("Find a customer, application or loan")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFixedWidth(WIDTH)
        self._workbench = workbench
        self._find = find
        self._asked = ""
        self._shown_for: str | None = None  # the text whose answers stand in the list
        self._enter_waits = False  # Enter came before the answer: the first one opens
        self._panel = QFrame(parent)
        self._panel.setProperty("kind", "card")
        self._list = QListWidget()
        self._list.setProperty("kind", "offers")
        self._list.setAccessibleName(self.tr("Found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        lines = QVBoxLayout(self._panel)
        lines.setContentsMargins(4, 4, 4, 4)
        lines.addWidget(self._list)
        self._panel.hide()
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self.searched.connect(self._search)
        self.entered.connect(self._enter)
        self.textEdited.connect(self._typed_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list with Down, close it with Esc."""
        if event.key() == Qt.Key.Key_Down and self._panel.isVisible():
            self._list.setFocus()
            self._list.setCurrentRow(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_list()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def close_list(self) -> None:
        """Put the answers away."""
        self._panel.hide()

    def _search(self, text: str) -> None:
        self._asked, self._shown_for = text, None
        if not text:
            self.close_list()
            return
        desk, find = self._workbench.desk, self._find
        self._workbench.runner.submit(
            Task(
                self.tr("Finding"),
                Lane.DATABASE,
                lambda _control: find(text, desk),
                key="find_box",
                quiet=True,
            ),
            self._show_hits,
            self._show_failure,
        )

    def _typed_on(self, _text: str) -> None:
        """Enter was meant for another text."""
        self._enter_waits = False

    def _show_hits(self, hits: Sequence[FoundLine]) -> None:
        self._list.clear()
        self._shown_for = self._asked
        for hit in hits[:_MOST]:
            words = f"{hit.title}   {hit.reference}   {hit.detail}".strip()
            item = QListWidgetItem(theme_of().icon(_ICONS[hit.kind], "muted"), words)
            item.setData(_ID, FoundRecord(hit.kind, hit.id, hit.reference))
            self._list.addItem(item)
        if not hits:
            self._say(self.tr("Nothing matches “%1”").replace("%1", self.value()))
        elif self._enter_waits:
            self._choose(self._list.item(0))
            return
        self._open()

    def _show_failure(self, failure: TaskFailed) -> None:
        self._list.clear()
        self._say(failure.sentence)
        self._open()

    def _say(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(item)

    def _open(self) -> None:
        if not self.hasFocus():
            return
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        self._panel.setFixedSize(
            max(WIDTH, 460), self._list.count() * self._list.sizeHintForRow(0) + 14
        )
        self._panel.move(corner)
        self._panel.show()
        self._panel.raise_()

    def _enter(self, text: str) -> None:
        """Open the first answer to what is typed now, as soon as it is there."""
        if self._panel.isVisible() and self._list.count() and self._shown_for == text:
            self._choose(self._list.item(0))
        else:
            self._enter_waits = bool(text)

    def _choose(self, item: QListWidgetItem) -> None:
        record = item.data(_ID)
        if isinstance(record, FoundRecord):
            self.close_list()
            self._enter_waits, self._shown_for = False, None
            self.set_value("")
            self.found.emit(record)
