"""S22: a new customer, or the facts of one changed. Typing goes to a draft, saving to the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.keep_draft import open_draft
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import CustomerFacts
from app.services.steps.desk import Desk
from app.ui.actions.action_button import action_button
from app.ui.screens.customer_form.customer_commit import CustomerCommit, Saved
from app.ui.screens.customer_form.customer_inputs import CustomerInputs
from app.ui.screens.customer_form.field_faults import checked_on_leaving, form_faults
from app.ui.screens.customer_form.live_notes import LiveNotes
from app.ui.screens.customer_form.side_panel import SidePanel
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.draft_keeper import DraftForm, DraftKeeper, may_leave
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.workbench import Workbench
from db.records.lists import SimilarCustomer
from db.records.people import Customer

# The first field of each section of the Profile, where editing it begins.
_SECTION_STARTS = {
    "person": "full_name",
    "work": "employment_type",
    "papers": "pan_number",
    "bureau": "bureau_name",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form starts with: a stored customer and a draft, each if there is one."""

    customer: Customer | None
    facts: CustomerFacts
    draft: Mapping[str, object] | None
    draft_id: UUID | None


def read_start(customer_id: UUID | None, draft_id: UUID | None, desk: Desk) -> Opened:
    """Read both on the database lane."""
    customer, facts = None, CustomerFacts()
    if customer_id is not None:
        customer = read_customer(customer_id, desk).customer
        facts = customer_facts(customer_id, desk)
    draft = open_draft(draft_id, desk) if draft_id is not None else None
    return Opened(customer, facts, draft, draft_id)


