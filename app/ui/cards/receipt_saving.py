"""Saves the receipt of a payment as PDF, of one just posted or of any earlier one (screens.md S62).

One that was taken back since says so on its page.
"""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.services.make_receipt import MakeReceipt, make_receipt
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.ui.actions.action_button import action_button
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import Language

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QAction

_ENDING = ".pdf"


def save_receipt(request: MakeReceipt, target: Path, desk: Desk, _control: TaskControl) -> Path:
    """Make a receipt and write it (database lane).

    Raises:
        Refused: as `make_receipt`, or the file cannot be written there.
    """
    check_target(target, _ENDING)
    write_letter(target, make_receipt(request, desk).pdf)
    return target


class ReceiptSaving(QWidget):
    """The button that saves and the language; Ctrl+P in the page or part that is its `place`.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench, action_id: str, place: QWidget) -> None:
        super().__init__()
        self._workbench = workbench
        self._repayment: UUID | None
        self.file_name: str  # that the dialog offers
        self.action: QAction = workbench.registry.create(action_id, self._ask, place)
        self.button = action_button(self.action, small=True)
        choices = [Choice(each, word_of("language", each)) for each in (Language.EN, Language.HI)]
        self._language = Segmented("receipt_language", choices)
        self._language.setAccessibleName(_tr("Language of the receipt"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.button)
        line.addWidget(self._language)
        self.withdraw()

    def offer(self, repayment_id: "UUID", words: str, place: tuple[str, date]) -> None:
        """Offer the receipt of a payment.

        Args:
            repayment_id: which one.
            words: what it is, for those who hear it.
            place: the loan's number and the value date, which name the file.
        """
        self._repayment = repayment_id
        self.file_name = f"receipt-{place[0]}-{place[1].isoformat()}{_ENDING}"
        self.action.setEnabled(True)
        self.button.setAccessibleDescription(words)

    def withdraw(self) -> None:
        """There is no payment whose receipt could be saved."""
        self._repayment, self.file_name = None, ""
        self.action.setEnabled(False)
        self.button.setAccessibleDescription("")

    def save_to(self, target: Path) -> None:
        """Write the receipt as PDF, in the language chosen."""
        if self._repayment is None:
            return
        request = MakeReceipt(self._repayment, self._language.value())
        task = Task(
            _tr("Making the receipt"),
            Lane.DATABASE,
            partial(save_receipt, request, target, self._workbench.desk),
            owner="payment",
            writes=True,
        )
        self._workbench.runner.submit(task, self._saved, self._not_saved)

    def _ask(self) -> None:
        words = _tr("Save the receipt")
        chosen, _ = QFileDialog.getSaveFileName(self, words, self.file_name, f"*{_ENDING}")
        if chosen:
            self.save_to(Path(chosen))

    def _saved(self, target: Path) -> None:
        self.said.emit("good", _tr("Saved as %1").replace("%1", target.name))

    def _not_saved(self, failure: TaskFailed) -> None:
        self.said.emit("bad", failure.sentence)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReceiptSaving", words)
