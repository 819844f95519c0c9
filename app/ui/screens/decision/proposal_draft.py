"""An unsent proposal is kept as a draft of its application (screens.md F8)."""

import json
from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from app.rules.case_standing import PROPOSABLE
from app.services.keep_draft import draft_of_record
from app.services.read_application import ApplicationView
from app.services.steps.desk import Desk
from app.ui.cards.case_look import CaseSeen, look_at_case
from app.ui.widgets.draft_keeper import DraftForm, DraftKeeper
from app.ui.widgets.verdict_form import VerdictForm
from app.ui.widgets.verdict_start import VerdictStart
from app.ui.widgets.workbench import Workbench
from db.records.applications import Application
from db.records.book import Draft
from db.vocabulary.decisions import Decision

FORM = "decision"  # also the page where the draft is gone on with


def read_decision(application_id: UUID, desk: Desk) -> tuple[CaseSeen, Draft | None]:
    """The application, and a proposal of this person that was begun and never sent."""
    return look_at_case(application_id, desk), draft_of_record(FORM, application_id, desk)


class ProposalDraft(QObject):
    """Watches the maker's form; what stands in it when the page is left comes back with the case.

    Signals:
        words: what the status bar says of the draft.
    """

    words = Signal(str)

    def __init__(self, workbench: Workbench, form: VerdictForm, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench, self._form = workbench, form
        self._application: Application | None = None
        self._keeper: DraftKeeper | None = None
        form.typed.connect(self._typed)

    @property
    def holds_typing(self) -> bool:
        """Whether something typed and not sent stands in the form, open or closed."""
        return self._keeper is not None and self._keeper.draft_id is not None

    def begin(self, decision: Decision, start: VerdictStart) -> None:
        """Begin the form anew; opening it is no typing."""
        with QSignalBlocker(self._form):
            self._form.start(decision, start)

    def take_up(self, view: ApplicationView, start: VerdictStart, draft: Draft | None) -> bool:
        """Watch this application's form; True if a kept proposal stands in it now."""
        application = view.application
        before, self._application = self._application, application
        if self._keeper is None or before is None or place_of(before) != place_of(application):
            self._keeper = self._new_keeper(application, view.customer.full_name)
        elif self._keeper.draft_id is not None:
            return False  # the form holds what was typed since
        if draft is None or application.status not in PROPOSABLE:
            return False
        self._keeper.start(draft.draft_id)
        content: dict[str, object] = json.loads(draft.content)
        with QSignalBlocker(self._form):
            self._form.start(Decision(str(content["decision"])), start)
            self._form.show_content(content)
        return True

    def leave(self) -> None:
        """The page shows another application next: store, and read the draft when it returns."""
        self.store()
        self._application = None

    def store(self) -> None:
        """Store what is unsaved."""
        if self._keeper is not None:
            self._keeper.store_now()

    def discard(self) -> None:
        """The proposal has been sent, or is thrown away."""
        if self._keeper is not None:
            self._keeper.discard()

    def _new_keeper(self, application: Application, name: str) -> DraftKeeper:
        if self._keeper is not None:
            self._keeper.deleteLater()
        form = DraftForm(
            form=FORM,
            collect=self._content,
            title=lambda: f"{application.reference} {name}",
            record_id=application.application_id,
            base_version=application.version,
        )
        keeper = DraftKeeper(self._workbench, form, self)
        keeper.words.connect(self.words)
        keeper.watch(self._form)
        return keeper

    def _content(self) -> Mapping[str, object]:
        return self._form.content()

    def _typed(self, _name: str) -> None:
        if self._keeper is not None:
            self._keeper.edited()


def place_of(application: Application) -> tuple[UUID, int]:
    """Which state of which application typing belongs to."""
    return application.application_id, application.version
