"""The second person's word on a correction: a note, Approve, Refuse; its maker's: Withdraw."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.permissions import Act, may, roles_for
from app.services.decide_correction import DecideCorrection, decide_correction
from app.services.steps.ids import new_id
from app.services.withdraw_correction import WithdrawCorrection, withdraw_correction
from app.ui.actions.action_button import action_button
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.stacked_form import StackedForm
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.records.customer_life import FactCorrection

if TYPE_CHECKING:
    from app.services.steps.correction_answer import CorrectionAnswer

_LONGEST = 500


class CorrectionDecision(QWidget):
    """Shown for a correction that waits; says who decides to everybody who may not.

    Signals:
        decided: it was approved, refused or withdrawn.
        failed: carries a TaskFailed that no field explains.
    """

    decided = Signal()
    failed = Signal(object)

    def __init__(
        self, workbench: Workbench, decide: tuple[QAction, QAction], withdraw: QAction
    ) -> None:
        super().__init__()
        self._workbench = workbench
        self._correction: FactCorrection | None = None
        self._sending = False
        self._actions, self._withdrawal = decide, withdraw
        self._who = label("", "small", wrap=True)
        self._form = StackedForm("form.correction_decision")
        self._form.add(self.tr("Note to the proposer"), TextEdit("note", _LONGEST))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self._who)
        lines.addWidget(self._form)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for action in (*self._actions, self._withdrawal):
            foot.addWidget(action_button(action, "plain", small=True))
        foot.addStretch(1)
        lines.addLayout(foot)
        self.show_correction(None)

    def show_correction(self, correction: FactCorrection | None) -> None:
        """Ask about a correction; None asks nothing."""
        self._correction = correction
        self.setVisible(correction is not None)
        words = "" if correction is None else self._waiting_words(correction)
        self._who.setText(words)
        self._who.setVisible(bool(words))
        decides = correction is not None and not words
        self._form.setVisible(decides)
        own = correction is not None and self._is_own(correction)
        offers = (*((each, decides) for each in self._actions), (self._withdrawal, own))
        for action, offered in offers:
            action.setVisible(offered)
            action.setEnabled(offered)
        self._form.show_errors({})

    def approve(self) -> None:
        """Carry it out."""
        self._send(approve=True)

    def refuse(self) -> None:
        """Refuse it, with a note."""
        self._send(approve=False)

    def withdraw(self) -> None:
        """Take an own proposal back."""
        correction, desk = self._correction, self._workbench.desk
        if correction is None or not self._is_own(correction):
            return
        request = WithdrawCorrection(new_id(desk), correction.correction_id, correction.version)
        self._run(self.tr("Withdrawing a correction"), partial(withdraw_correction, request, desk))

    def _is_own(self, correction: FactCorrection) -> bool:
        return correction.proposed_by.casefold() == self._workbench.person.staff_id.casefold()

    def _waiting_words(self, correction: FactCorrection) -> str:
        person = self._workbench.person
        deciders = ", ".join(word_of("role", each) for each in roles_for(Act.DECIDE_CORRECTION))
        if self._is_own(correction):
            words = self.tr("You proposed this. Another person has to decide it: %1.")
        elif may(person.roles, Act.DECIDE_CORRECTION):
            return ""
        else:
            words = self.tr("This waits for the decision of: %1.")
        return words.replace("%1", deciders)

    def _send(self, *, approve: bool) -> None:
        correction, desk = self._correction, self._workbench.desk
        if correction is None:
            return
        note = str(self._form.values()["note"])
        request = DecideCorrection(
            new_id(desk), correction.correction_id, correction.version, approve, note
        )
        title = self.tr("Approving a correction") if approve else self.tr("Refusing a correction")
        self._run(title, partial(decide_correction, request, desk))

    def _run(self, title: str, act: "partial[CorrectionAnswer]") -> None:
        if self._sending:
            return
        self._sending = True
        self._workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(), owner="customer", writes=True),
            self._done,
            self._refused,
        )

    def _done(self, _answer: object) -> None:
        self._sending = False
        correction = self._correction
        if correction is not None:
            self._workbench.notices.tell("customer", correction.customer_id)
        self.decided.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        if "note" in failure.fields:
            self._form.show_errors(failure.fields)
        else:
            self.failed.emit(failure)