class CustomerFormScreen(Screen):
    """One scrolling form, the side panel beside it."""

    name = "customer_form"
    rail = "customers"
    margins = (16, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._save = registry.create("customer.save", self._save_only, self)
        self._apply = registry.create("customer.save_and_apply", self._save_and_apply, self)
        self._similar = registry.create("customer.open_similar", self._open_current, self)
        self._inputs = CustomerInputs(workbench, self)
        self._panel = SidePanel(workbench, action_button(self._similar, "plain", small=True), self)
        self._panel.hide()
        self._notes = LiveNotes(workbench, self._panel, self._inputs.facts, self)
        self._commit = CustomerCommit(workbench, self)
        self._drafts = self._new_keeper(None)
        self._stored: Customer | None = None
        self._dirty = False
        self._showing = False
        self._first = "full_name"
        self._scroll = FormScroll(self._inputs, self)
        self.body.addWidget(self._scroll)
        self._inputs.edited.connect(self._edited)
        self._inputs.typed.connect(self._typed)
        self._panel.opened.connect(self._open_similar)
        self._commit.saved.connect(self._saved)
        self._commit.refused.connect(self._refused)
        checked_on_leaving(self._inputs.form, self._faults)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Start a new customer, or go on with `customer_id`, at its `section`, or `draft_id`."""
        self._first = _SECTION_STARTS.get(str(arguments.get("section")), "full_name")
        customer_id, draft_id = arguments.get("customer_id"), arguments.get("draft_id")
        self.clear_messages()
        name = str(arguments.get("full_name") or "")
        self._start(Opened(None, CustomerFacts(full_name=name), None, None))
        if customer_id is None and draft_id is None:
            return
        desk = self.workbench.desk
        self._inputs.setEnabled(False)
        wanted = (
            customer_id if isinstance(customer_id, UUID) else None,
            draft_id if isinstance(draft_id, UUID) else None,
        )
        self.workbench.runner.submit(
            Task(
                self.tr("Reading the customer"),
                Lane.DATABASE,
                lambda _control: read_start(*wanted, desk),
                key="customer_form.start",
                owner=self.name,
            ),
            self._start,
            self._not_read,
        )

    def header_actions(self) -> list[QWidget]:
        """Save and start an application, and the filled button: save."""
        return [action_button(self._apply), action_button(self._save)]

    def context_panel(self) -> QWidget:
        """Age, KYC state, notes and similar customers."""
        return self._panel

    def can_leave(self) -> bool:
        """Ask what becomes of unsent typing."""
        if self._dirty and not may_leave(self, self._title(), self._drafts):
            return False
        self._set_dirty(dirty=False)
        return True

    def store_draft(self) -> None:
        """Ctrl+S, lock and log-off store the typing at once."""
        self._drafts.store_now()

    def discard_draft(self) -> None:
        """Throw the typing away and show what is stored."""
        self._drafts.discard()
        self.opened(**({"customer_id": self._stored.customer_id} if self._stored else {}))

    def busy_leaving(self) -> None:
        """Search for nobody any more."""
        self._notes.stop()

    # Starting and typing.

    def _start(self, opened: Opened) -> None:
        self._showing = True
        self._stored = opened.customer
        self._inputs.clear()
        if opened.customer is not None:
            self._inputs.show_facts(opened.facts, opened.customer)
        if opened.draft is not None:
            self._inputs.show_content(opened.draft)
        self._drafts.deleteLater()
        self._drafts = self._new_keeper(opened.customer)
        self._drafts.start(opened.draft_id)
        self._commit.forget()
        self._notes.start(opened.customer)
        self._inputs.setEnabled(True)
        self._showing = False
        self._set_dirty(dirty=opened.draft is not None)
        self._inputs.form.jump_to(self._first)

    def _not_read(self, failure: TaskFailed) -> None:
        self._inputs.setEnabled(True)
        self.show_message("bad", failure.sentence)

    def _edited(self, name: str) -> None:
        if not self._showing:
            self._notes.edited(name)

    def _typed(self) -> None:
        if self._showing:
            return
        self._set_dirty(dirty=True)
        self._drafts.edited()

    def _new_keeper(self, stored: Customer | None) -> DraftKeeper:
        form = DraftForm(
            form=self.name,
            collect=self._draft_content,
            title=self._title,
            record_id=stored.customer_id if stored else None,
            base_version=stored.version if stored else 0,
        )
        keeper = DraftKeeper(self.workbench, form, self)
        keeper.words.connect(self.draft_changed)
        keeper.watch(self._inputs)
        return keeper

    def _draft_content(self) -> Mapping[str, object] | None:
        return self._inputs.content() or None

    def _title(self) -> str:
        return self._inputs.person.full_name.value() or self.tr("New customer")

    def _set_dirty(self, *, dirty: bool) -> None:
        self._dirty = dirty
        if not dirty:
            self.draft_changed.emit(self.tr("Nothing unsaved"))
        crumbs = [Crumb(self.tr("Customers"), "customers")]
        if self._stored is not None:
            crumbs.append(Crumb(self._stored.reference))
        self.set_heading(Heading(self._title(), tuple(crumbs), dirty=dirty))

    # Saving.

    def _save_only(self) -> None:
        self._submit(apply_next=False)

    def _save_and_apply(self) -> None:
        self._submit(apply_next=True)

    def _submit(self, *, apply_next: bool) -> None:
        if self._commit.busy or not self._inputs.dues.take_line():
            return
        self.clear_messages()
        faults = self._faults()
        self._inputs.form.show_errors(faults)
        if faults:
            return
        self._inputs.setEnabled(False)
        self._commit.send(self._inputs.facts(), self._stored, apply_next=apply_next)

    def _faults(self) -> dict[str, str]:
        kept = self._stored
        return form_faults(self._inputs, kept, self.workbench.desk.clock.today())

    def _saved(self, saved: Saved) -> None:
        self._inputs.setEnabled(True)
        self._drafts.discard()
        self._set_dirty(dirty=False)
        target = "application_form" if saved.apply_next else "customer"
        self.workbench.navigate(target, customer_id=saved.answer.customer_id)

    def _refused(self, failure: TaskFailed) -> None:
        self._inputs.setEnabled(True)
        if failure.fields:
            self._inputs.form.show_errors(failure.fields)
        else:
            self.show_message("bad", failure.sentence)

    def _open_current(self) -> None:
        row = self._panel.current()
        if row is not None:
            self._open_similar(row)

    def _open_similar(self, row: SimilarCustomer) -> None:
        self.workbench.navigate("customer", customer_id=row.customer_id)
