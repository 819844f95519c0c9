"""S31: application entry with live figures, policy notes, drafts and one commit that scores."""

from uuid import UUID

from PySide6.QtWidgets import QScrollArea, QWidget

from app.services.enter_application import ApplicationSubmitted
from app.services.steps.application_facts import ApplicationFacts
from app.ui.actions.action_button import action_button
from app.ui.screens.application_form.co_incomes import CoIncomes
from app.ui.screens.application_form.customer_lookup import CustomerLookup
from app.ui.screens.application_form.form_context import FormContext, FormStart, read_context
from app.ui.screens.application_form.form_draft import draft_of_pages, show_draft
from app.ui.screens.application_form.form_pages import FormPages
from app.ui.screens.application_form.form_values import facts_of_values
from app.ui.screens.application_form.live_form import LiveForm
from app.ui.screens.application_form.live_panel import LivePanel
from app.ui.screens.application_form.submission import Submission
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.draft_keeper import DraftForm, DraftKeeper, may_leave
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.workbench import Workbench


class ApplicationFormScreen(Screen):
    """One application being entered."""

    name = "application_form"
    rail = "applications"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._check = registry.create("application.check", self._show_check, self)
        self._submit = registry.create("application.submit", self._start_submit, self)
        self._pages = FormPages(workbench, CustomerLookup(workbench, self).picker)
        preview = registry.create("schedule.preview", self._pages.show_schedule, self)
        self._panel = LivePanel(preview)
        self._live = LiveForm(workbench, self._pages, self._panel, self._facts)
        self._submission = Submission(workbench, self)
        self._incomes = CoIncomes(workbench, self)
        self._customer_id: UUID | None = None
        self._filling = False
        self._dirty = False
        self._keeper = DraftKeeper(
            workbench, DraftForm(self.name, self._draft, self._draft_title), self
        )
        self._keeper.watch(self._pages)
        self._connect()
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self._submission.done.connect(self._submitted)
        self._submission.failed.connect(self._show_failure)
        self._incomes.known.connect(self._live.know_incomes)
        self._incomes.failed.connect(self._show_failure)
        self._keeper.words.connect(self.draft_changed)
        self._pages.form.edited.connect(self._edited)
        self._pages.typed.connect(self._typed)
        self._pages.lists_changed.connect(self._edited_list)
        self._pages.documents.failed.connect(self._show_failure)
        self._pages.people.changed.connect(self._read_incomes)
        self._pages.picker.chosen.connect(self._customer_picked)

    def opened(self, **arguments: object) -> None:
        """Begin for `customer_id`, go on with `draft_id`, copy `copy_of`, or begin empty."""
        names = ("customer_id", "draft_id", "copy_of")
        ids = [each if isinstance(each := arguments.get(n), UUID) else None for n in names]
        start = FormStart(*ids)
        self._customer_id = start.customer_id
        self._live.context, self._dirty = None, False
        self._submission.start()
        self._keeper.start(start.draft_id)
        self._filling = True
        self._pages.start_afresh()
        self._filling = False
        self._pages.go_to("loan_purpose" if any(ids) else "customer_id")
        self._read_context(start)

    def header_actions(self) -> list[QWidget]:
        """Check, and the page's filled button: score and review."""
        return [
            action_button(self._check, style="plain"),
            action_button(self._submit, style="filled"),
        ]

    def context_panel(self) -> QWidget:
        """Live figures and policy notes."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._panel)
        return area

    def can_leave(self) -> bool:
        """Ask what becomes of unsent typing."""
        if self._dirty and not may_leave(self, self._draft_title(), self._keeper):
            return False
        self._set_dirty(dirty=False)
        return True

    def store_draft(self) -> None:
        """Ctrl+S, lock and leaving."""
        self._keeper.store_now()

    def discard_draft(self) -> None:
        """Throw the typing away and begin again for the same customer."""
        self._keeper.discard()
        self._set_dirty(dirty=False)
        self.opened(**({"customer_id": self._customer_id} if self._customer_id else {}))

    def _read_context(self, start: FormStart) -> None:
        desk = self.workbench.desk
        self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_context(start, desk),
                key="application_form.context",
                owner=self.name,
                quiet=True,
            ),
            self._show_context,
            self._show_failure,
        )

    def _show_context(self, context: FormContext) -> None:
        self._live.context = context
        if context.customer is not None:
            self._customer_id = context.customer.customer.customer_id
            self._filling = True
            self._pages.show_customer(context.customer)
            self._filling = False
        self._offer_products()
        if context.draft is not None:
            self._filling = True
            show_draft(self._pages, context.draft)
            self._pages.documents.set_papers(context.papers)
            self._filling = False
            self._offer_products()
            self._read_incomes()
        self._set_dirty(dirty=self._dirty or context.draft is not None)
        self._live.show()

    def _read_incomes(self) -> None:
        self._incomes.read(self._facts().co_applicants)

    def _offer_products(self) -> None:
        context = self._live.context
        if context is not None:
            self._pages.offer_products(context.rulebook, context.today)

    def _edited(self, field: str) -> None:
        if self._filling:
            return
        if field == "loan_purpose":
            self._offer_products()
        self._typed()
        self._live.show()

    def _typed(self) -> None:
        if not self._filling:
            self._keeper.edited()
            self._set_dirty(dirty=True)

    def _edited_list(self) -> None:
        self._edited("")

    def _customer_picked(self, customer_id: object) -> None:
        if self._filling or not isinstance(customer_id, UUID):
            return
        self._customer_id = customer_id
        self._typed()
        self._read_context(FormStart(customer_id))

    def _facts(self) -> ApplicationFacts:
        return facts_of_values(self._pages.values(), self._pages.extras(self._customer_id))

    def _show_check(self) -> None:
        self._problems_shown()

    def _problems_shown(self) -> bool:
        """Show what stops the commit; True while there is anything, or rules are still read."""
        if self._live.context is None or not self._pages.take_entries():
            return True
        problems = self._live.problems()
        self._pages.show_errors(problems)
        return bool(problems)

    def _start_submit(self) -> None:
        if self._submission.waits or self._problems_shown():
            return
        self._keeper.store_now()
        self._submission.send(self._facts(), self._keeper.draft_id)

    def _submitted(self, answer: ApplicationSubmitted) -> None:
        self._keeper.discard()
        self._set_dirty(dirty=False)
        self.workbench.notices.tell("application", answer.application_id)
        self.workbench.navigate("decision", application_id=answer.application_id)

    def _show_failure(self, failure: TaskFailed) -> None:
        if failure.fields:
            self._pages.show_errors(failure.fields)
        else:
            self.show_message("bad", failure.sentence)

    def _set_dirty(self, *, dirty: bool) -> None:
        self._dirty = dirty
        self.set_heading(
            Heading(
                self._draft_title(),
                (Crumb(self.tr("Applications"), "applications"), Crumb(self.tr("New"))),
                dirty=dirty,
            )
        )

    def _draft_title(self) -> str:
        context = self._live.context
        if context is None or context.customer is None:
            return self.tr("New application")
        return self.tr("%1, new application").replace("%1", context.customer.customer.full_name)

    def _draft(self) -> dict[str, object]:
        return draft_of_pages(self._pages, self._customer_id)
