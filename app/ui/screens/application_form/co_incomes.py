"""Incomes of the co-applicants named, read on the database lane; the latest question wins."""

from PySide6.QtCore import QObject, Signal

from app.services.steps.case_builder import incomes_of
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench
from db.records.applications import CoApplicant


class CoIncomes(QObject):
    """Asks the book what co-applicants earn.

    Signals:
        known: monthly income in paise by customer id.
        failed: a TaskFailed.
    """

    known = Signal(object)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench

    def read(self, named: tuple[CoApplicant, ...]) -> None:
        """Read the incomes of these customers."""
        desk = self._workbench.desk
        self._workbench.runner.submit(
            Task(
                self.tr("Reading the co-applicants"),
                Lane.DATABASE,
                lambda _control: incomes_of(named, desk),
                key="application_form.incomes",
                owner="application_form",
                quiet=True,
            ),
            self._answered,
            self._refused,
        )

    def _answered(self, incomes: object) -> None:
        self.known.emit(incomes)

    def _refused(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)
