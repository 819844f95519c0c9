"""The entry line of one monthly due (`form.obligation`): five fields side by side."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.services.register_customer import ObligationEntry
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from db.vocabulary.lending import ObligationType

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ObligationLine(QWidget):
    """Enter goes on to the next field.

    In the last one it sends `submitted`, or `passed` if nothing is typed. `typed` follows every
    key, `edited` the values.
    """

    submitted = Signal()
    passed = Signal()
    edited = Signal()
    typed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form.obligation")
        self.setAccessibleName(self.tr("New monthly due"))
        kinds = [Choice(kind, word_of("obligation_type", kind)) for kind in ObligationType]
        self.lender_name = TextEdit("lender_name")
        self.obligation_type = Picker("obligation_type", kinds)
        self.monthly_amount = MoneyEdit("monthly_amount")
        self.outstanding_amount = MoneyEdit("outstanding_amount")
        self.end_date = DateEdit("end_date", today)
        self._message = label("", "bad", wrap=True)
        self._message.setVisible(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, (words, field, stretch) in enumerate(self._columns()):
            caption = label(words, "small")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
            field.value_changed.connect(self._note)
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self._tell_typed)
        grid.addWidget(self._message, 2, 0, 1, -1)

    def taken(self) -> ObligationEntry | None:
        """The due as typed; None, with a sentence and the cursor at it, if it cannot be."""
        field, sentence = self._first_fault()
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        if field is not None:
            field.setFocus()
            return None
        return ObligationEntry(
            lender_name=self.lender_name.value(),
            obligation_type=self.obligation_type.value(),
            monthly_amount_paise=self.monthly_amount.value() or 0,
            outstanding_paise=self.outstanding_amount.value(),
            end_date=self.end_date.value(),
        )

    def fields(self) -> tuple[QWidget, ...]:
        """The inputs, in tab order."""
        return tuple(field for _, field, _ in self._columns())

    def is_empty(self) -> bool:
        """Whether nothing is typed that would be lost."""
        return all(field.is_empty() for _, field, _ in self._columns())

    def clear(self) -> None:
        """Empty the line; the cursor goes to its start if it was in the line."""
        inside = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        for _, field, _ in self._columns():
            field.set_value(None)
        self._message.setVisible(False)
        if inside:
            self.lender_name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: the next field, and from the last one the due is added."""
        if event.key() not in _ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif self.end_date.hasFocus():
            (self.passed if self.is_empty() else self.submitted).emit()
        else:
            self.focusNextChild()

    def _first_fault(self) -> tuple[QWidget | None, str]:
        if self.lender_name.is_empty():
            return self.lender_name, self.tr("Enter who is paid")
        if self.obligation_type.is_empty():
            return self.obligation_type, self.tr("Choose what it is paid for")
        if not (self.monthly_amount.value() or 0) > 0:
            words = self.monthly_amount.problem()
            return self.monthly_amount, words or self.tr("Monthly amount must be more than ₹0")
        for field in (self.outstanding_amount, self.end_date):
            if field.problem():
                return field, field.problem()
        return None, ""

    def _columns(self) -> tuple[tuple[str, "TextEdit | Picker | MoneyEdit | DateEdit", int], ...]:
        return (
            (self.tr("Paid to"), self.lender_name, 3),
            (self.tr("Kind"), self.obligation_type, 3),
            (self.tr("Monthly amount"), self.monthly_amount, 2),
            (self.tr("Outstanding (optional)"), self.outstanding_amount, 2),
            (self.tr("Ends (optional)"), self.end_date, 2),
        )

    def _tell_typed(self, _text: str) -> None:
        self.typed.emit()

    def _note(self, _value: object) -> None:
        self._message.setVisible(False)
        self.edited.emit()
