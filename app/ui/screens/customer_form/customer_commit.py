"""Sends the customer form to the book, once however often the key is pressed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    RegisterCustomer,
    UpdateCustomer,
    register_customer,
    update_customer,
)
from app.services.steps.ids import new_id
from app.ui.tasks.task import Lane, Task, TaskFailed, Work
from app.ui.widgets.workbench import Workbench
from db.records.people import Customer

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Saved:
    """What the book answered, and whether an application is to follow."""

    answer: CustomerRegistered
    apply_next: bool


class CustomerCommit(QObject):
    """One commit at a time. The same facts keep their command id, so a retry writes once."""

    saved = Signal(Saved)
    refused = Signal(TaskFailed)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._sent: tuple[CustomerFacts, UUID | None] | None = None
        self._command_id: UUID | None = None
        self._busy = False
        self._apply_next = False

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def send(self, facts: CustomerFacts, stored: Customer | None, *, apply_next: bool) -> None:
        """Register a new customer, or change a stored one."""
        if self._busy:
            return
        self._busy, self._apply_next = True, apply_next
        self._workbench.runner.submit(
            Task(
                self.tr("Saving the customer"),
                Lane.DATABASE,
                self._work(facts, stored),
                owner="customer_form",
                writes=True,
            ),
            self._done,
            self._failed,
        )

    def forget(self) -> None:
        """Begin with another customer."""
        self._sent = None

    def _work(self, facts: CustomerFacts, stored: Customer | None) -> Work:
        desk = self._workbench.desk
        sent = (facts, stored.customer_id if stored else None)
        if sent != self._sent or self._command_id is None:
            self._sent, self._command_id = sent, new_id(desk)
        command_id = self._command_id
        if stored is None:
            new = RegisterCustomer(command_id, facts)
            return lambda _control: register_customer(new, desk)
        change = UpdateCustomer(command_id, stored.customer_id, stored.version, facts)
        return lambda _control: update_customer(change, desk)

    def _done(self, answer: CustomerRegistered) -> None:
        self._busy = False
        self._sent = None
        self._workbench.notices.tell("customer", answer.customer_id)
        self.saved.emit(Saved(answer, self._apply_next))

    def _failed(self, failure: TaskFailed) -> None:
        self._busy = False
        self.refused.emit(failure)
