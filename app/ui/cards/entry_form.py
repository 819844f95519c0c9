"""What is written of a contact or of putting a loan off; one form, its rows by kind of entry."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.services.read_follow_up import LoggedContact
from app.services.steps.contact_checks import ContactWords
from app.services.steps.free_text import LONGEST_NOTE
from app.ui.actions.action_button import ActionButton
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.text_edit import NoteEdit, TextEdit
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason

_WIDE = 280
_BESIDE = {  # widths of fields that stand beside each other
    "promise_amount": 132,
    "promise_date": 132,
    "contact_note": 320,
}
_OTHERS = 228
_PROMISE = ("promise_amount", "promise_date")
_SNOOZE = ("snooze_until", "snooze_reason")


class EntryKind(StrEnum):
    """What is being written."""

    CALL = "call"
    PROMISE = "promise"
    VISIT = "visit"
    MESSAGE = "message"
    SNOOZE = "snooze"
    CORRECTION = "correction"


CHANNELS = {
    EntryKind.CALL: ContactChannel.CALL,
    EntryKind.PROMISE: ContactChannel.CALL,
    EntryKind.VISIT: ContactChannel.VISIT,
    EntryKind.MESSAGE: ContactChannel.MESSAGE,
}


class EntryForm(QWidget):
    """Esc closes it, Ctrl+Enter saves: fields under each other, over the button that saves.

    Without a button its fields stand beside each other, for a strip that has title and button.

    Signals:
        closed: it was left without saving.
    """

    closed = Signal()

    def __init__(self, today: Callable[[], date], save: ActionButton | None = None) -> None:
        super().__init__()
        self.kind = EntryKind.CALL
        self._channel = ContactChannel.CALL
        self._title = label("", "strong")
        self._limits = label("", "small-warning", wrap=True)
        self._asks_why = False  # outside the limits a reason is asked
        self._words = label("", "body", wrap=True)
        self.form = Form()
        self._outcome = Picker("outcome", _choices("call_outcome", CallOutcome))
        self._outcome.value_changed.connect(lambda _value: self._show_rows())
        section = FormSection()
        for words, field in (
            (tr("How it ended"), self._outcome),
            (tr("Amount promised"), MoneyEdit("promise_amount")),
            (tr("Promised by"), DateEdit("promise_date", today)),
            (tr("Put off until"), DateEdit("snooze_until", today)),
            (tr("Why it can wait"), _picker("snooze_reason", SnoozeReason)),
            (
                tr("Why outside the limits"),
                _picker("override_reason", ContactOverrideReason, "contact_override_reason"),
            ),
            (
                tr("Note"),
                (NoteEdit if save else TextEdit)("contact_note", LONGEST_NOTE),
            ),
        ):
            name = field.objectName()
            width = _WIDE if save else _BESIDE.get(name, _OTHERS)
            section.add(StackedRow(words, field, optional=name == "contact_note", width=width))
        if save is None:
            _side_by_side(section)
            self.form.layout().setSpacing(6)  # type: ignore[union-attr]  # a form has its layout
        else:
            section.layout().setSpacing(6)  # type: ignore[union-attr]  # a section has its layout
        self.form.add(section)
        self._build(save)
        self.hide()

    def open(self, kind: EntryKind, limits: Sequence[str], text: str = "") -> None:
        """Start an entry; `limits` are the sentences of what it passes, `text` what is sent."""
        self.form.clear()
        self.kind, self._channel = kind, CHANNELS.get(kind, ContactChannel.CALL)
        self._asks_why = bool(limits)
        self._limits.setText(". ".join(limits) + "." if limits else "")
        self._limits.setVisible(bool(limits))
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self._title.setText(_titles()[kind])
        outcome = {
            EntryKind.PROMISE: CallOutcome.PROMISE,
            EntryKind.VISIT: CallOutcome.VISITED,
        }.get(kind)
        self._offer_outcomes()
        self._outcome.set_value(outcome)
        self._show_rows()
        self.show()
        self.form.jump_to(self._first())

    def correct(self, logged: LoggedContact) -> None:
        """Start the correction of an entry with what it says."""
        self.open(EntryKind.CORRECTION, ())
        contact, promise = logged.contact, logged.promise
        self._channel = contact.channel
        self._offer_outcomes()
        self._outcome.set_value(contact.outcome)
        self.form.set_values(
            {
                "contact_note": contact.note,
                "promise_amount": None if promise is None else promise.amount_paise,
                "promise_date": None if promise is None else promise.due_on,
            }
        )
        self._show_rows()
        self.form.jump_to("outcome" if contact.outcome is not None else "contact_note")

    def said(self) -> ContactWords:
        """What is written of a contact."""
        values = self.form.values()
        promised = self._outcome.value() is CallOutcome.PROMISE and self._is_spoken()
        return ContactWords(
            outcome=values["outcome"] if self._is_spoken() else None,
            note=str(values["contact_note"] or ""),
            promise_amount_paise=values["promise_amount"] if promised else None,
            promise_date=values["promise_date"] if promised else None,
        )

    def show_errors(self, faults: Mapping[str, str]) -> None:
        """Say what does not fit, each at its field; a limit met meanwhile asks for its reason."""
        if "override_reason" in faults:
            self._asks_why = True
            self._show_rows()
        self.form.show_errors(faults)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _offer_outcomes(self) -> None:
        """Offer how such a contact can end: a call is no visit."""
        visit = self._channel is ContactChannel.VISIT
        fitting = [each for each in CallOutcome if visit or each is not CallOutcome.VISITED]
        self._outcome.set_choices(_choices("call_outcome", fitting))

    def _is_spoken(self) -> bool:
        return self._channel in (ContactChannel.CALL, ContactChannel.VISIT)

    def _show_rows(self) -> None:
        snoozes = self.kind is EntryKind.SNOOZE
        promised = self._outcome.value() is CallOutcome.PROMISE
        shown = {
            "outcome": self._is_spoken() and not snoozes,
            "override_reason": self._asks_why and not snoozes,
            "contact_note": True,
        }
        shown |= dict.fromkeys(_PROMISE, promised and self._is_spoken() and not snoozes)
        shown |= dict.fromkeys(_SNOOZE, snoozes)
        for name, visible in shown.items():
            self.form.row(name).setVisible(visible)

    def _first(self) -> str:
        return {
            EntryKind.PROMISE: "promise_amount",
            EntryKind.MESSAGE: "contact_note",
            EntryKind.SNOOZE: "snooze_until",
        }.get(self.kind, "outcome")

    def _build(self, save: ActionButton | None) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        for part in (self._title, self._limits, self._words, self.form):
            lines.addWidget(part)
        if save is None:
            self._title.hide()
            return
        foot = QHBoxLayout()
        foot.addWidget(save)
        foot.addStretch(1)
        foot.addWidget(label(tr("Esc closes"), "small"))
        lines.addLayout(foot)
        lines.addStretch(1)


def tr(words: str) -> str:
    """The words in the language of the window."""
    return QCoreApplication.translate("EntryForm", words)


def _side_by_side(section: FormSection) -> None:
    """Turn a section's column into a line, the fields at its left."""
    line = section.layout()
    if isinstance(line, QBoxLayout):
        line.setDirection(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(16)
        for row in section.rows:
            line.setAlignment(row, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)


def _titles() -> dict[EntryKind, str]:
    return {
        EntryKind.CALL: tr("A call"),
        EntryKind.PROMISE: tr("A promise by phone"),
        EntryKind.VISIT: tr("A visit"),
        EntryKind.MESSAGE: tr("A message that was sent"),
        EntryKind.SNOOZE: tr("Put off"),
        EntryKind.CORRECTION: tr("Correct an entry"),
    }


def _choices(list_name: str, words: Iterable[StrEnum]) -> list[Choice]:
    return [Choice(each, word_of(list_name, each)) for each in words]


def _picker(name: str, words: type[StrEnum], list_name: str = "") -> Picker:
    return Picker(name, _choices(list_name or name, words))
