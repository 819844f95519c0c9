"""Finds customers for the picker of the form, by name, phone or id, on the database lane."""

from PySide6.QtCore import QObject

from app.services.find_customers import CustomersFound, FindCustomers, find_customers
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.picker import Choice, RecordPicker
from app.ui.widgets.workbench import Workbench
from db.records.lists import CustomerFilter

_OFFERED = 20


class CustomerLookup(QObject):
    """The latest search wins; what it finds is offered in the picker."""

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.picker = RecordPicker("customer_id", self.search)

    def search(self, text: str) -> None:
        """Look for customers that match what is typed."""
        desk = self._workbench.desk
        request = FindCustomers(CustomerFilter(search=text), _OFFERED, None)
        self._workbench.runner.submit(
            Task(
                self.tr("Searching customers"),
                Lane.DATABASE,
                lambda _control: find_customers(request, desk),
                key="application_form.search",
                owner="application_form",
                quiet=True,
            ),
            self._offer,
            self._failed,
        )

    def _offer(self, found: CustomersFound) -> None:
        self.picker.offer(
            [
                Choice(row.customer_id, f"{row.full_name}, {row.reference}, {row.city}")
                for row in found.page.rows
            ]
        )

    def _failed(self, _failure: TaskFailed) -> None:
        self.picker.offer([])
