"""A correction being typed: the new value, where it comes from, why."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer_profile import ProfileFact
from app.services.steps.ids import new_id
from app.ui.screens.customer.fact_inputs import input_for, text_of
from app.ui.screens.customer.fact_words import fact_label
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stacked_form import StackedForm
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.records.people import Customer
from db.vocabulary.people import FactSource

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.ui.widgets.form_line import Field

_LONGEST = 500


class CorrectionForm(QWidget):
    """One fact's correction. Ctrl+Enter sends, Esc goes back.

    Signals:
        sent: it was proposed or carried out.
        failed: carries a TaskFailed that no field explains.
        back_asked: Esc or Go back.
    """

    sent = Signal()
    failed = Signal(object)
    back_asked = Signal()

    def __init__(
        self,
        workbench: Workbench,
        customer: Customer,
        fact: ProfileFact,
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self._workbench = workbench
        self._customer = customer
        self._fact = fact
        self._sending = False
        self._two = fact.two_persons and fact.value is not None
        self._input = input_for(fact, today)
        self._form = StackedForm("form.correction")
        choices = [
            Choice(source, word_of("fact_source", source))
            for source in (FactSource.TOLD, FactSource.DOCUMENT)
        ]
        new = self.tr("New %1").replace("%1", _lower(fact_label(fact.name)))
        self._form.add(new, self._input)
        self._form.add(self.tr("Comes from"), Segmented("source", choices))
        self._form.add(self.tr("Paper seen, its name and date"), TextEdit("document", _LONGEST))
        why = self.tr("Why") if self._two else self.tr("Why (optional)")
        self._form.add(why, TextEdit("reason", _LONGEST))
        words = self.tr("Propose to a second person") if self._two else self.tr("Correct at once")
        self._send = self._button("action.customer.send_correction", words, "filled")
        self._back = self._button("", self.tr("Go back"), "plain")
        self._send.clicked.connect(lambda _checked=False: self.send())
        self._back.clicked.connect(lambda _checked=False: self.back_asked.emit())
        self._build()

    def start(self) -> None:
        """Put the cursor into the new value."""
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Send what is typed, unless a field has to be put right; a second press waits."""
        if self._sending:
            return
        problems = self._form.problems()
        self._form.show_errors(problems)
        if problems:
            return
        request, desk = self._request(), self._workbench.desk
        self._sending = True
        self._workbench.runner.submit(
            Task(
                self.tr("Sending a correction"),
                Lane.DATABASE,
                lambda _control: propose_correction(request, desk),
                owner="customer",
                writes=True,
            ),
            self._done,
            self._refused,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter, go back with Esc."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.send()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _request(self) -> ProposeCorrection:
        desk: Desk = self._workbench.desk
        values = self._form.values()
        field: Field = self._input  # type: ignore[assignment]  # every input answers it
        return ProposeCorrection(
            command_id=new_id(desk),
            customer_id=self._customer.customer_id,
            version=self._customer.version,
            fact=self._fact.name,
            value=text_of(self._fact, field),
            source=values["source"],
            document=values["document"],
            reason=values["reason"],
        )

    def _done(self, _answer: object) -> None:
        self._sending = False
        self._workbench.notices.tell("customer", self._customer.customer_id)
        self.sent.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        if failure.fields:
            self._form.show_errors(failure.fields)
        else:
            self.failed.emit(failure)

    def _button(self, name: str, words: str, kind: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", kind)
        button.setProperty("small", "true")
        button.setAutoDefault(True)
        button.setObjectName(name)
        button.setAccessibleIdentifier(name)
        button.setAccessibleName(words)
        return button

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self._form)
        if self._two:
            words = self.tr("Another person approves it; until then the old value stands.")
        else:
            words = self.tr("It changes at once; the old value stays in the history.")
        lines.addWidget(label(words, "small", wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._send)
        foot.addWidget(self._back)
        foot.addStretch(1)
        lines.addLayout(foot)


def _lower(words: str) -> str:
    """A label inside a sentence; short names such as PAN keep their capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
