"""Entries typed one by one into a short list, on a tab of S31: add, remove, take that back."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.screens.application_form.entry_list import EntryList
from app.ui.widgets.form_row import Form
from app.ui.widgets.undo_bar import UndoBar
from app.ui.widgets.workbench import Workbench

EntryT = TypeVar("EntryT")
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class EntryWords:
    """Names and words of one kind of entry.

    Attributes:
        table: name of the table, also the name in a draft.
        action: id of its actions, before `.add` and `.remove`.
    """

    table: str
    action: str
    title: str
    empty: str
    removed: str


class EntrySection(QWidget, Generic[EntryT]):
    """A list, the form of one entry, and its two buttons.

    Signals:
        changed: an entry was added, removed or brought back.
    """

    changed = Signal()

    def __init__(
        self,
        workbench: Workbench,
        words: EntryWords,
        columns: tuple[Column[EntryT], ...],
        form: Form,
    ) -> None:
        super().__init__()
        self.entries: tuple[EntryT, ...] = ()
        self.words, self.form = words, form
        self.list: EntryList[EntryT] = EntryList(words.table, words.title, columns, workbench.theme)
        self.list.table.installEventFilter(self)
        self._undo = UndoBar()
        create = workbench.registry.create
        self._remove = create(f"{words.action}.remove", self._remove_current, self)
        add = create(f"{words.action}.add", self.take_entry, self)
        keys = QHBoxLayout()
        keys.addWidget(action_button(add, style="plain", small=True))
        keys.addWidget(action_button(self._remove, style="plain", small=True))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.list, self._undo, self.form):
            column.addWidget(widget)
        column.addLayout(keys)
        self.set_entries(())

    @abstractmethod
    def read(self, values: Mapping[str, Any]) -> tuple[EntryT | None, dict[str, str]]:
        """Make an entry of the form's values, or say by field what is wrong."""

    def set_entries(self, entries: tuple[EntryT, ...]) -> None:
        """Show stored or drafted entries."""
        self._undo.forget()
        self._show(entries)

    def is_typed(self) -> bool:
        """Whether something stands in the form that was not added yet."""
        return any(not row.field.is_empty() for row in self.form.rows() if row.name not in _TICKS)

    def take_entry(self) -> bool:
        """Add what is typed; False, with sentences at the fields, if it cannot be."""
        entry, faults = self.read(self.form.values())
        self.form.show_errors(faults | self.form.problems())
        if entry is None or faults or self.form.problems():
            return False
        self._undo.forget()
        self._show((*self.entries, entry))
        self.form.clear()
        self.changed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete removes the current row, Ctrl+Z brings the last one back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Delete:
                self._remove_current()
                return True
            if event.matches(QKeySequence.StandardKey.Undo):
                self._undo.undo()
                return True
        return super().eventFilter(watched, event)

    def _show(self, entries: tuple[EntryT, ...]) -> None:
        self.entries = entries
        self.list.show_entries(entries, self.words.empty)
        self._remove.setEnabled(bool(entries))

    def _remove_current(self) -> None:
        row = self.list.table.currentIndex().row()
        if not 0 <= row < len(self.entries):
            return
        before = self.entries
        self._show((*before[:row], *before[row + 1 :]))
        self._undo.offer(self.words.removed, lambda: self._bring_back(before))
        self.changed.emit()

    def _bring_back(self, before: tuple[EntryT, ...]) -> None:
        self._show(before)
        self.list.table.setFocus()
        self.changed.emit()


_TICKS = frozenset({"income_counted"})


def too_many(entries: tuple[object, ...], words: str) -> str:
    """The sentence once there are four; empty before."""
    said = QCoreApplication.translate("EntrySection", "An application has at most %1 %2")
    count = str(MOST_NAMED)
    return said.replace("%1", count).replace("%2", words) if len(entries) >= MOST_NAMED else ""
