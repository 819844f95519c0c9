"""Finding the loan of a payment by its number, its last digits or the name on it."""

from PySide6.QtCore import QObject, Signal

from app.services.find_loans import FindLoans, LoansFound, find_loans
from app.ui.screens.record_payment.effect_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.picker import Choice
from app.ui.widgets.workbench import Workbench
from db.records.lists import LoanFilter

_OFFERED = 8


class LoanSearch(QObject):
    """Asks for loans as they are typed; the newest typing wins.

    Signals:
        found: carries the choices, at most eight.
        failed: carries a TaskFailed.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench

    def ask(self, text: str) -> None:
        """Look for what is typed."""
        if not text:
            return
        request, desk = FindLoans(LoanFilter(search=text), _OFFERED), self._workbench.desk
        self._workbench.runner.submit(
            Task(
                tr("Finding loans"),
                Lane.DATABASE,
                lambda _control: find_loans(request, desk),
                key="payment.search",
                owner="payment",
                quiet=True,
            ),
            self._offer,
            self._fail,
        )

    def _offer(self, found: LoansFound) -> None:
        rows = found.page.rows
        self.found.emit([Choice(row.loan_id, f"{row.reference}  {row.full_name}") for row in rows])

    def _fail(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)
