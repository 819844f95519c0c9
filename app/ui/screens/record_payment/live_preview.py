"""The effect of a payment, worked out anew at every change; the newest typing wins."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.post_repayment import ReceiptFacts, RepaymentPreview, preview_repayment
from app.ui.screens.record_payment.effect_card import EffectCard
from app.ui.screens.record_payment.effect_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle


class LivePreview(QObject):
    """Asks for the effect and shows it on the card.

    Signals:
        worked_out: carries whether so much cash asks who paid it, and whether more comes than is
            due.
    """

    worked_out = Signal(bool, bool)

    def __init__(self, workbench: Workbench, card: EffectCard, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._card = card
        self._asked: tuple[UUID, ReceiptFacts] | None = None
        self._handle: TaskHandle | None = None

    def show_nothing(self, words: str) -> None:
        """Nothing is to be worked out; what is on its way is of older typing."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._card.show_nothing(words)

    def ask(self, loan_id: UUID, facts: ReceiptFacts) -> None:
        """Work out what is entered now."""
        self._asked = (loan_id, facts)
        self._again()

    def _again(self) -> None:
        if self._asked is None:
            return
        desk = self._workbench.desk
        loan_id, facts = self._asked
        self._handle = self._workbench.runner.submit(
            Task(
                tr("Working the payment out"),
                Lane.DATABASE,
                lambda _control: preview_repayment(loan_id, facts, desk),
                key="payment.preview",
                owner="payment",
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._card.working(self._handle, self._again)

    def _show(self, preview: RepaymentPreview) -> None:
        self.worked_out.emit(preview.needs_identity, preview.effect.split.excess_paise > 0)
        self._card.show_preview(preview)

    def _failed(self, failure: TaskFailed) -> None:
        if failure.fields:
            self._card.show_nothing(" ".join(failure.fields.values()))
        else:
            self._card.failed(failure, self._again)
