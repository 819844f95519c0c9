"""A strip under the list of letters: why a letter is void, or when one was accepted."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.issue_documents import (
    LONGEST_NOTE,
    RecordAcceptance,
    VoidDocument,
    record_acceptance,
    void_document,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.strip import Strip
from app.ui.widgets.text_edit import TextEdit
from db.records.documents import DocumentRecord
from db.vocabulary.reasons import VoidReason

_REASON_WIDTH, _NOTE_WIDTH = 320, 320


class LetterStrip(Strip):
    """Asks for one thing; its button carries it out.

    Ctrl+Enter belongs to the page, which asks whether a strip is open.
    """

    def __init__(self, confirm: QAction, fields: list[QWidget], words: list[str]) -> None:
        super().__init__()
        self._confirm = confirm
        self._words = label("", "strong", wrap=True)
        self.form = Form()
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for said, field in zip(words, fields, strict=True):
            optional = field.objectName() == "note"
            width = _NOTE_WIDTH if optional else 0
            row = StackedRow(said, field, optional=optional, width=width)
            line.addWidget(row, 0, Qt.AlignmentFlag.AlignTop)
            self.form.register_row(row)
        line.addStretch(1)
        self.form.add_widget(holder)
        self._build()

    def ask(self, words: str, values: dict[str, object]) -> None:
        """Show the question with what is known."""
        self._words.setText(words)
        self.form.clear()
        self.form.set_values(values)
        self.form.show_errors({})
        self.show()
        self.form.jump_to(self.form.rows()[0].name)

    @abstractmethod
    def ask_about(self, letter: DocumentRecord, desk: Desk) -> None:
        """Ask about one letter."""

    @abstractmethod
    def act(self, letter: DocumentRecord, desk: Desk) -> "partial[DocumentRecord] | None":
        """What carries it out; None while something is missing."""

    def _build(self) -> None:
        back = QPushButton(self.tr("Go back  Esc"))
        back.clicked.connect(lambda _checked=False: self.go_back())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("help-circle", "accent"))
        head.addWidget(self._words, 1)
        head.addWidget(back)
        head.addWidget(action_button(self._confirm, style="filled"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self.form)


class VoidStrip(LetterStrip):
    """Asks why a letter is void."""

    def __init__(self, confirm: QAction) -> None:
        choices = [Choice(code, word_of("void_reason", code)) for code in VoidReason]
        reason = Picker("reason", choices)
        reason.setFixedWidth(_REASON_WIDTH)
        note = TextEdit("note", LONGEST_NOTE)
        super().__init__(confirm, [reason, note], [_tr("Why it is void"), _tr("Note")])

    def ask_about(self, letter: DocumentRecord, _desk: Desk) -> None:
        """Ask about one letter."""
        words = _tr("Make %1 %2 void? The next one is a new original.")
        words = words.replace("%1", word_of("letter_kind", letter.kind))
        self.ask(words.replace("%2", letter.number), {})

    def act(self, letter: DocumentRecord, desk: Desk) -> "partial[DocumentRecord] | None":
        """What carries it out; None while something is missing."""
        values = self.form.values()
        if values["reason"] is None:
            self.form.show_errors({"reason": _tr("Choose why it is void")})
            return None
        request = VoidDocument(new_id(desk), letter.document_id, values["reason"], values["note"])
        return partial(void_document, request, desk)


class AcceptanceStrip(LetterStrip):
    """Asks on which day the borrower accepted."""

    def __init__(self, confirm: QAction, today: Callable[[], date]) -> None:
        day = DateEdit("accepted_on", today)
        day.setFixedWidth(DateEdit.field_width)
        super().__init__(confirm, [day], [_tr("Accepted on")])

    def ask_about(self, letter: DocumentRecord, desk: Desk) -> None:
        """Ask about one statement; today is offered."""
        words = _tr("The borrower accepted %1?").replace("%1", letter.number)
        self.ask(words, {"accepted_on": desk.clock.today()})

    def act(self, letter: DocumentRecord, desk: Desk) -> "partial[DocumentRecord] | None":
        """What carries it out; None while there is no day."""
        day = self.form.values()["accepted_on"]
        if day is None:
            words = self.form.problems().get("accepted_on", _tr("Enter the day"))
            self.form.show_errors({"accepted_on": words})
            return None
        request = RecordAcceptance(new_id(desk), letter.document_id, day)
        return partial(record_acceptance, request, desk)


class LetterStrips(QWidget):
    """Both strips; at most one is open.

    Signals:
        closed: the open one has gone.
    """

    closed = Signal()

    def __init__(self, void: QAction, accept: QAction, today: Callable[[], date]) -> None:
        super().__init__()
        self.void = VoidStrip(void)
        self.accept = AcceptanceStrip(accept, today)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for strip in (self.void, self.accept):
            lines.addWidget(strip)
            strip.closed.connect(self.closed)

    def open_one(self) -> LetterStrip | None:
        """The strip that asks; None while none does."""
        return next((each for each in (self.void, self.accept) if not each.isHidden()), None)

    def hide_all(self) -> None:
        """Leave everything as it is."""
        for strip in (self.void, self.accept):
            strip.hide()


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterStrip", words)
