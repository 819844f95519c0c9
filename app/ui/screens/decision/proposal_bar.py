"""The maker's word, at the foot of the decision page: keys, the form over them, what became of it.

Source: screens.md S40 (proposal). A second person decides, always.
"""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rules.case_standing import PROPOSABLE, Terms
from app.services.decide_application import CaseRequest, recall_decision
from app.services.propose_decision import (
    ProposeDecision,
    WithdrawProposal,
    propose_decision,
    withdraw_proposal,
)
from app.services.read_application import ApplicationView
from app.services.read_queue import CaseForChecker
from app.services.steps.case_answer import CaseAnswer
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.decision.proposal_draft import ProposalDraft, place_of
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.case_words import case_state
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.lending_cells import STATUS_ICONS
from app.ui.widgets.picker import Choice
from app.ui.widgets.verdict_form import VerdictForm
from app.ui.widgets.verdict_start import VerdictStart, offered_reasons
from app.ui.widgets.workbench import Workbench
from db.records.book import Draft
from db.vocabulary.decisions import Decision

_KEYS = {
    Decision.APPROVE: "decision.approve",
    Decision.APPROVE_WITH_CHANGES: "decision.approve_with_changes",
    Decision.REJECT: "decision.reject",
}
_LINE_HEIGHT = 32


