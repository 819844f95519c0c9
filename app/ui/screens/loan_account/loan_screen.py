"""S61: a loan's account, today or as on an earlier day, on tabs."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees_shown
from app.rules.permissions import Act, may
from app.services.read_classification import Classification, read_classification
from app.services.read_loan import LoanAccount, ReadLoan, read_loan
from app.services.steps.desk import Desk
from app.services.steps.loan_owed import OPEN
from app.ui.actions.action_button import action_button
from app.ui.cards.contact_strip import ContactLoan, ContactStrip
from app.ui.screens.loan_account.account_tabs import AccountTabs
from app.ui.screens.loan_account.account_words import tr
from app.ui.screens.loan_account.head_tiles import HeadTiles
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.labels import label
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import LoanStatus

_GAP = 12


class _Read(NamedTuple):
    """An account, and why it stands in its class: of today alone."""

    account: LoanAccount
    why: Classification | None


def _read(request: ReadLoan, desk: Desk) -> _Read:
    account = read_loan(request, desk)
    why = None if account.past else read_classification(account.loan.loan_id, desk)
    return _Read(account, why)


class LoanScreen(Screen):
    """Head, tabs, and the day as on which all of it stands."""

    name = "loan"
    rail = "loans"
    margins = (16, 0, 16, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._loan: UUID | None = None
        self._account: LoanAccount | None = None
        self._given = False  # the day is being set by the page itself
        self._written = ""  # said once what was written has been read again
        create = workbench.registry.create
        self._statement = create("loan.statement", partial(self._open, "statement"), self)
        self._disburse = create("loan.disburse", self._open_disbursement, self)
        self._pay = create("loan.record_payment", partial(self._open, "payment"), self)
        self._change = create("loan.change", partial(self._open, "loan_change"), self)
        self._quote = create("loan.quote", self._open_quote, self)
        self._log = create("loan.log_contact", self._log_contact, self)
        self._contact = ContactStrip(workbench)
        self._tiles = HeadTiles()
        self._tabs = AccountTabs(workbench)
        self._day = _day_field(workbench.desk.clock.today)
        self._day.value_changed.connect(self._look_at_day)
        self._tabs.documents_asked.connect(self._open_documents)
        self._tabs.said.connect(self._tell)
        self._contact.closed.connect(self._tabs.setFocus)
        self._contact.written.connect(self._note_written)
        self._contact.failed.connect(lambda failure: self._tell("bad", failure.sentence))
        self._states = StateStack(self._content(), workbench, self.tr("Reading the account…"))
        self.body.addWidget(self._states, 1)
        workbench.notices.changed.connect(self._note_change)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Show the loan `loan_id`."""
        loan_id = arguments.get("loan_id")
        if isinstance(loan_id, UUID) and loan_id != self._loan:
            self._loan, self._account = loan_id, None
            self._contact.go_back()
            self._set_day(None)
            self._tabs.start()
            self._states.forget()
            self.set_heading(Heading(self.tr("Loan"), self._crumbs()))
        self.clear_messages()

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there."""
        return self._states.waiting()

    def refresh(self) -> None:
        """Read the account again, on the day that is shown."""
        loan, day, desk = self._loan, self._day.value(), self.workbench.desk
        if loan is None:
            return
        request = ReadLoan(loan, day)
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the account"),
                Lane.DATABASE,
                lambda _control: _read(request, desk),
                key="loan.account",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    def header_actions(self) -> list[QWidget]:
        """What can be done with the account; the page's own work is the last and filled."""
        self._follow()
        first = (self._log, self._quote, self._change, self._statement)
        actions = (*first, self._disburse, self._pay)
        return [action_button(each) for each in actions]

    # Showing.

    def _show(self, read: _Read) -> None:
        account = read.account
        if account.loan.loan_id != self._loan:
            return
        self._account = account
        self._states.content()  # first, so that lists know how much of them is seen
        self._tiles.show_account(account)
        self._tabs.show_account(account, read.why)
        self._follow()
        self.clear_messages()
        if self._written:
            self.show_message("good", self._written)
            self._written = ""
        if account.past:
            self._contact.go_back()
            words = self.tr("The account as on %1, by what is known today. Nothing can be changed.")
            back = state_button(self.tr("Back to today"), self._back_to_today, "link")
            self.show_message("info", words.replace("%1", date_shown(account.on)), [back])
        self.set_heading(_heading(account, self._crumbs()))

    def _failed(self, failure: TaskFailed) -> None:
        problem = failure.fields.get("as_of_date", "")
        if problem:
            self._states.content()
            self.clear_messages()
            self.show_message("warning", problem)
            return
        self._states.failed(failure, self.refresh)

    def _crumbs(self) -> tuple[Crumb, ...]:
        crumbs = (Crumb(self.tr("Loans"), "loans"),)
        return crumbs if self._account is None else (*crumbs, Crumb(self._account.loan.reference))

    # Acting.

    def _follow(self) -> None:
        """Offer what this person may do with this account now."""
        account, roles = self._account, self.workbench.person.roles
        open_now = account is not None and not account.past and account.loan.status in OPEN
        left = 0 if account is None else account.to_pay_out_paise
        self._pay.setVisible(open_now and may(roles, Act.POST_REPAYMENT))
        self._disburse.setVisible(bool(open_now and left) and may(roles, Act.DISBURSE_LOAN))
        self._quote.setVisible(open_now)
        self._log.setVisible(open_now and may(roles, Act.FOLLOW_UP_BORROWER))
        # What comes in on a loan that was written off is recorded on the page of changes.
        over = account is not None and account.loan.status is LoanStatus.WRITTEN_OFF
        # Follow-up may ask for a restructuring, which a loan that is over has no more.
        needed = Act.PROPOSE_LOAN_CHANGE if over else Act.PROPOSE_RESTRUCTURE
        self._change.setVisible((open_now or over) and may(roles, needed))

    def _log_contact(self) -> None:
        account = self._account
        if account is not None:
            loan = account.loan
            self._contact.ask(account.full_name, [ContactLoan(loan.loan_id, loan.reference)])

    def _tell(self, level: str, words: str) -> None:
        self.clear_messages()
        self.show_message(level, words)

    def _note_written(self, words: str) -> None:
        self._written = words
        self._tabs.setFocus()

    def _open_disbursement(self) -> None:
        if self._account is not None:
            application_id = self._account.loan.application_id
            self.workbench.navigate("disbursement", application_id=application_id)

    def _look_at_day(self, _value: object) -> None:
        if (
            not self._given
            and self._loan is not None
            and (self._day.value() or self._day.is_empty())
        ):
            self.refresh()

    def _back_to_today(self) -> None:
        self._set_day(None)
        self.refresh()

    def _set_day(self, day: date | None) -> None:
        """Show a day without reading: whoever asks for it reads next."""
        self._given = True
        self._day.set_value(day)
        self._given = False

    def _open_quote(self) -> None:
        if self._account is not None:
            loan_id = self._account.loan.loan_id
            self.workbench.navigate("loan_change", loan_id=loan_id, change=LoanAct.FORECLOSURE)

    def _open(self, screen: str) -> None:
        if self._account is not None:
            self.workbench.navigate(screen, loan_id=self._account.loan.loan_id)

    def _open_documents(self) -> None:
        if self._account is not None:
            application_id = self._account.loan.application_id
            self.workbench.navigate("documents", application_id=application_id)

    def _note_change(self, change: Change) -> None:
        if change.touches("loan", self._loan) and self.isVisible():
            self.refresh()

    def _content(self) -> QWidget:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP)
        lines.addWidget(self._tiles)
        lines.addWidget(self._contact)
        self._tabs.bar.addWidget(label(self.tr("As on"), "muted"))
        self._tabs.bar.addWidget(self._day)
        lines.addWidget(self._tabs, 1)
        return content


def _day_field(today: Callable[[], date]) -> DateEdit:
    day = DateEdit("as_of_date", today)
    day.setAccessibleName(tr("As on date"))
    day.setFixedWidth(DateEdit.field_width)
    day.setPlaceholderText(tr("Today"))
    return day


def _heading(account: LoanAccount, crumbs: tuple[Crumb, ...]) -> Heading:
    loan = account.loan
    words = tr("%1, %2 at %3 for %4 months").replace("%1", account.product_name)
    words = words.replace("%2", rupees_shown(loan.principal_paise))
    words = words.replace("%3", percent_shown(loan.rate_ppm))
    words = words.replace("%4", str(loan.tenure_months))
    title = tr("%1, Loan %2").replace("%1", account.full_name).replace("%2", loan.reference)
    return Heading(account.full_name, crumbs, words, title)
