"""S65: one loan, a change of it worked out live, both ways side by side, and its proposal."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.money import rupees
from app.rules.permissions import may
from app.services.preview_loan_change import (
    LoanToChange,
    PreviewLoanChange,
    look_at_loan_change,
)
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.record_recovery import RecordRecovery, record_recovery
from app.services.steps.acts_to_decide import proposing
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.screens.loan_change.change_figures import ChangeFigures
from app.ui.screens.loan_change.change_form import ChangeForm
from app.ui.screens.loan_change.change_words import FIELDS, RECOVERY, act_word
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from app.services.record_recovery import RecoveryRecorded
    from app.services.steps.loan_act_answer import LoanActAnswer

_PAUSE_MS = 300  # in typing
_GAP = 12


class LoanChangeScreen(Screen):
    """Fields at the left; now, both ways and the schedules at the right; Ctrl+Enter proposes."""

    name = "loan_change"
    rail = "loans"
    margins = (16, 0, 16, 16)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._propose = workbench.registry.create("loan_change.propose", self._send, self)
        self._quote = workbench.registry.create("loan_change.quote", self._show_quote, self)
        self._waits = workbench.registry.create("loan_change.confirm", self._open_acts, self)
        self._loan: UUID | None = None
        self._seen: LoanToChange | None = None
        self._sending = self._told = False
        self._form = ChangeForm(self._today)
        self._figures = ChangeFigures()
        self._states = StateStack(self._figures, workbench, self.tr("Working it out…"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._form.changed.connect(self._edited)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self._form)
        line.addWidget(self._states, 1)
        self.body.addLayout(line, 1)
        workbench.notices.changed.connect(self._note_change)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Show changes of the loan `loan_id`, first the kind `change` with its `values`."""
        loan_id = arguments.get("loan_id")
        if isinstance(loan_id, UUID) and loan_id != self._loan:
            self._loan, self._seen = loan_id, None
            self._propose.setEnabled(False)  # until it has been read
            self._states.forget()
            self._form.start(_offered(self.workbench))
            self._pause.stop()
            self.set_heading(Heading(self.tr("Change"), (Crumb(self.tr("Loans"), "loans"),)))
        if arguments.get("change") in _offered(self.workbench):
            self._form.choose(str(arguments["change"]), arguments.get("values"))
        self._told = False
        self.clear_messages()

    def header_actions(self) -> list[QWidget]:
        """The quote, what waits, and the proposal."""
        return [action_button(each) for each in (self._quote, self._waits, self._propose)]

    def first_focus(self) -> QWidget | None:
        """The kind of change."""
        return self._form.form.row("change_type").input

    def busy_leaving(self) -> None:
        """Nothing is worked out for nobody."""
        self._pause.stop()

    def refresh(self) -> None:
        """Work out what the fields ask for."""
        if self._loan is None:
            return
        desk, request = self.workbench.desk, PreviewLoanChange(self._loan, self._form.asked())
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Working a change out"),
                Lane.DATABASE,
                lambda _control: look_at_loan_change(request, desk),
                key="loan_change.preview",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    # Showing.

    def _show(self, seen: LoanToChange) -> None:
        if seen.loan.loan_id != self._loan:
            return
        self._seen = seen
        self._propose.setEnabled(True)
        self._say_standing(seen)
        gap = next(iter(self._form.gaps().values()), "")
        self._figures.show_loan(seen, self._form.keep, gap)
        self._states.content()
        reference = seen.loan.reference
        crumb = Crumb(reference)
        crumbs = (Crumb(self.tr("Loans"), "loans"), crumb, Crumb(self.tr("Change")))
        title = self.tr("Change of %1").replace("%1", reference)
        self.set_heading(Heading(title, crumbs, seen.full_name))

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _say_standing(self, seen: LoanToChange) -> None:
        """Offer what fits the state of the loan, and say what already waits."""
        over = seen.loan.status is LoanStatus.WRITTEN_OFF
        self._form.offer((RECOVERY,) if over else _offered(self.workbench))
        self._propose.setText(self.tr("Record recovery") if over else self.tr("Propose"))
        for action in (self._quote, self._waits):
            action.setVisible(not over)
        if self._told:  # what was just done is still being said
            return
        self.clear_messages()
        if seen.loan.status is LoanStatus.CLOSED:
            self.show_message("info", self.tr("This loan is closed: nothing can be changed."))
        elif seen.waiting is not None:
            words = self.tr("%1 waits for a second person already.")
            look = state_button(self.tr("Look at it"), self._open_acts, "link")
            self.show_message("info", words.replace("%1", act_word(seen.waiting)), [look])

    # Sending.

    def _send(self) -> None:
        if self._sending or self._loan is None or self._seen is None:
            return
        gaps = {**self._form.form.problems(), **self._form.gaps()}
        self._form.show_errors(gaps)
        if gaps:
            return
        if self._form.act == RECOVERY:
            request = _recovery(self._loan, self._form, self.workbench.desk)
            self._run(partial(record_recovery, request), self._recovered)
        elif asked := self._form.asked():
            keep = self._form.keep
            change = next((each for each in asked if each.keep is keep), asked[0])
            proposal = ProposeLoanChange(
                new_id(self.workbench.desk),
                self._loan,
                change,
                self._form.reason,
                version=self._seen.loan.version,
            )
            self._run(partial(propose_loan_change, proposal), self._proposed)

    def _run(self, act: "partial[LoanActAnswer] | partial[RecoveryRecorded]", done: object) -> None:
        self._sending = True
        desk = self.workbench.desk
        self.workbench.runner.submit(
            Task(
                self.tr("Sending a change"),
                Lane.DATABASE,
                lambda _control: act(desk=desk),
                owner=self.name,
                writes=True,
            ),
            done,  # type: ignore[arg-type]  # each answer has its own receiver
            self._refused,
        )

    def _proposed(self, answer: "LoanActAnswer") -> None:
        words = self.tr("%1 is proposed. A second person confirms it.")
        look = state_button(self.tr("What waits"), self._open_acts, "link")
        self._done(answer.loan_id, words.replace("%1", act_word(answer.act)), [look])

    def _recovered(self, answer: "RecoveryRecorded") -> None:
        words = self.tr("The recovery is recorded. Still written off: %1")
        self._done(answer.loan_id, words.replace("%1", rupees(answer.left_paise)), [])

    def _done(self, loan_id: UUID, words: str, buttons: list[QWidget]) -> None:
        """Say what was done over an empty form."""
        self._sending = False
        self._form.start((RECOVERY,) if self._form.act == RECOVERY else _offered(self.workbench))
        self._pause.stop()
        self._told = True
        self.clear_messages()
        self.show_message("good", words, buttons)
        self.workbench.notices.tell("loan", loan_id)

    def _refused(self, failure: TaskFailed) -> None:
        self._sending = False
        self.clear_messages()
        if failure.fields:
            self._form.show_errors(dict(failure.fields))
        else:
            self.show_message("bad", failure.sentence)

    def _edited(self) -> None:
        self._told = False
        self._pause.start()

    def _show_quote(self) -> None:
        self._form.choose(LoanAct.FORECLOSURE)

    def _open_acts(self) -> None:
        waiting = None if self._seen is None else self._seen.waiting_id
        self.workbench.navigate("loan_acts", act_id=waiting)

    def _note_change(self, change: Change) -> None:
        if change.touches("loan", self._loan) and self.isVisible():
            self.refresh()

    def _today(self) -> date:
        return self.workbench.desk.clock.today()


def _offered(workbench: Workbench) -> tuple[str, ...]:
    """The changes of a running loan that this person may propose; all for who may none.

    Whoever only looks works them out too, and is told at the proposal who may.
    """
    roles = workbench.person.roles
    changes = tuple(act for act in FIELDS if act != RECOVERY)
    return tuple(act for act in changes if may(roles, proposing(LoanAct(act)))) or changes


def _recovery(loan_id: UUID, form: ChangeForm, desk: Desk) -> RecordRecovery:
    values = form.form.values()
    return RecordRecovery(
        new_id(desk),
        loan_id,
        values["amount"] or 0,
        values["on_date"] or desk.clock.today(),
        values["method"],
        values["payment_reference"] or "",
    )
