"""The frame of a form that proposes a change: heading, rows, Esc, whether anything is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.card import Card
from app.ui.widgets.form_row import Form
from app.ui.widgets.form_scroll import FormScroll


class ChangeForm(QWidget):
    """One proposal being typed. Esc goes back and keeps what was typed.

    Attributes:
        form: its rows; a subclass adds them.
        typed: whether the person has changed anything.

    Signals:
        edited: something changed.
        back_asked: Esc or Go back.
    """

    edited = Signal()
    back_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.form = Form(name)
        self.typed = False
        self._back = QPushButton(self.tr("Go back"))
        self._back.setProperty("small", "true")
        self._back.clicked.connect(lambda _checked=False: self.back_asked.emit())

    def frame(self, title: str, detail: str, buttons: Sequence[QWidget] = ()) -> None:
        """Put the rows into a card under this heading; call it once the rows are filled."""
        card = Card(title, detail)
        for button in (*buttons, self._back):
            card.head.addWidget(button)
        filler = QWidget()  # rows keep their height in a high window
        filler.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.form.add_widget(filler)
        scroll = FormScroll(self.form)
        for ground in (scroll.viewport(), self.form):
            ground.setAutoFillBackground(False)  # the card's own ground shows
        card.body.addWidget(scroll)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 16, 0)
        lines.addWidget(card)
        self.form.edited.connect(self._note)

    def start(self) -> None:
        """Put the cursor into the value."""
        self.form.jump_to("value")

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what the act refused; nothing typed is lost."""
        self.form.show_errors(errors)

    def note_edit(self, name: str) -> None:
        """What a subclass does when a field changed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _note(self, name: str) -> None:
        self.typed = True
        self.note_edit(name)
        self.edited.emit()


def shown_only(line: QLineEdit) -> QLineEdit:
    """A line that tells and takes nothing; Tab goes past it."""
    line.setReadOnly(True)
    line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return line
