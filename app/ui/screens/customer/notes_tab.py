"""S21 Notes: a field on top, the notes below; a new one shows at once and is saved behind."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.permissions import Act, may, roles_for
from app.services.add_note import AddNote, add_note, note_fault
from app.services.read_customer_life import NotesPage, read_notes
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.customer.customer_tab import CustomerTab
from app.ui.screens.customer.note_list import NoteList, NoteView
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.text_edit import NoteEdit
from app.ui.widgets.workbench import Workbench
from db.records.customer_life import CustomerNote

_LONGEST = 2000


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


class NotesTab(CustomerTab):
    """Ctrl+Enter adds what is typed.

    Signals:
        counted: how many notes there are.
    """

    counted = Signal(int)

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(workbench, "notes", _tr("Reading the notes"), read_notes)
        self.add = workbench.registry.create("customer.add_note", self.send, page)
        self._total = 0
        self._next: str | None = None
        self._sending: tuple[NoteView, str] | None = None
        self._text = NoteEdit("note_text", _LONGEST)
        self._text.setAccessibleName(_tr("New note"))
        self._text.setPlaceholderText(_tr("What happened, what was agreed, what to do next"))
        self._text.installEventFilter(self)
        self._room = label("", "small")
        self._fault = label("", "small-bad", wrap=True)
        self._older = QPushButton(_tr("Older notes"))
        self._older.setProperty("small", "true")
        self._older.clicked.connect(lambda _checked=False: self._read_older())
        self._list = NoteList(self._older)
        self._inner = StateStack(self._list)
        self._card = self._composer()
        self._who = label("", "small")
        self._build()
        self._text.value_changed.connect(self._typed)
        self._typed("")

    def start(self, customer_id: UUID) -> None:
        """Another customer: nothing typed, nothing shown."""
        super().start(customer_id)
        self._text.set_value("")
        self._list.clear()
        self._show_fault("")
        writes = may(self.workbench.person.roles, Act.ADD_NOTE)
        self._card.setVisible(writes)
        who = ", ".join(word_of("role", role) for role in roles_for(Act.ADD_NOTE))
        self._who.setText(_tr("Notes are written by: %1.").replace("%1", who))
        self._who.setVisible(not writes)

    def show_answer(self, answer: object) -> None:
        """Show the newest notes."""
        if not isinstance(answer, NotesPage):
            return
        self._list.clear()
        self._list.append(answer.page.rows)
        self._settle(answer.total, answer.page.next)
        self.states.content()

    def send(self) -> None:
        """Add the note: it shows at once, and comes back into the field if it cannot be kept."""
        customer_id, desk, text = self.customer_id, self.workbench.desk, self._text.value()
        if customer_id is None or self._sending is not None or not self.isVisible():
            return
        fault = note_fault(text)
        self._show_fault(fault or "")
        if fault:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        request = AddNote(new_id(desk), customer_id, text)
        person = desk.person()
        shown = CustomerNote(
            request.command_id,
            customer_id,
            text,
            person.staff_id,
            desk.clock.now(),
            person.full_name,
        )
        self._inner.content()
        self._sending = (self._list.put_first(shown), text)
        self._text.set_value("")
        self.workbench.runner.submit(
            Task(
                _tr("Saving a note"),
                Lane.DATABASE,
                lambda _control: add_note(request, desk),
                owner="customer",
                writes=True,
            ),
            self._kept,
            self._not_kept,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the field adds the note."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.send()
                return True
        return super().eventFilter(watched, event)

    def _kept(self, note: CustomerNote) -> None:
        sending, self._sending = self._sending, None
        if sending is not None and note.customer_id == self.customer_id:
            sending[0].saved()
            self._settle(self._total + 1, self._next)

    def _not_kept(self, failure: TaskFailed) -> None:
        sending, self._sending = self._sending, None
        if sending is None:
            return
        view, text = sending
        self._list.remove(view)
        typed = self._text.value()
        self._text.set_value(f"{text}\n{typed}" if typed else text)
        self._show_fault(failure.fields.get("note_text", failure.sentence))
        self._settle(self._total, self._next)

    def _read_older(self) -> None:
        customer_id, desk, after = self.customer_id, self.workbench.desk, self._next
        if customer_id is None or after is None:
            return
        self.workbench.runner.submit(
            Task(
                _tr("Reading older notes"),
                Lane.DATABASE,
                lambda _control: (customer_id, read_notes(customer_id, desk, after)),
                key="customer.notes.older",
                owner="customer",
                quiet=True,
            ),
            self._show_older,
            self._older_failed,
        )

    def _show_older(self, answer: tuple[UUID, NotesPage]) -> None:
        customer_id, notes = answer
        if customer_id == self.customer_id:
            self._list.append(notes.page.rows)
            self._settle(notes.total, notes.page.next)

    def _older_failed(self, failure: TaskFailed) -> None:
        self._show_fault(failure.sentence)

    def _settle(self, total: int, following: str | None) -> None:
        self._total, self._next = total, following
        self._older.setVisible(following is not None)
        self.counted.emit(total)
        if self._list.views():
            self._inner.content()
        else:
            self._inner.empty(_tr("No notes yet."))

    def _typed(self, text: object) -> None:
        length = len(str(text).strip())
        words = _tr("%1 of 2,000").replace("%1", f"{length:,}")
        self._room.setText(words)
        if self._fault.text() and length:
            self._show_fault("")

    def _show_fault(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        self._text.setAccessibleDescription(words)
        self._text.set_wrong(wrong=bool(words))

    def _build(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 12, 16, 16)
        lines.setSpacing(12)
        lines.addWidget(self._card)
        lines.addWidget(self._who)
        kept = Card(_tr("Notes"), _tr("newest first; never changed or removed"), tight=True)
        kept.body.addWidget(self._inner, 1)
        lines.addWidget(kept, 1)
        self.hold(content)

    def _composer(self) -> QWidget:
        card = Card(_tr("New note"), corner=self._room)
        card.body.addWidget(self._text)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._fault, 1)
        foot.addStretch(1)
        foot.addWidget(action_button(self.add, "plain", small=True))
        card.body.addLayout(foot)
        return card
