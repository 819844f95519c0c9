"""S20: the customers of the branch, searched and filtered in the book, with a quick look."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.rules.permissions import Act, may
from app.services.find_customers import (
    CustomersCounted,
    FindCustomers,
    count_customers,
    find_customers,
)
from app.ui.actions.action_button import action_button
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.screens.customers.customer_columns import customer_columns
from app.ui.screens.customers.customer_filters import CustomerFilters
from app.ui.screens.customers.late_days import LateDays
from app.ui.screens.customers.quick_look import QuickLook
from app.ui.tasks.task import TaskControl
from app.ui.widgets.labels import label
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import CustomerFilter, CustomerRow, Page
from db.vocabulary.people import Scope

_LOOK_AFTER_MS = 120  # holding an arrow key reads nobody on the way


class CustomersScreen(Screen):
    """The list; Enter opens a customer, N starts an application, Ctrl+N a new customer."""

    name = "customers"
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._open = registry.create("customer.open", self._open_current, self)
        self._new = registry.create("customer.new", self.new_item, self)
        self._start = registry.create("customer.start_application", self._start_application, self)
        self._filters = CustomerFilters(self)
        self._table = TableView("table.customers", self.tr("Customers"))
        self._late = LateDays(lambda: self.workbench.desk.clock.today())
        self._rows: WindowedModel[CustomerRow] = WindowedModel(
            customer_columns(self._late), workbench.theme
        )
        self._table.set_records(self._rows)
        self._states = StateStack(self._table, workbench.runner, self.tr("Reading customers…"))
        self._source = PagedSource(
            self._rows, workbench.runner, self.tr("Reading customers"), self._page, self._count
        )
        self._look = QuickLook(
            (action_button(self._open), action_button(self._start)),
            self,
        )
        self._look_timer = QTimer(self)
        self._looked_at: CustomerRow | None = None
        self._status = label("", "small", "status.count")
        self._foot = self._make_footer()
        self._build()
        self._connect()
        self.set_heading(Heading(self.tr("Customers")))

    # Hooks of the shell.

    def refresh(self) -> None:
        """Read the list again from its first page."""
        self._rows.reset()
        self._looked_at = None
        self._states.loading(None)
        self._source.restart()

    def header_actions(self) -> list[QWidget]:
        """New customer, if this person may register one."""
        if not may(self.workbench.person.roles, Act.REGISTER_CUSTOMER):
            return []
        return [action_button(self._new)]

    def context_panel(self) -> QWidget:
        """The quick look at the current row."""
        return self._look

    def footer(self) -> QWidget:
        """How many customers, and the keys of the list."""
        return self._foot

    def find_in_list(self) -> None:
        """Ctrl+F goes to the search box."""
        self._filters.start()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F shows every customer again."""
        self._filters.clear()

    def new_item(self) -> None:
        """Ctrl+N starts the form of a new customer."""
        self.workbench.navigate("customer_form")

    # Reading.

    def _page(self, after: str | None, limit: int) -> Callable[[TaskControl], Page[CustomerRow]]:
        request, desk = FindCustomers(self._narrowed(), limit, after), self.workbench.desk
        return lambda _control: find_customers(request, desk).page

    def _count(self) -> Callable[[TaskControl], CustomersCounted]:
        narrowed, desk = self._narrowed(), self.workbench.desk
        return lambda _control: count_customers(narrowed, desk)

    def _narrowed(self) -> CustomerFilter:
        sort, descending = self._table.sorted_by("full_name")
        return self._filters.narrowed(sort, descending=descending)

    def _counted(self, counted: CustomersCounted) -> None:
        self._status.setText(self._count_words(counted.total))
        if counted.total:
            self._states.content()
        elif self._filters.narrowing:
            self._states.no_match(self._no_match_words(), (self._clear_button, self._new_button))
        else:
            self._states.empty(self.tr("No customers yet"), self._new_button)

    def _count_words(self, total: int) -> str:
        mine = self._narrowed().scope is Scope.MINE
        whose = self.tr("assigned to me") if mine else self.tr("of this branch")
        noun = self.tr("customer") if total == 1 else self.tr("customers")
        return f"{total:,} {noun}, {whose}"

    def _no_match_words(self) -> str:
        text = self._filters.search_text
        if not text:
            return self.tr("No customer matches these filters")
        return self.tr("No customer matches “%1”").replace("%1", text)

    # Acting.

    def _open_current(self) -> None:
        self._open_row(self._table.current_row())

    def _open_row(self, row: object) -> None:
        if isinstance(row, CustomerRow):
            self.workbench.navigate("customer", customer_id=row.customer_id)

    def _start_application(self) -> None:
        row = self._table.current_row()
        if isinstance(row, CustomerRow):
            self.workbench.navigate("application_form", customer_id=row.customer_id)
