"""The one confirm strip over the keys of the queue: what is about to happen, and what it needs.

Source: screens.md S50. Ctrl+Enter confirms, Enter too where the button has the keys, Esc goes back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.case_standing import Terms
from app.services.add_note import AddNote, add_note
from app.services.decide_application import (
    DecideApplication,
    ForwardCase,
    decide_application,
    forward_case,
)
from app.services.read_queue import QueueRow
from app.services.steps.case_work import terms_of
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.cards.case_look import CaseSeen
from app.ui.screens.queue.checker_form import CheckerForm
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.case_words import terms_shown
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.strip import Strip
from app.ui.widgets.verdict_start import VerdictStart, offered_reasons
from app.ui.widgets.workbench import Workbench
from db.vocabulary.decisions import Decision
from db.vocabulary.people import SanctionAuthority


class Asked(StrEnum):
    """What the strip asks about: a decision, or one of the two other steps."""

    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve_with_changes"
    REJECT = "reject"
    RETURN = "return"
    FORWARD = "forward"
    NOTE = "note"


RECALLED = frozenset({Asked.APPROVE, Asked.APPROVE_WITH_CHANGES, Asked.REJECT})
_PLAIN = {
    Asked.FORWARD: frozenset({"forward_to", "note"}),
    Asked.NOTE: frozenset({"note"}),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One case and what is asked about it."""

    asked: Asked
    row: QueueRow
    seen: CaseSeen


class ConfirmStrip(Strip):
    """Hidden until a key asks.

    Signals:
        done: carries the question that was carried out.
    """

    done = Signal(object)

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("panel.confirm")
        self.setAccessibleIdentifier("panel.confirm")
        self._workbench = workbench
        self._question: Question | None = None
        self._sending = False
        self._words = label("", "strong", wrap=True)
        self._form = CheckerForm()
        self.confirm = workbench.registry.create("queue.confirm", self.send, page)
        self._button = action_button(self.confirm)
        self._build()
        self.setAccessibleName(self.tr("Confirm"))
        self.go_back()

    def ask(self, question: Question) -> None:
        """Ask about one case, with everything filled in that is known."""
        self._question = question
        start = start_of(question.seen)
        plain = _PLAIN.get(question.asked)
        if plain is None:
            self._form.start(Decision(question.asked), start)
        else:
            self._form.start_plain(plain, start)
        words = question_words(question)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.confirm.setText(confirm_words(question.asked))
        self.confirm.setEnabled(True)
        self.show()
        first = "note" if plain is not None else self._form.first_field()
        if first:
            self._form.jump_to(first)
        else:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_about(self, row: QueueRow) -> bool:
        """Whether it asks about this case as it still is; then a fresh list leaves it open."""
        question = self._question
        return question is not None and (question.row.application_id, question.row.version) == (
            row.application_id,
            row.version,
        )

    def go_back(self) -> None:
        """Leave everything as it is."""
        self._question = None
        self.confirm.setEnabled(False)
        super().go_back()

    def send(self) -> None:
        """Carry out what is asked."""
        question, desk = self._question, self._workbench.desk
        if question is None or self._sending:
            return
        faults = {} if question.asked in _PLAIN else self._form.faults()
        if faults:
            self._form.show_faults(faults)
            return
        act = self._act(question, desk)
        self._sending = True
        self._workbench.runner.submit(
            Task(
                self.tr("Sending %1").replace("%1", question.row.reference),
                Lane.DATABASE,
                lambda _control: act(),
                owner="queue",
                writes=True,
            ),
            self._finished,
            self._refused,
        )

    def _act(self, question: Question, desk: Desk) -> Callable[[], object]:
        asked = question.seen.view.application
        values = self._form.values()
        if question.asked is Asked.NOTE:
            noted = AddNote(new_id(desk), asked.customer_id, values["note"])
            return lambda: add_note(noted, desk)
        if question.asked is Asked.FORWARD:
            to = values["forward_to"] or SanctionAuthority.REGIONAL_CREDIT_DESK
            sent = ForwardCase(
                new_id(desk), asked.application_id, to, values["note"], asked.version
            )
            return lambda: forward_case(sent, desk)
        decided = DecideApplication(
            new_id(desk), asked.application_id, self._form.verdict(), asked.version
        )
        return lambda: decide_application(decided, desk)

    def _finished(self, _answer: object) -> None:
        self._sending = False
        question = self._question
        self.go_back()
        if question is not None:
            self.done.emit(question)

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        known = {"note_text": "note"}
        fields = {known.get(name, name): words for name, words in failure.fields.items()}
        self._form.show_faults(fields or {"": failure.sentence})

    def _build(self) -> None:
        back = QPushButton(self.tr("Go back  Esc"))
        back.clicked.connect(lambda _checked=False: self.go_back())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("help-circle", "accent"))
        head.addWidget(self._words, 1)
        head.addWidget(back)
        head.addWidget(self._button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 16, 10)
        lines.setSpacing(8)
        lines.addLayout(head)
        lines.addWidget(self._form)