class ProposalBar(QWidget):
    """A, C and R open the form, Ctrl+Enter sends it, Esc closes it.

    Signals:
        failed: carries a TaskFailed that no field explains.
        closed: the form has gone; the page may take the keys again.
    """

    failed = Signal(object)
    closed = Signal()

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__()
        self._workbench = workbench
        self._view: ApplicationView | None = None
        self._start: VerdictStart | None = None
        self._sending = False
        self._form = VerdictForm(_choices(), maker=True)
        self.draft = ProposalDraft(workbench, self._form, self)
        self._actions = self._make_actions(page)
        self._said, self._more = label("", "strong"), label("", "muted")
        self._mark = IconMark("clock", "muted")
        self._keys, self._state = QWidget(), QWidget()
        self._build()
        self.show_nothing()  # one of the two lines, once the case is known

    def show_nothing(self) -> None:
        """Nothing is known of an application yet: no key acts on it."""
        self.draft.leave()
        self._view = self._start = None
        self._form.hide()
        self._keys.hide()
        self._state.show()  # as high as it will be: nothing jumps when the case arrives
        for words in (self._said, self._more):
            words.setText("")
        for part in (self._mark, self._withdrawal, self._recalling):
            part.hide()
        for action in self._actions.values():
            action.setEnabled(False)

    def show_case(self, view: ApplicationView, case: CaseForChecker, draft: Draft | None) -> None:
        """Show what may be done with an application, what became of it, or a kept proposal."""
        before = self._view.application if self._view is not None else None
        self._view = view
        asked = view.application
        self._start = _start_of(view)
        if before is not None and place_of(before) != place_of(asked):
            self._form.hide()
        if self.draft.take_up(view, self._start, draft):
            self._form.show()
        self._show_state(case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the form with Esc; without one Esc belongs to the window."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self._form.hide()  # what was typed is kept and comes back with the next key
            self.draft.store()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # What the keys do.

    def _choose(self, decision: Decision) -> None:
        if self._start is None:
            return
        if self._form.isHidden() and not self.draft.holds_typing:
            self.draft.begin(decision, self._start)
        else:
            self._form.choose(decision)
        self._form.show()
        self._form.jump_to(self._form.first_field() or "note")

    def _send(self) -> None:
        view, desk = self._view, self._workbench.desk
        if view is None or self._sending:
            return
        if self._form.isHidden():
            self._choose(Decision.APPROVE)
            return
        faults = self._form.faults()
        if faults:
            self._form.show_faults(faults)
            return
        asked = view.application
        request = ProposeDecision(
            new_id(desk), asked.application_id, asked.version, self._form.verdict()
        )
        self._run(self.tr("Sending the proposal"), partial(propose_decision, request, desk))

    def _withdraw(self) -> None:
        view, desk = self._view, self._workbench.desk
        if view is None or self._sending:
            return
        asked = view.application
        request = WithdrawProposal(new_id(desk), asked.application_id, asked.version)
        self._run(self.tr("Withdrawing the proposal"), partial(withdraw_proposal, request, desk))

    def _recall(self) -> None:
        view, desk = self._view, self._workbench.desk
        if view is None or self._sending:
            return
        request = CaseRequest(new_id(desk), view.application.application_id)
        self._run(self.tr("Recalling the decision"), partial(recall_decision, request, desk))

    def _run(self, title: str, act: "partial[CaseAnswer]") -> None:
        self._sending = True
        self._workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(), owner="decision", writes=True),
            self._done,
            self._refused,
        )

    def _done(self, answer: CaseAnswer) -> None:
        self._sending = False
        self.draft.discard()
        self._form.hide()
        self.closed.emit()
        self._workbench.notices.tell("application", answer.application_id)

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        if failure.fields and self._form.isVisible():
            self._form.show_faults(failure.fields)
        else:
            self.failed.emit(failure)

    # How it looks.

    def _show_state(self, case: CaseForChecker) -> None:
        if self._view is None:
            return
        status = self._view.application.status
        state = case_state(case, status, self._workbench.person.user_id)
        proposable = status in PROPOSABLE
        may = self._actions["application.propose"].isVisible()
        for action_id in (*_KEYS.values(), "application.propose"):
            self._actions[action_id].setEnabled(proposable)
        self._keys.setVisible(proposable and may)
        self._state.setVisible(not (proposable and may))
        icon, tone = STATUS_ICONS[status]
        self._mark.show_icon(icon, tone)
        self._mark.show()
        self._said.setText(state.said or self.tr("No proposal yet"))
        self._more.setText(state.more)
        self._withdrawal.setVisible(state.own_proposal and may)
        self._actions["application.withdraw_proposal"].setEnabled(state.own_proposal)
        self._actions["queue.recall"].setEnabled(state.own_decision)
        self._recalling.setVisible(state.own_decision and self._actions["queue.recall"].isVisible())

    def _make_actions(self, page: QWidget) -> dict[str, QAction]:
        """Keys that act on the page and, since the shell keeps the foot apart, here."""
        create = self._workbench.registry.create
        made = {
            name: create(name, partial(self._choose, decision), page)
            for decision, name in _KEYS.items()
        }
        made["application.propose"] = create("application.propose", self._send, page)
        made["application.withdraw_proposal"] = create(
            "application.withdraw_proposal", self._withdraw, page
        )
        made["queue.recall"] = create("queue.recall", self._recall, page)
        for action in made.values():
            self.addAction(action)
        return made

    def _build(self) -> None:
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        keys.addWidget(label(self.tr("Your proposal"), "strong"))
        for name in _KEYS.values():
            keys.addWidget(action_button(self._actions[name]))
        keys.addStretch(1)
        keys.addWidget(label(self.tr("A second person decides"), "muted"))
        keys.addWidget(action_button(self._actions["application.propose"]))
        self._build_state()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self._form)
        lines.addWidget(self._keys)
        lines.addWidget(self._state)

    def _build_state(self) -> None:
        self._recalling = action_button(self._actions["queue.recall"])
        self._withdrawal = action_button(self._actions["application.withdraw_proposal"])
        self._state.setMinimumHeight(_LINE_HEIGHT)
        state = QHBoxLayout(self._state)
        state.setContentsMargins(0, 0, 0, 0)
        state.setSpacing(8)
        state.addWidget(self._mark)
        state.addWidget(self._said)
        state.addWidget(self._more)
        state.addStretch(1)
        state.addWidget(self._withdrawal)
        state.addWidget(self._recalling)


def _start_of(view: ApplicationView) -> VerdictStart:
    """The terms asked for, what was recommended and the frozen reasons."""
    asked, estimate = view.application, view.estimate
    return VerdictStart(
        terms=Terms(asked.amount_paise, asked.tenure_months, asked.rate_ppm),
        recommendation=None if estimate is None else estimate.recommendation,
        offered=offered_reasons(estimate, view.policy),
    )


def _choices() -> list[Choice]:
    return [
        Choice(Decision.APPROVE, _tr("Approve")),
        Choice(Decision.APPROVE_WITH_CHANGES, _tr("Approve with changes")),
        Choice(Decision.REJECT, _tr("Reject")),
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProposalBar", words)
