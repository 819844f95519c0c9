"""S20: the customers of the branch, searched and filtered in the book, with a quick look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.permissions import Act, may
from app.services.read_customer import CustomerView, read_customer
from app.ui.actions.action_button import action_button
from app.ui.screens.customers.customers_list import CustomersList
from app.ui.screens.customers.quick_look import QuickLook
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import KeyHints, label
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.workbench import Workbench
from db.records.lists import CustomerRow

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_LOOK_AFTER_MS = 120  # holding an arrow key reads nobody on the way


class CustomersScreen(Screen):
    """The list; Enter opens a customer, N starts an application, Ctrl+N a new customer."""

    name = "customers"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._open = registry.create("customer.open", self._open_current, self)
        self._new = registry.create("customer.new", self.new_item, self)
        self._start = registry.create("customer.start_application", self._start_application, self)
        self._list = CustomersList(workbench, self._new_button, self)
        start = action_button(self._start)
        start.show_icon("")  # two buttons fill the narrow panel
        self._look = QuickLook((action_button(self._open), start), self)
        self._look.hide()
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(_LOOK_AFTER_MS)
        self._looked_at: CustomerRow | None = None
        self._looking: TaskHandle | None = None
        self._status = label("", "small", "status.count")
        self._foot = self._make_footer()
        self.body.addWidget(self._list)
        self._connect()
        self.set_heading(Heading(self.tr("Customers")))

    # Hooks of the shell.

    def refresh(self) -> None:
        """Read the list again; filters, sort and place stay."""
        self._looked_at = None
        self._start.setVisible(may(self.workbench.person.roles, Act.ENTER_APPLICATION))
        self._list.read()

    def first_focus(self) -> QWidget:
        """The list."""
        return self._list.states

    def header_actions(self) -> list[QWidget]:
        """New customer, if this person may register one."""
        return [action_button(self._new)] if self._may_register() else []

    def context_panel(self) -> QWidget:
        """The quick look at the current row."""
        return self._look

    def footer(self) -> QWidget:
        """How many customers, and the keys of the list."""
        return self._foot

    def find_in_list(self) -> None:
        """Ctrl+F goes to the search box."""
        self._list.filters.start()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F shows every customer again."""
        self._list.filters.clear()

    def new_item(self) -> None:
        """Ctrl+N starts the form of a new customer."""
        if self._may_register():
            self.workbench.navigate("customer_form")

    def busy_leaving(self) -> None:
        """Let go of the reads nobody waits for."""
        self._stop_look()
        self._list.stop()

    # Acting.

    def _new_button(self) -> QWidget | None:
        return action_button(self._new, "plain", small=True) if self._may_register() else None

    def _may_register(self) -> bool:
        return may(self.workbench.person.roles, Act.REGISTER_CUSTOMER)

    def _open_current(self) -> None:
        self._open_row(self._list.current())

    def _open_row(self, row: object) -> None:
        if isinstance(row, CustomerRow):
            self.workbench.navigate("customer", customer_id=row.customer_id)

    def _start_application(self) -> None:
        row = self._list.current()
        if row is not None:
            self.workbench.navigate("application_form", customer_id=row.customer_id)

    # The quick look.

    def _current_changed(self, row: object) -> None:
        known = isinstance(row, CustomerRow)
        self._open.setEnabled(known)
        self._start.setEnabled(known)
        if not known:
            self._looked_at = None
            self._look.show_nothing()
        elif row != self._looked_at:
            self._look_timer.start()

    def _read_look(self) -> None:
        row, desk = self._list.current(), self.workbench.desk
        if row is None or desk.actor is None:
            return
        self._looked_at = row
        self._looking = self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_customer(row.customer_id, desk),
                key="customers.look",
                owner=self.name,
                quiet=True,
            ),
            self._look_at,
            self._look_failed,
        )

    def _stop_look(self) -> None:
        """Nobody waits for the quick look any more; the row is looked at anew when it comes."""
        self._look_timer.stop()
        if self._looking is not None and self._looking.waiting:
            self._looking.cancel()
            self._looked_at = None

    def _look_at(self, view: CustomerView) -> None:
        row = self._list.current()
        if row is not None and row.customer_id == view.customer.customer_id:
            self._look.show_customer(view)

    def _look_failed(self, failure: TaskFailed) -> None:
        self._look.show_failure(failure)

    def _note_change(self, change: Change) -> None:
        if change.touches("customer") and self.isVisible():
            self.refresh()

    def _say_count(self, words: str) -> None:
        self._status.setText(words)
        self._status.setAccessibleName(words)

    def _make_footer(self) -> QWidget:
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._status)
        line.addStretch(1)
        hints = (
            ("Enter", self.tr("open")),
            ("N", self.tr("start application")),
            ("Ctrl+F", self.tr("find in list")),
        )
        line.addWidget(KeyHints(hints))
        foot.hide()
        return foot

    def _connect(self) -> None:
        self._list.opened.connect(self._open_row)
        self._list.current_changed.connect(self._current_changed)
        self._list.cancelled.connect(self._stop_look)
        self._list.count_said.connect(self._say_count)
        self._look_timer.timeout.connect(self._read_look)
        self.workbench.notices.changed.connect(self._note_change)
