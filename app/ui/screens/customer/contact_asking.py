"""L on S21: the customer's running loans are read, then the strip asks what was said."""

from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.services.read_customer_records import LoanStanding, customer_loans
from app.services.steps.loan_owed import OPEN
from app.ui.cards.contact_strip import ContactLoan, ContactStrip
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.loan_cells import days_late_words
from app.ui.widgets.workbench import Workbench


class _Read(NamedTuple):
    """The loans of a customer, with whom they belong to."""

    customer_id: UUID
    name: str
    loans: tuple[LoanStanding, ...]


class ContactAsking(QObject):
    """Finds the loans that a contact can be about, the one with the most days late first.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._asked: UUID | None = None
        self.strip = ContactStrip(workbench)
        self.strip.written.connect(lambda words: self.said.emit("good", words))
        self.strip.failed.connect(self._failed)

    def ask(self, customer_id: UUID, name: str) -> None:
        """Read the loans of a customer and ask."""
        desk = self._workbench.desk
        self._asked = customer_id
        self._workbench.runner.submit(
            Task(
                _tr("Reading the loans"),
                Lane.DATABASE,
                lambda _control: _Read(customer_id, name, customer_loans(customer_id, desk)),
                key="customer.contact",
                owner="customer",
                quiet=True,
            ),
            self._show,
            self._failed,
        )

    def forget(self) -> None:
        """Another customer comes."""
        self._asked = None
        self.strip.go_back()

    def _show(self, read: _Read) -> None:
        if read.customer_id != self._asked:
            return
        running = [each for each in read.loans if each.loan.status in OPEN]
        if not running:
            self.said.emit("info", _tr("No loan is running: there is nothing to follow up."))
            return
        running.sort(key=lambda each: each.days_late, reverse=True)
        self.strip.ask(
            read.name, [ContactLoan(each.loan.loan_id, _words(each)) for each in running]
        )

    def _failed(self, failure: TaskFailed) -> None:
        self.said.emit("bad", failure.sentence)


def _words(standing: LoanStanding) -> str:
    """A loan's number and how late it is."""
    loan, days = standing.loan.reference, standing.days_late
    if not days:
        return _tr("%1, nothing late").replace("%1", loan)
    return f"{loan}, {days_late_words(days)}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)
