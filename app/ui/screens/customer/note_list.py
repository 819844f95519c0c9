"""Notes under each other: author and time over the words; the newest on top."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.ui.widgets.card import hair
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import label
from db.records.customer_life import CustomerNote


class NoteView(QFrame):
    """One note. It takes the keys, so that a reader speaks it and the list scrolls to it."""

    def __init__(self, note: CustomerNote, *, saving: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        moment = f"{date_shown(bank_day(note.written_at))} {bank_moment(note.written_at):%H:%M}"
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(note.author, "strong"))
        head.addWidget(label(moment, "small"))
        self._state = label(self.tr("Saving…") if saving else "", "small")
        head.addWidget(self._state)
        head.addStretch(1)
        words = label(note.text, "body", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(2)
        lines.addLayout(head)
        lines.addWidget(words)
        self.setAccessibleName(f"{note.author}, {moment}: {note.text}")

    def saved(self) -> None:
        """It is in the book."""
        self._state.setText("")


class NoteList(QWidget):
    """The notes and, at the end, the button for older ones."""

    def __init__(self, older: QPushButton) -> None:
        super().__init__()
        self._older = older
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(older, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch(1)
        scroll = FormScroll(inside)
        for ground in (scroll.viewport(), inside):
            ground.setAutoFillBackground(False)  # the card's own ground shows
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(scroll)

    def clear(self) -> None:
        """Take every note away."""
        for view in self.views():
            self.remove(view)

    def views(self) -> list[NoteView]:
        """The notes shown, newest first."""
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        found = (None if item is None else item.widget() for item in items)
        return [each for each in found if isinstance(each, NoteView)]

    def append(self, notes: Sequence[CustomerNote]) -> None:
        """Add older notes at the end."""
        for note in notes:
            place = self._lines.count() - 2  # before the button and the stretch
            self._lines.insertWidget(place, NoteView(note))
            self._lines.insertWidget(place + 1, hair())

    def put_first(self, note: CustomerNote) -> NoteView:
        """Show a note that is being saved."""
        view = NoteView(note, saving=True)
        self._lines.insertWidget(0, hair())
        self._lines.insertWidget(0, view)
        return view

    def remove(self, view: NoteView) -> None:
        """Take one note and the line under it away."""
        place = self._lines.indexOf(view)
        for _part in range(2):
            item = self._lines.takeAt(place)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
