"""Posting a payment once: a second press while it runs does nothing, a retry sends the same id."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.services.post_repayment import (
    PostRepayment,
    ReceiptFacts,
    RepaymentPosted,
    post_repayment,
)
from app.services.steps.ids import new_id
from app.ui.screens.record_payment.effect_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench


class PaymentPosting(QObject):
    """Sends what is entered.

    Signals:
        posted: carries the ReceiptFacts and the RepaymentPosted.
        refused: carries the TaskFailed.
    """

    posted = Signal(object, object)
    refused = Signal(object)

    def __init__(self, workbench: Workbench, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._action = action
        self._own_words = self._words = action.text()
        self._request: PostRepayment | None = None
        self._facts: ReceiptFacts | None = None  # of what is on its way
        self.busy = False

    def name_act(self, words: str) -> None:
        """Say on the button what it does; empty is posting."""
        self._words = words or self._own_words
        if not self.busy:
            self._action.setText(self._words)

    def forget(self) -> None:
        """What is entered changed: it is another payment, with an id of its own."""
        self._request = None

    def send(self, loan_id: UUID, facts: ReceiptFacts) -> None:
        """Post a payment."""
        if self.busy:
            return
        desk = self._workbench.desk
        request = self._request or PostRepayment(new_id(desk), loan_id, facts)
        self._request, self._facts = request, request.facts
        self._set_busy(busy=True)
        self._workbench.runner.submit(
            Task(
                tr("Posting the payment"),
                Lane.DATABASE,
                lambda _control: post_repayment(request, desk),
                owner="payment",
                writes=True,
            ),
            self._done,
            self._failed,
        )

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self._action.setEnabled(not busy)
        self._action.setText(tr("Posting…") if busy else self._words)

    def _done(self, posted: RepaymentPosted) -> None:
        self._set_busy(busy=False)
        self.forget()
        self.posted.emit(self._facts, posted)

    def _failed(self, failure: TaskFailed) -> None:
        self._set_busy(busy=False)
        self.refused.emit(failure)
