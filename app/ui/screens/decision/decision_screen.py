"""S40: facts, policy checks, the estimate, its reasons and how the score was built."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.score_bands import ScoreScale
from app.services.read_application import ApplicationView
from app.services.score_application import ApplicationScored, ScoreApplication, score_application
from app.services.steps.ids import new_id
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.actions.action_button import action_button
from app.ui.cards.case_look import CaseSeen
from app.ui.screens.decision.decision_heading import first_heading, heading_of, status_words
from app.ui.screens.decision.judged_case import JudgedCase
from app.ui.screens.decision.proposal_bar import ProposalBar
from app.ui.screens.decision.proposal_draft import read_decision
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.case_words import returned_words
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import Badge
from app.ui.widgets.lending_cells import STATUS_ICONS
from app.ui.widgets.screen import Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench
from db.records.book import Draft
from db.vocabulary.decisions import Band
from db.vocabulary.loan_life import ApplicationStatus

_PAYABLE = frozenset({ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED})


class DecisionScreen(Screen):
    """One application, judged: facts before the model, sentences before charts."""

    name = "decision"
    rail = "applications"
    margins = (16, 0, 16, 8)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._application_id: UUID | None = None
        create = workbench.registry.create
        self._rescore = create("decision.rescore", self._start_rescore, self)
        self._copy = create("decision.copy_factors", self._copy_factors, self)
        self._source = create("decision.show_source", self._show_source, self)
        self._status = Badge("", "clock")
        self._status_place = QWidget()  # the heading shows its parts; they wait inside
        waiting_parts = QHBoxLayout(self._status_place)
        waiting_parts.addWidget(self._status)
        self._documents = create("decision.show_documents", partial(self._go, "documents"), self)
        pay_out = partial(self._go, "disbursement")
        self._pay_out = create("decision.show_disbursement", pay_out, self)
        correct = create("decision.correct_fact", self._correct_fact, self)
        self._payment = action_button(self._pay_out)
        waiting_parts.addWidget(self._payment)
        self._customer_id: UUID | None = None
        self._bar = ProposalBar(workbench, self)
        links = [
            action_button(act, style="link", small=True)
            for act in (correct, self._source, self._copy)
        ]
        self._judged = JudgedCase(workbench, *links)
        self._scroll = FormScroll(self._judged)
        self._states = StateStack(self._scroll, workbench, self.tr("Reading the application…"))
        self._build()
        self._show_nothing()
        workbench.notices.changed.connect(self._note_change)

    def opened(self, **arguments: object) -> None:
        """Show the application of `application_id`."""
        application_id = arguments.get("application_id")
        if isinstance(application_id, UUID) and application_id != self._application_id:
            self._application_id = application_id
            self._show_nothing()

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there."""
        return self._states.waiting()

    def refresh(self) -> None:
        """Read the stored application and its estimate again."""
        application_id, desk = self._application_id, self.workbench.desk
        if application_id is None:
            return
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the application"),
                Lane.DATABASE,
                lambda _control: read_decision(application_id, desk),
                key="decision",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(handle, self.refresh)

    def header_actions(self) -> list[QWidget]:
        """State of the application, its letters, re-score."""
        rescore = action_button(self._rescore, style="plain")
        return [self._status_place, action_button(self._documents), rescore]

    def footer(self) -> QWidget:
        """What is proposed, or became of it."""
        return self._bar

    def _build(self) -> None:
        self._bar.failed.connect(self._say_failure)
        self._bar.closed.connect(self._take_keys)
        self._bar.draft.words.connect(self.draft_changed)
        self.body.addWidget(self._states)

    def _show_nothing(self) -> None:
        """Another application: nothing of the one before stands while it is read."""
        self._customer_id = None
        self._states.forget()
        self._bar.show_nothing()
        self._allow(None)
        self._status.hide()
        self.clear_messages()
        self.set_heading(first_heading())

    def store_draft(self) -> None:
        """A proposal begun and not sent stays with its application."""
        self._bar.draft.store()

    def _show(self, read: tuple[CaseSeen, Draft | None]) -> None:
        seen, draft = read
        view = seen.view
        first = self._states.waiting() is not None
        self._customer_id = view.customer.customer_id
        self.clear_messages()
        self.set_heading(heading_of(view))
        self._status.show()
        self._status.show_badge(status_words(view), STATUS_ICONS[view.application.status][0])
        self._bar.show_case(view, seen.case, draft)
        self._allow(view.application.status)
        if view.application.status is ApplicationStatus.RETURNED:
            self.show_message("warning", returned_words(seen.case))
        if view.estimate is None:
            self._show_unscored(view)
        else:
            self._show_scored(view, view.estimate, seen.scale)
        if first:  # the keys went to a table below: the page is read from its head on
            self._scroll.verticalScrollBar().setValue(0)

    def _show_scored(
        self, view: ApplicationView, estimate: RiskEstimate, scale: ScoreScale
    ) -> None:
        self._states.content()
        self._judged.show_scored(view, estimate, scale)
        if view.outdated:
            self.show_message(
                "warning",
                self.tr("A fact changed after this score. Score again to use the new facts."),
                (action_button(self._rescore, small=True),),
            )
        if estimate.band is Band.OUT_OF_RANGE:
            labels = {each.feature: each.label for each in estimate.contributors}
            named = ", ".join(labels.get(name, name).lower() for name in estimate.out_of_range)
            self.show_message(
                "warning",
                self.tr("Model not designed for this case: %1").replace("%1", named),
            )

    def _show_unscored(self, view: ApplicationView) -> None:
        """No model, no score: the facts stay, nothing stands in for the estimate."""
        self._states.content()
        self._judged.show_unscored(view)
        self.show_message(
            "bad",
            view.no_score_sentence or self.tr("No score yet. Score this application."),
            (action_button(self._rescore, small=True),),
        )

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _say_failure(self, failure: TaskFailed) -> None:
        self.clear_messages()
        self.show_message("bad", failure.sentence)

    def _take_keys(self) -> None:
        self._judged.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_rescore(self) -> None:
        application_id, desk = self._application_id, self.workbench.desk
        if application_id is None:
            return
        request = ScoreApplication(new_id(desk), application_id)
        self.workbench.runner.submit(
            Task(
                self.tr("Scoring the application"),
                Lane.DATABASE,
                lambda _control: score_application(request, desk),
                owner=self.name,
                writes=True,
            ),
            self._rescored,
            self._show_failure,
        )

    def _rescored(self, _scored: ApplicationScored) -> None:
        if self._application_id is not None:
            self.workbench.notices.tell("application", self._application_id)

    def _note_change(self, change: Change) -> None:
        if change.kind == "application" and self._application_id in change.ids:
            self.refresh()

    def _go(self, screen: str) -> None:
        if self._application_id is not None:
            self.workbench.navigate(screen, application_id=self._application_id)

    def _allow(self, status: ApplicationStatus | None) -> None:
        """Let act what a case in that state allows; an approved loan is paid out."""
        for action in (self._rescore, self._documents):
            action.setEnabled(status is not None)
        self._pay_out.setEnabled(status in _PAYABLE)
        self._payment.setVisible(status in _PAYABLE)

    def _correct_fact(self) -> None:
        if self._customer_id is not None:
            self.workbench.navigate("customer_form", customer_id=self._customer_id)

    def _copy_factors(self) -> None:
        self._judged.factors.copy_table()

    def _show_source(self) -> None:
        self._judged.factors.show_source()
