"""S21: everything the desk knows of one customer, on tabs."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act, may
from app.rules.rulebook import Rulebook
from app.services.read_customer import CustomerView, read_customer, reveal_pan
from app.services.steps.desk import Desk
from app.ui.actions.action_button import action_button
from app.ui.screens.customer.customer_head import CustomerHead
from app.ui.screens.customer.overview_tab import OverviewTab
from app.ui.screens.customer.profile_tab import ProfileTab
from app.ui.screens.customer.record_columns import (
    application_columns,
    loan_columns,
    note_columns,
    timeline_columns,
)
from app.ui.screens.customer.record_list import RecordList
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationRow, LoanRow

if TYPE_CHECKING:
    from db.records.applications import TrailEntry


def read_with_rules(customer_id: UUID, desk: Desk) -> tuple[CustomerView, Rulebook]:
    """The customer and the rules that say how late a loan is; database lane."""
    return read_customer(customer_id, desk), desk.rulebook()


class CustomerScreen(Screen):
    """Head, tabs; E edits, N starts an application."""

    name = "customer"
    rail = "customers"
    margins = (16, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry, theme = workbench.registry, workbench.theme
        self._edit = registry.create("customer.edit", self._edit_customer, self)
        self._start = registry.create("customer.start_application", self._start_application, self)
        self._reveal = registry.create("customer.reveal_pan", self._reveal_pan, self)
        self._customer_id: UUID | None = None
        self._view: CustomerView | None = None
        self._rulebook: Rulebook | None = None
        self._head = CustomerHead(action_button(self._reveal), self)
        self._overview = OverviewTab(theme)
        self._profile = ProfileTab()
        self._loans: RecordList[LoanRow] = RecordList(
            "table.loans", self.tr("Loans"), loan_columns(self._late), theme
        )
        self._applications: RecordList[ApplicationRow] = RecordList(
            "table.applications", self.tr("Applications"), application_columns(), theme
        )
        self._timeline: RecordList[TrailEntry] = RecordList(
            "table.timeline", self.tr("Timeline"), timeline_columns(), theme
        )
        self._notes: RecordList[TrailEntry] = RecordList(
            "table.notes", self.tr("Notes"), note_columns(), theme
        )
        self._tabs = Tabs()
        self._states = StateStack(self._tabs, workbench, self.tr("Reading the customer…"))
        self._build()
        self._applications.opened.connect(self._open_application)
        workbench.notices.changed.connect(self._note_change)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Show the customer `customer_id`."""
        customer_id = arguments.get("customer_id")
        if isinstance(customer_id, UUID) and customer_id != self._customer_id:
            self._customer_id = customer_id
            self._view = None
            self._head.hide()
            self._tabs.choose("overview")
            self.set_heading(Heading(self.tr("Customer"), self._crumbs()))
        self.clear_messages()

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there."""
        return self._states.waiting()

    def refresh(self) -> None:
        """Read the customer again."""
        customer_id, desk = self._customer_id, self.workbench.desk
        if customer_id is None:
            return
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_with_rules(customer_id, desk),
                key="customer.read",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        if self._view is None:
            self._states.loading(handle)

    def header_actions(self) -> list[QWidget]:
        """Edit, and the filled button: start application."""
        roles = self.workbench.person.roles
        buttons: list[QWidget] = []
        if may(roles, Act.REGISTER_CUSTOMER):
            buttons.append(action_button(self._edit))
        if may(roles, Act.ENTER_APPLICATION):
            buttons.append(action_button(self._start, "filled"))
        return buttons

    def busy_leaving(self) -> None:
        """Cover the PAN."""
        self._head.cover_pan()

    # Showing.

    def _show(self, answer: tuple[CustomerView, Rulebook]) -> None:
        view, self._rulebook = answer
        if view.customer.customer_id != self._customer_id:
            return
        self._view = view
        customer = view.customer
        may_reveal = may(self.workbench.person.roles, Act.REVEAL_PAN)
        self._head.show_customer(view, may_reveal=may_reveal)
        self._head.show()
        self._overview.show_customer(view)
        self._profile.show_customer(customer)
        self._loans.show_rows(view.loans, self.tr("No loans with us yet."))
        self._applications.show_rows(view.applications, self.tr("No applications yet."))
        newest_first = tuple(reversed(view.timeline))
        self._timeline.show_rows(newest_first, self.tr("Nothing has happened yet."))
        notes = tuple(entry for entry in newest_first if entry.note)
        self._notes.show_rows(notes, self.tr("No notes yet. Notes on decisions appear here."))
        self._name_tabs(view, len(notes))
        self._states.content()
        self.set_heading(Heading(customer.full_name, self._crumbs(), customer.full_name_local))

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _late(self, row: LoanRow) -> str:
        if self._rulebook is None:
            return UNKNOWN
        today = self.workbench.desk.clock.today()
        return str(days_past_due(row.oldest_unpaid_due, today, self._rulebook))

    def _name_tabs(self, view: CustomerView, notes: int) -> None:
        for name, words, count in (
            ("loans", self.tr("Loans"), len(view.loans)),
            ("applications", self.tr("Applications"), len(view.applications)),
            ("notes", self.tr("Notes"), notes),
        ):
            self._tabs.set_words(name, f"{words} {count}" if count else words)

    def _crumbs(self) -> tuple[Crumb, ...]:
        crumbs = (Crumb(self.tr("Customers"), "customers"),)
        return crumbs if self._view is None else (*crumbs, Crumb(self._view.customer.reference))

    # Acting.

    def _edit_customer(self) -> None:
        if self._customer_id is not None:
            self.workbench.navigate("customer_form", customer_id=self._customer_id)

    def _start_application(self) -> None:
        if self._customer_id is not None:
            self.workbench.navigate("application_form", customer_id=self._customer_id)

    def _open_application(self, row: object) -> None:
        if isinstance(row, ApplicationRow):
            self.workbench.navigate("decision", application_id=row.application_id)

    def _reveal_pan(self) -> None:
        customer_id, desk = self._customer_id, self.workbench.desk
        if customer_id is None:
            return
        self.workbench.runner.submit(
            Task(
                self.tr("Showing the PAN"),
                Lane.DATABASE,
                lambda _control: reveal_pan(customer_id, desk),
                owner=self.name,
                quiet=True,
                writes=True,
            ),
            self._head.show_pan,
            self._not_revealed,
        )

    def _not_revealed(self, failure: TaskFailed) -> None:
        self.show_message("warning", failure.sentence)

    def _note_change(self, change: Change) -> None:
        if self.isVisible() and (
            change.touches("customer", self._customer_id) or change.touches("application")
        ):
            self.refresh()

    def _build(self) -> None:
        for name, words, page in (
            ("overview", self.tr("Overview"), self._overview),
            ("profile", self.tr("Profile"), self._profile),
            ("loans", self.tr("Loans"), self._loans),
            ("applications", self.tr("Applications"), self._applications),
            ("timeline", self.tr("Timeline"), self._timeline),
            ("notes", self.tr("Notes"), self._notes),
        ):
            self._tabs.add(name, words, page)
        self.body.setSpacing(4)
        self._head.hide()
        self.body.addWidget(self._head)
        self.body.addWidget(self._states, 1)
