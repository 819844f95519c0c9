"""A form: its rows by name, when errors show (screens.md F3, F4), Enter as the next field."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.widgets.error_summary import ErrorSummary, Problem
from app.ui.widgets.form_line import Field, FormRow, FormSection

__all__ = ["Field", "Form", "FormRow", "FormSection"]


class Form(QWidget):
    """Sections of rows. Errors of format show on leaving a field, the rest on submit.

    Signals:
        edited: a field's value changed; carries its name.
        typed: as `edited`, and also while what stands in the field cannot be read yet; drafts
            listen to it, since half an amount is typing too.
        jumped: focus is about to go to this field; a page with tabs shows its tab first.
    """

    edited = Signal(str)
    typed = Signal(str)
    jumped = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if name:
            self.setObjectName(name)
            self.setAccessibleIdentifier(name)
        self._rows: dict[str, FormRow] = {}
        self._told: frozenset[str] = frozenset()  # a submit said so: it holds until the value moves
        self.summary = ErrorSummary()
        self.summary.chosen.connect(self.jump_to)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self.summary)
        self._lines.addStretch()  # rows keep their height; the rest of the form stays empty

    def add(self, section: FormSection) -> FormSection:
        """Add a section under the last one."""
        self.add_widget(section)
        self.register(section)
        return section

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is not a section under the last one."""
        self._lines.insertWidget(self._lines.count() - 1, widget)

    def register(self, section: FormSection) -> None:
        """Take up the rows of a section that stands elsewhere, such as on a tab."""
        for row in section.rows:
            self.register_row(row)

    def register_row(self, row: FormRow) -> None:
        """Take up one row that stands elsewhere."""
        if row.name in self._rows:
            return
        self._rows[row.name] = row
        row.field.value_changed.connect(lambda _value, name=row.name: self._changed(name))
        typed = (
            row.input.textChanged if isinstance(row.input, QLineEdit) else row.field.value_changed
        )
        typed.connect(lambda *_text, name=row.name: self.typed.emit(name))
        row.field.left.connect(lambda name=row.name: self._left(name))
        row.input.installEventFilter(self)

    def row(self, name: str) -> FormRow:
        """Return the row of a field.

        Raises:
            KeyError: the form has no such field.
        """
        return self._rows[name]

    def rows(self) -> tuple[FormRow, ...]:
        """Every row, in tab order."""
        return tuple(self._rows.values())

    def values(self) -> dict[str, Any]:
        """The value of every field by its name."""
        return {name: row.field.value() for name, row in self._rows.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; names the form does not have are skipped."""
        for name, value in values.items():
            if name in self._rows:
                self._rows[name].field.set_value(value)

    def clear(self) -> None:
        """Empty every field and take the errors away."""
        for row in self._rows.values():
            row.field.set_value(None)
            row.set_error("")
        self.summary.show_problems(())

    def problems(self) -> dict[str, str]:
        """The sentences of fields whose text does not fit."""
        found = {name: row.field.problem() for name, row in self._rows.items() if row.isEnabled()}
        return {name: words for name, words in found.items() if words}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show errors at their fields and in the summary, which takes the focus.

        Args:
            errors: sentence by field name; a name the form does not have stands in the summary.
        """
        for name, row in self._rows.items():
            row.set_error(errors.get(name, ""))
        self._told = frozenset(errors)
        order = [name for name in self._rows if name in errors]
        order += [name for name in errors if name not in self._rows]
        self.summary.show_problems(tuple(Problem(name, errors[name]) for name in order))
        if errors:
            self.summary.setFocus()

    def first_empty(self) -> FormRow | None:
        """The first mandatory row that is shown and empty (Ctrl+.)."""
        wanted = (r for r in self._rows.values() if not r.optional and r.isVisibleTo(r.window()))
        return next((row for row in wanted if row.field.is_empty()), None)

    def go_to_empty(self) -> None:
        """Put the focus into the first empty mandatory field."""
        row = self.first_empty()
        if row is not None:
            self.jump_to(row.name)

    def jump_to(self, name: str) -> None:
        """Put the focus into a field, its text chosen as by Tab; unknown names do nothing."""
        if name in self._rows:
            self.jumped.emit(name)
            self._rows[name].input.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make Enter the next field and Ctrl+. the next empty one that must be filled.

        Ctrl+Enter belongs to the page's action.
        """
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() == Qt.Key.Key_Period:
                self.go_to_empty()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if enter and plain and not isinstance(watched, QPlainTextEdit):
                self._next_field(watched)
                return True
        return super().eventFilter(watched, event)

    def _next_field(self, watched: QObject) -> None:
        """Walk the focus chain to the next widget that Tab would reach."""
        start = (watched.focusProxy() or watched) if isinstance(watched, QWidget) else None
        following = start.nextInFocusChain() if start else None
        while following is not None and following is not start:
            if _takes_tab(following):
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return
            following = following.nextInFocusChain()

    def _changed(self, name: str) -> None:
        row = self._rows[name]
        if row.error() and not row.field.problem():
            row.set_error("")
            self._told -= {name}
            self.summary.drop(name)
        self.edited.emit(name)

    def _left(self, name: str) -> None:
        field = self._rows[name].field
        if field.edited and not field.is_empty():
            problem = field.problem()
            if problem or (self._rows[name].error() and name not in self._told):
                self._rows[name].set_error(problem)


def _takes_tab(widget: QWidget) -> bool:
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and widget.isVisible() and widget.isEnabled()
