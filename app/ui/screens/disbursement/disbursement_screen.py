"""S63: the checks before a loan is paid out, the payment, and the schedule that it starts."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.rules.money import rupees_shown
from app.services.disburse_loan import ProposeDisbursement, propose_disbursement
from app.services.read_disbursement import DisbursementView, read_disbursement
from app.services.steps.desk import Desk
from app.services.steps.disbursement_answer import DisbursementAnswer
from app.services.steps.disbursement_checks import DisbursementCheck, DisbursementCheckCode
from app.services.steps.disbursement_terms import DisbursementTerms
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.disbursement.payment_bar import PaymentBar
from app.ui.screens.disbursement.payment_page import PaymentPage
from app.ui.screens.disbursement.payment_strip import Asked, Sent
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed, TaskProgress
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench

_PAUSE_MS = 300  # of typing, before the checks are made again


def look(
    application_id: UUID,
    desk: Desk,
    terms: DisbursementTerms | None,
    arrived: list[DisbursementCheck],
) -> Callable[[TaskControl], DisbursementView]:
    """Make the checks of a payment, each told as it is made (database lane)."""

    def work(control: TaskControl) -> DisbursementView:
        def tell(check: DisbursementCheck) -> None:
            arrived.append(check)
            control.progress(len(arrived), len(DisbursementCheckCode))

        return read_disbursement(application_id, desk, terms, tell)

    return work


class DisbursementScreen(Screen):
    """Checks and payment at the left, the loan that comes of it at the right."""

    name = "disbursement"
    rail = "applications"
    margins = (16, 0, 16, 8)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._application_id: UUID | None = None
        self._view: DisbursementView | None = None
        self._sending = False
        self._arrived: list[DisbursementCheck] = []
        create = workbench.registry.create
        self._propose = create("disbursement.propose", self._send_proposal, self)
        self._documents = create("disbursement.show_documents", self._show_documents, self)
        actions = {
            asked: create(f"disbursement.{asked.value}", partial(self._ask_or_send, asked), self)
            for asked in Asked
        }
        self._bar = PaymentBar(self._propose, actions)
        self._share_keys((self._propose, *actions.values()))
        page = PaymentPage(workbench)
        self._page, self._form, self._checks = page, page.form, page.checks
        self._states = StateStack(FormScroll(page), workbench, self.tr("Making the checks…"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        self._wire()
        self.set_heading(first_heading())

    def opened(self, **arguments: object) -> None:
        """Show the payment of `application_id`."""
        application_id = arguments.get("application_id")
        if isinstance(application_id, UUID) and application_id != self._application_id:
            self._application_id = application_id
            self._view = None
            self._states.forget()
            self._bar.show_nothing()
            # The terms come after the last check: what is typed before would be wiped by them.
            self._form.allow(editable=False)
            self.clear_messages()
            self.set_heading(first_heading())

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there; then the list of checks."""
        return self._states.waiting() or self._checks

    def refresh(self) -> None:
        """Read the case and make the checks again; what is typed stays."""
        self._read(typed=self._view is not None and self._typing())

    def header_actions(self) -> list[QWidget]:
        """The letters of the application."""
        return [action_button(self._documents)]

    def footer(self) -> QWidget:
        """How the payment stands, and its keys."""
        return self._bar

    # Reading.

    def _read(self, *, typed: bool) -> None:
        application_id, desk = self._application_id, self.workbench.desk
        if application_id is None:
            return
        terms = self._form.terms() if typed else None
        self._arrived = arrived = list[DisbursementCheck]()
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Making the checks"),
                Lane.DATABASE,
                look(application_id, desk, terms, arrived),
                key="disbursement",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._show_failure,
            self._arrive,
        )
        self._states.loading(handle, self.refresh)

    def _arrive(self, progress: TaskProgress) -> None:
        """Show the checks made so far of a case that is looked at for the first time."""
        if self._view is None:
            self._page.show_checks(self._arrived[: progress.done])
            self._states.content()

    def _look_again(self) -> None:
        if self._view is not None and self._typing():
            self._read(typed=True)

    def _typing(self) -> bool:
        """Whether the form holds a payment that is being typed."""
        view = self._view
        return view is not None and view.waiting is None and view.left_paise > 0

    def _show(self, view: DisbursementView) -> None:
        before, self._view = self._view, view
        self.set_heading(heading_of(view))
        self._page.show_view(view)
        self._bar.show_payment(view)
        editable = self._typing() and view.may_act
        if before is None or not self._typing() or before.waiting is not None:
            self._form.show_terms(view.terms, editable=editable)
        self._states.content()

    def _show_failure(self, failure: TaskFailed) -> None:
        plain = not (failure.report_id or failure.forbidden or failure.offline)
        if plain and self._view is None:
            self._states.empty(failure.sentence)  # nothing is approved: there is nothing to pay
        else:
            self._states.failed(failure, self.refresh)

    # Writing.

    def _send_proposal(self) -> None:
        strip = self._bar.strip
        if strip.asked is not None:  # Ctrl+Enter sends what is open
            self._ask_or_send(strip.asked)
            return
        application_id, desk = self._application_id, self.workbench.desk
        if application_id is None or self._sending or not self._typing():
            return
        problems = self._form.problems()
        if problems:
            self._form.show_errors(problems)
            return
        request = ProposeDisbursement(new_id(desk), application_id, self._form.terms())
        self._write(self.tr("Proposing the payment"), partial(propose_disbursement, request, desk))

    def _ask_or_send(self, asked: Asked) -> None:
        """The first press asks, the second one carries it out."""
        view, strip, desk = self._view, self._bar.strip, self.workbench.desk
        if view is None or self._sending:
            return
        if strip.asked is not asked:
            self._bar.ask(asked, view)
            return
        act = strip.act(view.application_id, desk)
        if act is not None:
            self._write(self.tr("Sending the payment"), act)

    def _write(self, title: str, act: Sent) -> None:
        self._sending = True
        self.workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(), owner=self.name, writes=True),
            self._written,
            self._refused,
        )

    def _written(self, answer: DisbursementAnswer) -> None:
        self._sending = False
        self.clear_messages()
        self._form.show_errors({})
        self._bar.strip.go_back()
        self.workbench.notices.tell("application", answer.application_id)
        if answer.loan_id is not None:
            self.workbench.notices.tell("loan", answer.loan_id)

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        self.clear_messages()
        strip = self._bar.strip
        if failure.fields and strip.asked is not None:
            strip.show_faults(failure.fields)
        elif failure.fields:
            names = {"mode": "disbursement_mode"}
            self._form.show_errors({names.get(n, n): w for n, w in failure.fields.items()})
        if not failure.sentence.endswith("; ".join(failure.fields.values()) or "\n"):
            self.show_message("bad", failure.sentence)  # more than the fields can say

    def _note_change(self, change: Change) -> None:
        document = change.touches("document")
        if (document or change.touches("application", self._application_id)) and self.isVisible():
            self._read(typed=document and self._typing())

    def _show_documents(self) -> None:
        if self._application_id is not None:
            self.workbench.navigate("documents", application_id=self._application_id)

    # How it is built.

    def _wire(self) -> None:
        self._form.edited.connect(lambda _name: self._pause.start())
        self._bar.closed.connect(lambda: self._checks.setFocus(Qt.FocusReason.OtherFocusReason))
        self.workbench.notices.changed.connect(self._note_change)
        self.body.addWidget(self._states)

    def _share_keys(self, actions: tuple[QAction, ...]) -> None:
        """The shell keeps the foot apart: its keys act there too."""
        for action in actions:
            self._bar.addAction(action)


def first_heading() -> Heading:
    """What stands there until the case has been read."""
    return Heading(_tr("Pay out"), (Crumb(_tr("Applications"), "applications"),))


def heading_of(view: DisbursementView) -> Heading:
    """Whose loan, which product, how much was sanctioned."""
    crumbs = (Crumb(_tr("Applications"), "applications"), Crumb(view.reference))
    detail = _tr("Pay out %1, %2").replace("%1", view.product_name)
    detail = detail.replace("%2", rupees_shown(view.sanctioned_paise))
    title = _tr("%1, Pay out %2").replace("%1", view.customer_name).replace("%2", view.reference)
    return Heading(view.customer_name, crumbs, detail, title)


def _tr(words: str) -> str:
    return QCoreApplication.translate("DisbursementScreen", words)
