"""A tab of S21: read by a job of its own when it is first shown, with states of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.steps.desk import Desk
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench

Reader = Callable[[UUID, Desk], object]


@dataclass(frozen=True, slots=True)
class Read:
    """An answer with the customer it was read for."""

    customer_id: UUID
    answer: object


class CustomerTab(QWidget):
    """One tab. A subclass gives `hold` its content and shows answers in `show_answer`.

    Attributes:
        customer_id: whose tab it is, None before the first.
        states: loading, content, empty or error of this tab alone.
    """

    def __init__(self, workbench: Workbench, name: str, title: str, read: Reader) -> None:
        super().__init__()
        self.workbench = workbench
        self.customer_id: UUID | None = None
        self._name = name
        self._title = title
        self._reader = read
        self._known: UUID | None = None
        self.states: StateStack

    def hold(self, content: QWidget, above: QWidget | None = None) -> None:
        """Put the content in, and what stands over it in every state; call it once."""
        self.states = StateStack(content, self.workbench, f"{self._title}…")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        if above is not None:
            lines.addWidget(above)
        lines.addWidget(self.states, 1)

    def start(self, customer_id: UUID) -> None:
        """Another customer: nothing is read before the tab is shown."""
        self.customer_id = customer_id
        self._known = None
        self.states.forget()

    def out_of_date(self) -> None:
        """What is shown may have changed: it is read again when the tab is shown next."""
        self._known = None

    def ensure(self) -> None:
        """Read unless this customer is shown already."""
        if self._known != self.customer_id:
            self.refresh()

    def refresh(self) -> None:
        """Read again; an older read of this tab is given up."""
        customer_id, desk, read = self.customer_id, self.workbench.desk, self._reader
        if customer_id is None:
            return
        self._known = customer_id
        handle = self.workbench.runner.submit(
            Task(
                self._title,
                Lane.DATABASE,
                lambda _control: Read(customer_id, read(customer_id, desk)),
                key=f"customer.{self._name}",
                owner="customer",
                quiet=True,
            ),
            self._take,
            self.failed,
        )
        self.states.loading(handle, self.refresh)

    def show_answer(self, answer: object) -> None:
        """What a subclass does with what was read; it calls `states.content` or `.empty`."""

    def failed(self, failure: TaskFailed) -> None:
        """Say it on this tab; the others are not touched."""
        self._known = None
        self.states.failed(failure, self.refresh)

    def _take(self, read: Read) -> None:
        if read.customer_id == self.customer_id:
            self.show_answer(read.answer)
