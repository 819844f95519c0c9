"""One line of a form: label 192, field 284, note in the rest; an error takes the note's place."""

from typing import Any, Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.labels import label, set_kind

LABEL_WIDTH = 192
FIELD_WIDTH = 284
ROW_HEIGHT = 34
_AIR = 4


class Field(Protocol):
    """What every input of a form answers."""

    value_changed: SignalInstance
    left: SignalInstance
    edited: bool
    field_width: int

    def value(self) -> Any:  # noqa: ANN401  # each field has its own type
        """The value, None or empty while there is none."""

    def set_value(self, value: Any) -> None:  # noqa: ANN401  # each field has its own type
        """Show a value; counts as untouched."""

    def is_empty(self) -> bool:
        """Whether nothing was given."""

    def problem(self) -> str:
        """The sentence for what does not fit."""

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border."""

    def objectName(self) -> str:
        """The field's name."""


class FormRow(QWidget):
    """Label, field and note column.

    Attributes:
        field: the input.
        name: its field name, also its objectName.
    """

    def __init__(
        self,
        words: str,
        field: QWidget,
        optional: bool = False,  # noqa: FBT001, FBT002  # reads well at the call: FormRow(.., True)
        width: int = 0,
    ) -> None:
        super().__init__()
        self.input = field
        self.field = cast("Field", field)
        self.name = field.objectName()
        self.words = words
        self.optional = optional
        self._note = ("", "small")
        self._error = ""
        self._note_label = label("", "small", wrap=True)
        self._note_label.setMinimumWidth(60)
        self._build(words, width or self.field.field_width)
        field.setAccessibleName(words)

    def set_note(self, words: str, level: str = "muted") -> None:
        """Show a note. Levels: muted, warning."""
        self._note = (words, "small-warning" if level == "warning" else "small")
        self._show()

    def set_error(self, words: str) -> None:
        """Show an error instead of the note; empty takes it away."""
        self._error = words
        self.input.setAccessibleDescription(words)
        self.field.set_wrong(wrong=bool(words))
        self._show()

    def error(self) -> str:
        """The error shown."""
        return self._error

    def note(self) -> str:
        """The words of the note column as shown."""
        return self._note_label.text()

    def _show(self) -> None:
        words, kind = (self._error, "small-bad") if self._error else self._note
        self._note_label.setText(words)
        set_kind(self._note_label, kind)

    def _build(self, words: str, width: int) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._label(words))
        holder = QWidget()
        holder.setFixedWidth(max(FIELD_WIDTH, width + 8))
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        if width:
            self.input.setFixedWidth(width)
        inside.addWidget(self.input)
        inside.addStretch(1)
        line.addWidget(holder)
        line.addWidget(self._note_label, 1)
        # A field of several lines keeps them where the page is too low for all rows.
        self.setMinimumHeight(max(ROW_HEIGHT, self.input.sizeHint().height() + _AIR))
        # A field that could grow, such as remarks, must not take the rest of a tall window.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _label(self, words: str) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(LABEL_WIDTH)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(4)
        text: QLabel = label(words)
        text.setBuddy(self.input)
        line.addWidget(text)
        if self.optional:
            line.addWidget(label(self.tr("(optional)"), "muted"))
        line.addStretch(1)
        return holder


class FormSection(QWidget):
    """Rows under each other, with a heading if there is one."""

    def __init__(self, title: str = "", detail: str = "") -> None:
        super().__init__()
        self.rows: list[FormRow] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        if title:
            head = QHBoxLayout()
            head.setContentsMargins(0, 8, 0, 4)
            head.setSpacing(8)
            head.addWidget(label(title, "strong"))
            head.addWidget(label(detail, "small"))
            head.addStretch(1)
            self._lines.addLayout(head)

    def add(self, row: FormRow) -> FormRow:
        """Add a row under the last one."""
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is not a row, such as a sub-form."""
        self._lines.addWidget(widget)
