"""S20: the customers of the branch, searched and filtered in the book, with a quick look."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.rules.permissions import Act, may
from app.rules.rulebook import Rulebook
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
        self._table = TableView("table.customers", self.tr("Customers"), edge=16)
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
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(_LOOK_AFTER_MS)
        self._looked_at: CustomerRow | None = None
        self._sort, self._descending = "full_name", False
        self._status = label("", "small", "status.count")
        self._foot = self._make_footer()
        self._build()
        self._connect()
        self.set_heading(Heading(self.tr("Customers")))

    # Hooks of the shell.

    def refresh(self) -> None:
        """Read the list again from its first page."""
        self._looked_at = None
        self._states.loading()
        self._read_rules()
        self._restart()

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
        return self._filters.narrowed(self._sort, descending=self._descending)

    def _read_rules(self) -> None:
        desk = self.workbench.desk
        self.workbench.runner.submit(
            Task(
                self.tr("Reading the rules"),
                Lane.DATABASE,
                lambda _control: desk.rulebook(),
                key="customers.rules",
                owner=self.name,
                quiet=True,
            ),
            self._take_rules,
        )

    def _take_rules(self, rulebook: Rulebook) -> None:
        self._late.rulebook = rulebook
        self._table.viewport().update()

    def _restart(self) -> None:
        self._status.setText(self.tr("Counting…"))
        self._source.restart()

    def _sort_by(self, key: str, descending: bool) -> None:  # noqa: FBT001  # slot of a signal
        self._sort, self._descending = key, descending
        self._table.mark_sort(key, descending=descending)
        self._restart()

    def _first_page(self, count: int) -> None:
        self._filters.offer_cities(self._cities())
        if count:
            self._states.content()
        elif self._filters.narrowing:
            self._states.no_match(self._no_match_words(), self._ways_on())
        else:
            self._states.empty(self.tr("No customers yet."), self._new_button())

    def _counted(self, total: int) -> None:
        mine = self._narrowed().scope is Scope.MINE
        whose = self.tr("assigned to me") if mine else self.tr("in this branch")
        noun = self.tr("customer") if total == 1 else self.tr("customers")
        self._status.setText(f"{total:,} {noun}, {whose}")
        self._status.setAccessibleName(self._status.text())

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _cities(self) -> set[str]:
        rows = (self._rows.row_at(row) for row in range(self._rows.rowCount()))
        return {row.city for row in rows if row is not None}

    def _no_match_words(self) -> str:
        text = self._filters.search_text
        if not text:
            return self.tr("No customer matches these filters.")
        return self.tr("No customer matches “%1”.").replace("%1", text)

    def _ways_on(self) -> list[QWidget]:
        clear = QPushButton(self.tr("Clear filters"))
        clear.setProperty("small", "true")
        clear.clicked.connect(self._filters.clear)
        new = self._new_button()
        return [clear] if new is None else [clear, new]

    def _new_button(self) -> QWidget | None:
        return action_button(self._new, "plain", small=True) if self._may_register() else None

    def _may_register(self) -> bool:
        return may(self.workbench.person.roles, Act.REGISTER_CUSTOMER)

    # The quick look.

    def _current_changed(self, row: object) -> None:
        known = isinstance(row, CustomerRow)
        self._open.setEnabled(known)
        self._start.setEnabled(known)
        if known and row != self._looked_at:
            self._look_timer.start()

    def _read_look(self) -> None:
        row, desk = self._table.current_row(), self.workbench.desk
        if not isinstance(row, CustomerRow) or desk.actor is None:
            return
        self._looked_at = row
        self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_customer(row.customer_id, desk),
                key="customers.look",
                owner=self.name,
                quiet=True,
            ),
            self._look_at,
            self._look.show_failure,
        )

    def _look_at(self, view: CustomerView) -> None:
        row = self._table.current_row()
        if isinstance(row, CustomerRow) and row.customer_id == view.customer.customer_id:
            self._look.show_customer(view)

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

    def _note_change(self, change: Change) -> None:
        if change.touches("customer") and self.isVisible():
            self.refresh()

    def _build(self) -> None:
        self._table.mark_sort(self._sort)
        self.body.setSpacing(0)
        self.body.addWidget(self._filters)
        self.body.addWidget(hair())
        self.body.addWidget(self._states, 1)

    def _make_footer(self) -> QWidget:
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._status)
        line.addStretch(1)
        hints = (
            ("Enter", self.tr("open")),
            ("N", self.tr("start application")),
            ("Ctrl+F", self.tr("find in list")),
        )
        line.addWidget(KeyHints(hints))
        return foot

    def _connect(self) -> None:
        self._table.opened.connect(self._open_row)
        self._table.current_changed.connect(self._current_changed)
        self._table.sort_asked.connect(self._sort_by)
        self._filters.changed.connect(self._restart)
        self._source.first_page.connect(self._first_page)
        self._source.counted.connect(self._counted)
        self._source.failed.connect(self._failed)
        self._look_timer.timeout.connect(self._read_look)
        self.workbench.notices.changed.connect(self._note_change)
