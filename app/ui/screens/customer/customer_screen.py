"""S21: everything the desk knows of one customer, on tabs."""

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.permissions import Act, may
from app.services.read_customer import reveal_pan
from app.services.read_customer_overview import AttentionLine, read_customer_head
from app.services.read_customer_overview import CustomerHead as HeadFacts
from app.ui.actions.action_button import action_button
from app.ui.screens.customer.attention_card import attention_goal
from app.ui.screens.customer.contact_asking import ContactAsking
from app.ui.screens.customer.customer_head import CustomerHead
from app.ui.screens.customer.customer_tabs import CustomerTabs
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench


class CustomerScreen(Screen):
    """Head, tabs; E edits, N starts an application, C corrects a fact, L logs a contact."""

    name = "customer"
    rail = "customers"
    margins = (16, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        create = workbench.registry.create
        self._edit = create("customer.edit", self._edit_customer, self)
        self._start = create("customer.start_application", self._start_application, self)
        self._reveal = create("customer.reveal_pan", self._reveal_pan, self)
        self._log = create("customer.log_contact", self._log_contact, self)
        self._contact = ContactAsking(workbench, self)
        self._customer_id: UUID | None = None
        self._facts: HeadFacts | None = None
        self._head = CustomerHead(action_button(self._reveal), self)
        self._tabs = CustomerTabs(workbench, self)
        self._tabs.setProperty(
            "margin", 16
        )  # its pages keep their own, so that they scroll at the edge
        self._states = StateStack(self._tabs, workbench, self.tr("Reading the customer…"))
        self._build()
        self._tabs.application_opened.connect(self._open_application)
        self._tabs.loan_opened.connect(self._open_loan)
        self._tabs.overview.attended.connect(self._attend)
        self._tabs.profile.refused.connect(self._say)
        self._contact.said.connect(self._tell)
        for left in (self._contact.strip.closed, self._contact.strip.written):
            left.connect(lambda *_words: self._tabs.setFocus())
        workbench.notices.changed.connect(self._note_change)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Show the customer `customer_id`, on its `tab` if one is named."""
        customer_id, tab = arguments.get("customer_id"), arguments.get("tab")
        if isinstance(customer_id, UUID) and customer_id != self._customer_id:
            self._customer_id = customer_id
            self._facts = None
            self._contact.forget()
            self._head.hide()
            self._states.forget()
            self._tabs.start(customer_id)
            self.set_heading(Heading(self.tr("Customer"), self._crumbs()))
        if isinstance(tab, str):
            self._tabs.choose(tab)
        self.clear_messages()

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there."""
        return self._states.waiting()

    def refresh(self) -> None:
        """Read the head and the tab that is shown again."""
        if self._customer_id is not None:
            self._read_head(self._customer_id)
            self._tabs.read_again()

    def header_actions(self) -> list[QWidget]:
        """Log a contact, edit, and the filled button: start application."""
        roles = self.workbench.person.roles
        buttons: list[QWidget] = []
        if may(roles, Act.FOLLOW_UP_BORROWER):
            buttons.append(action_button(self._log))
        if may(roles, Act.REGISTER_CUSTOMER):
            buttons.append(action_button(self._edit))
        if may(roles, Act.ENTER_APPLICATION):
            buttons.append(action_button(self._start, "filled"))
        return buttons

    def busy_leaving(self) -> None:
        """Cover the PAN."""
        self._head.cover_pan()

    # Showing.

    def _read_head(self, customer_id: UUID) -> None:
        desk = self.workbench.desk
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_customer_head(customer_id, desk),
                key="customer.head",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        if self._facts is None:
            self._states.loading(handle, self.refresh)

    def _show(self, head: HeadFacts) -> None:
        customer = head.customer
        if customer.customer_id != self._customer_id:
            return
        self._facts = head
        self._head.show_customer(head, may_reveal=may(self.workbench.person.roles, Act.REVEAL_PAN))
        self._head.show()
        self._states.content()
        self.set_heading(Heading(customer.full_name, self._crumbs(), customer.full_name_local))

    def _failed(self, failure: TaskFailed) -> None:
        if self._facts is not None and failure.offline:
            self._states.keep()  # the tab below was read at the same moment and says it
            return
        self._states.failed(failure, self.refresh)

    def _crumbs(self) -> tuple[Crumb, ...]:
        crumbs = (Crumb(self.tr("Customers"), "customers"),)
        return crumbs if self._facts is None else (*crumbs, Crumb(self._facts.customer.reference))

    def _say(self, failure: TaskFailed) -> None:
        self._tell("warning", failure.sentence)

    def _tell(self, level: str, words: str) -> None:
        self.clear_messages()
        self.show_message(level, words)

    # Acting.

    def _edit_customer(self) -> None:
        if self._customer_id is not None:
            on_profile = self._tabs.current_name == "profile"
            section = self._tabs.profile.section() if on_profile else ""
            named = {"section": section} if section else {}
            self.workbench.navigate("customer_form", customer_id=self._customer_id, **named)

    def _log_contact(self) -> None:
        if self._customer_id is not None and self._facts is not None:
            self._contact.ask(self._customer_id, self._facts.customer.full_name)

    def _start_application(self) -> None:
        if self._customer_id is not None:
            self.workbench.navigate("application_form", customer_id=self._customer_id)

    def _open_application(self, application_id: object) -> None:
        if isinstance(application_id, UUID):
            self.workbench.navigate("decision", application_id=application_id)

    def _open_loan(self, loan_id: object) -> None:
        if isinstance(loan_id, UUID):
            self.workbench.navigate("loan", loan_id=loan_id)

    def _attend(self, line: AttentionLine) -> None:
        screen, arguments = attention_goal(line)
        if screen:
            self.workbench.navigate(screen, **arguments)
        else:
            self._tabs.choose(str(arguments["tab"]))

    def _reveal_pan(self) -> None:
        customer_id, desk = self._customer_id, self.workbench.desk
        if customer_id is None:
            return
        self.workbench.runner.submit(
            Task(
                self.tr("Showing the PAN"),
                Lane.DATABASE,
                lambda _control: (customer_id, reveal_pan(customer_id, desk)),
                owner=self.name,
                quiet=True,
                writes=True,
            ),
            self._show_pan,
            self._say,
        )

    def _show_pan(self, answer: tuple[UUID, str]) -> None:
        """Show it unless another customer is on the page by now."""
        if answer[0] == self._customer_id and self.isVisible():
            self._head.show_pan(answer[1])

    def _note_change(self, change: Change) -> None:
        if self._customer_id is None:
            return
        own = change.touches("customer", self._customer_id)
        if own and self.isVisible():
            self._read_head(self._customer_id)
        if self.isVisible() and (own or change.kind in {"application", "loan", "draft"}):
            self._tabs.note_change(change)

    def _build(self) -> None:
        self.body.setSpacing(4)
        self._head.hide()
        self.body.addWidget(self._head)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 16, 4)
        line.addWidget(self._contact.strip)
        self.body.addLayout(line)
        self.body.addWidget(self._states, 1)
