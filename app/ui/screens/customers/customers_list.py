"""Filters, table and states of the customers list: pages by key, one count per filter change."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.permissions import Act, may
from app.rules.rulebook import Rulebook
from app.services.find_customers import (
    CustomersCounted,
    CustomersFound,
    FindCustomers,
    count_customers,
    find_customers,
)
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import PAGE_ROWS, WindowedModel
from app.ui.screens.customers.customer_columns import customer_columns
from app.ui.screens.customers.customer_filters import CustomerFilters
from app.ui.screens.customers.late_days import LateDays
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.list_place import ListPlace
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import CustomerFilter, CustomerRow
from db.vocabulary.people import Scope

NewButton = Callable[[], QWidget | None]


class CustomersList(QWidget):
    """The list of S20.

    Signals:
        opened, current_changed: carry a CustomerRow (or None).
        count_said: the words under the list.
        cancelled: the person pressed Cancel.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    count_said = Signal(str)
    cancelled = Signal()

    def __init__(
        self, workbench: Workbench, new_button: NewButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._new_button = new_button
        self._counted_words = ""
        self._sort, self._descending = "full_name", False
        self._late = LateDays(lambda: workbench.desk.clock.today())  # noqa: PLW0108  # sign-in replaces the desk
        self.filters = CustomerFilters(self)
        self.table = TableView("table.customers", self.tr("Customers"), edge=16)
        self._rows: WindowedModel[CustomerRow] = WindowedModel(
            customer_columns(self._late), workbench.theme, self
        )
        self.table.set_records(self._rows)
        self.table.mark_sort(self._sort)
        self.states = StateStack(self.table, workbench, self.tr("Reading customers…"))
        self._source = PagedSource(
            self._rows, workbench.runner, self.tr("Reading customers"), self._page, self._count
        )
        self._build()
        self._place = ListPlace(self.table, self._source.first_page, self._source.counted)

    def read(self) -> None:
        """Read the list again and stay where one stands in it."""
        self._place.keep()
        desk = self._workbench.desk
        self._workbench.runner.submit(
            Task(
                self.tr("Reading the rules"),
                Lane.DATABASE,
                lambda _control: desk.rulebook(),
                key="customers.rules",
                owner="customers",
                quiet=True,
            ),
            self._take_rules,
        )
        self._read_list()

    def _register(self, search: str) -> None:
        """Start a new customer with the name searched for."""
        self._workbench.navigate("customer_form", full_name=search.title())

    def cancel(self) -> None:
        """The person pressed *Cancel*: nothing that is on its way is shown."""
        self._source.cancel()
        self.count_said.emit(self._counted_words)
        self.cancelled.emit()

    def stop(self) -> None:
        """Let go of the reads nobody waits for."""
        self._source.stop()

    def current(self) -> CustomerRow | None:
        """The current row."""
        row = self.table.current_row()
        return row if isinstance(row, CustomerRow) else None

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.filters)
        rows.addWidget(hair())
        rows.addWidget(self.states, 1)
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(self.current_changed)
        self.table.sort_asked.connect(self._sort_by)
        self.filters.changed.connect(self._restart)
        self._source.first_page.connect(self._first_page)
        self._source.counted.connect(self._counted)
        self._source.failed.connect(self._failed)

    def _page(self, after: str | None, limit: int) -> Callable[[TaskControl], CustomersFound]:
        request, desk = FindCustomers(self._narrowed(), limit, after), self._workbench.desk
        return lambda _control: find_customers(request, desk)

    def _count(self) -> Callable[[TaskControl], CustomersCounted]:
        narrowed, desk = self._narrowed(), self._workbench.desk
        return lambda _control: count_customers(narrowed, desk)

    def _narrowed(self) -> CustomerFilter:
        return self.filters.narrowed(self._sort, descending=self._descending)

    def _take_rules(self, rulebook: Rulebook) -> None:
        self._late.rulebook = rulebook
        self.table.viewport().update()

    def _restart(self) -> None:
        """Another filter or sort: begin at the first row."""
        self._place.forget()
        self._read_list()

    def _read_list(self) -> None:
        self.count_said.emit(self.tr("Counting…"))
        self._source.restart()
        self.states.loading(self, self.read)

    def _sort_by(self, key: str, descending: bool) -> None:  # noqa: FBT001  # slot of a signal
        self._sort, self._descending = key, descending
        self.table.mark_sort(key, descending=descending)
        self._restart()

    def _first_page(self, count: int) -> None:
        self.filters.offer_cities(self._cities())
        if count:
            self.states.content()
            return
        self.current_changed.emit(None)
        if self.filters.narrowing:
            self._no_match()
        else:
            self.states.empty(self.tr("No customers yet."), self._new_button())

    def _counted(self, total: int) -> None:
        mine = self._narrowed().scope is Scope.MINE
        whose = self.tr("assigned to me") if mine else self.tr("in this branch")
        noun = self.tr("customer") if total == 1 else self.tr("customers")
        self._counted_words = f"{total:,} {noun}, {whose}"
        self.count_said.emit(self._counted_words)

    def _failed(self, failure: TaskFailed) -> None:
        self.count_said.emit(self._counted_words)
        self.states.failed(failure, self.read)

    def _cities(self) -> set[str]:
        rows = (self._rows.row_at(row) for row in range(min(self._rows.rowCount(), PAGE_ROWS)))
        return {row.city for row in rows if row is not None}

    def _no_match(self) -> None:
        text = self.filters.search_text
        words, ways = self.tr("No customer matches these filters."), list[QWidget]()
        if text:
            words = self.tr("No customer matches “%1”.").replace("%1", text)
            words, ways = self._with_meant(words)
        ways.append(state_button(self.tr("Clear filters"), self.filters.clear))
        if text and may(self._workbench.person.roles, Act.REGISTER_CUSTOMER) and _is_name(text):
            create = self.tr("Create “%1”").replace("%1", text)
            ways.append(state_button(create, partial(self._register, text)))
        self.states.no_match(words, ways)

    def _with_meant(self, words: str) -> tuple[str, list[QWidget]]:
        """The sentence, and the search for the name that a misspelt one may have meant."""
        found = self._source.first
        meant = found.suggestion if isinstance(found, CustomersFound) else None
        if meant is None:
            return words, []
        words += " " + self.tr("Did you mean “%1”?").replace("%1", meant)
        search = self.tr("Search for %1").replace("%1", meant)
        return words, [state_button(search, partial(self.filters.search_for, meant))]


def _is_name(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)