def start_of(seen: CaseSeen) -> VerdictStart:
    """What a checker begins with: the proposal's terms, reasons and conditions."""
    asked, proposal, estimate = seen.view.application, seen.case.proposal, seen.case.estimate
    proposed = None if proposal is None else terms_of(proposal)
    return VerdictStart(
        terms=proposed or Terms(asked.amount_paise, asked.tenure_months, asked.rate_ppm),
        recommendation=None if estimate is None else estimate.recommendation,
        offered=offered_reasons(
            estimate, seen.view.policy if estimate is None else estimate.policy
        ),
        agreed=() if proposal is None else tuple(r.code for r in proposal.reasons),
        agreed_decision=None if proposal is None else proposal.decision,
        conditions="" if proposal is None else proposal.conditions,
    )


def question_words(question: Question) -> str:
    """The question of the strip, with everything that is about to be decided."""
    proposal = question.seen.case.proposal
    words = {
        Asked.APPROVE: _tr("Approve %1, %2?"),
        Asked.APPROVE_WITH_CHANGES: _tr("Approve %1 with tighter terms than %2?"),
        Asked.REJECT: _tr("Reject %1? The customer is told these reasons."),
        Asked.RETURN: _tr("Return %1 to %3 with questions?"),
        Asked.FORWARD: _tr("Send %1 on to a higher authority?"),
        Asked.NOTE: _tr("Add a note to the customer of %1?"),
    }[question.asked]
    words = words.replace("%1", question.row.reference)
    words = words.replace("%2", "" if proposal is None else terms_shown(proposal))
    return words.replace("%3", question.row.maker_name)


def confirm_words(asked: Asked) -> str:
    """The verb on the button."""
    return {
        Asked.APPROVE: _tr("Confirm approval"),
        Asked.APPROVE_WITH_CHANGES: _tr("Confirm approval"),
        Asked.REJECT: _tr("Confirm rejection"),
        Asked.RETURN: _tr("Confirm return"),
        Asked.FORWARD: _tr("Send on"),
        Asked.NOTE: _tr("Keep the note"),
    }[asked]


def done_words(question: Question) -> str:
    """What was done, for the bar over the next case."""
    words = {
        Asked.APPROVE: _tr("%1 is approved."),
        Asked.APPROVE_WITH_CHANGES: _tr("%1 is approved with changes."),
        Asked.REJECT: _tr("%1 is rejected."),
        Asked.RETURN: _tr("%1 went back to %2."),
        Asked.FORWARD: _tr("%1 was sent on."),
        Asked.NOTE: _tr("The note on the customer of %1 is kept."),
    }[question.asked]
    return words.replace("%1", question.row.reference).replace("%2", question.row.maker_name)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ConfirmStrip", words)
