"""A form row with its label over the field and its note below: for forms that open over a bar."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.ui.widgets.form_line import FormRow
from app.ui.widgets.labels import label


class StackedRow(FormRow):
    """As `FormRow`, as narrow as its field; the note takes room only while it says something."""

    def _show(self) -> None:
        super()._show()
        self._note_label.setVisible(bool(self._note_label.text()))

    def _build(self, words: str, width: int) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(4)
        text = label(words, "small")
        text.setBuddy(self.input)
        head.addWidget(text)
        if self.optional:
            head.addWidget(label(self.tr("(optional)"), "small"))
        head.addStretch(1)
        lines.addLayout(head)
        if width:
            self.input.setFixedWidth(width)
            self._note_label.setFixedWidth(width)
        lines.addWidget(self.input)
        lines.addWidget(self._note_label)
        self._note_label.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
