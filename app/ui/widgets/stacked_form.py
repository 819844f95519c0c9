"""A short form for a narrow card: each label over its field, the error under it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from app.ui.widgets.form_line import Field


class StackedForm(QWidget):
    """Fields under each other. What does not fit stands under its field, in its description too."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self._fields: dict[str, Field] = {}
        self._inputs: dict[str, QWidget] = {}
        self._notes: dict[str, Any] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)

    def add(self, words: str, field: QWidget) -> None:
        """Add a field under the last one."""
        name = field.objectName()
        self._inputs[name] = field
        self._fields[name] = field  # type: ignore[assignment]  # every input answers it
        field.setAccessibleName(words)
        title = label(words, "small")
        title.setBuddy(field)
        note = label("", "small-bad", wrap=True)
        note.hide()
        self._notes[name] = note
        self._lines.addWidget(title)
        self._lines.addWidget(field)
        self._lines.addWidget(note)
        self._lines.addSpacing(4)
        self._fields[name].value_changed.connect(lambda _value, name=name: self._changed(name))

    def values(self) -> dict[str, Any]:
        """The value of every field by its name."""
        return {name: field.value() for name, field in self._fields.items()}

    def problems(self) -> dict[str, str]:
        """The sentences of fields whose text does not fit."""
        found = {name: field.problem() for name, field in self._fields.items()}
        return {name: words for name, words in found.items() if words}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show sentences at their fields and go to the first of them."""
        for name, field in self._fields.items():
            words = errors.get(name, "")
            self._notes[name].setText(words)
            self._notes[name].setVisible(bool(words))
            self._inputs[name].setAccessibleDescription(words)
            field.set_wrong(wrong=bool(words))
        first = next((name for name in self._fields if name in errors), None)
        if first is not None:
            self._inputs[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self, name: str) -> str:
        """The sentence shown at a field."""
        return str(self._notes[name].text())

    def _changed(self, name: str) -> None:
        if self._notes[name].text() and not self._fields[name].problem():
            self.show_one(name, "")

    def show_one(self, name: str, words: str) -> None:
        """Show or take away one sentence; the focus stays where it is."""
        self._notes[name].setText(words)
        self._notes[name].setVisible(bool(words))
        self._fields[name].set_wrong(wrong=bool(words))
