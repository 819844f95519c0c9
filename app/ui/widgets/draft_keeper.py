"""Keeps what is typed in a form as a draft, never as the record (screens.md F8).

The first unsaved key starts a timer; the draft is stored within a second, then at most every two
seconds while typing goes on, and at once on leaving, lock and log-off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.rules.bank_time import bank_moment
from app.services.keep_draft import DraftKept, KeepDraft, discard_draft, keep_draft
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

_FIRST_MS = 900
_NEXT_MS = 1_800


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What a keeper keeps: the form's name, its content (None = nothing typed) and a title."""

    form: str
    collect: Callable[[], Mapping[str, object] | None]
    title: Callable[[], str]
    record_id: UUID | None = None
    base_version: int = 0


class DraftKeeper(QObject):
    """Stores the draft of one form on the database lane."""

    words = Signal(str)

    def __init__(self, workbench: Workbench, form: DraftForm, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._form = form
        self._draft_id: UUID | None = None
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.store_now)

    @property
    def draft_id(self) -> UUID | None:
        """The stored draft, None while nothing is stored."""
        return self._draft_id

    def start(self, draft_id: UUID | None) -> None:
        """Go on with a stored draft, or begin a new one."""
        self._timer.stop()
        self._draft_id, self._dirty = draft_id, False

    def edited(self) -> None:
        """Note that something was typed."""
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start(_FIRST_MS if self._draft_id is None else _NEXT_MS)

    def store_now(self) -> None:
        """Store what is unsaved, at once."""
        self._timer.stop()
        content = self._form.collect() if self._dirty else None
        if content is None:
            return
        self._dirty = False
        desk = self._workbench.desk
        request = KeepDraft(
            form=self._form.form,
            record_id=self._form.record_id,
            base_version=self._form.base_version,
            title=self._form.title(),
            content=dict(content),
            draft_id=self._draft_id,
        )
        self._workbench.runner.submit(
            Task(
                self.tr("Saving the draft"),
                Lane.DATABASE,
                lambda _control: keep_draft(request, desk),
                owner=self._form.form,
                quiet=True,
                writes=True,
            ),
            self._kept,
            self._failed,
        )

    def discard(self) -> None:
        """Forget the draft, here and in the store."""
        self._timer.stop()
        draft_id, self._draft_id, self._dirty = self._draft_id, None, False
        if draft_id is None:
            return
        desk = self._workbench.desk
        self._workbench.runner.submit(
            Task(
                self.tr("Discarding the draft"),
                Lane.DATABASE,
                lambda _control: discard_draft(draft_id, desk),
                owner=self._form.form,
                quiet=True,
                writes=True,
            ),
            self._discarded,
            self._failed,
        )

    def _kept(self, kept: DraftKept) -> None:
        self._draft_id = kept.draft_id
        at = bank_moment(kept.at)
        self.words.emit(self.tr("Draft saved %1 (this PC)").replace("%1", f"{at:%H:%M:%S}"))
        if self._dirty and not self._timer.isActive():
            self._timer.start(_NEXT_MS)

    def _discarded(self, _nothing: object) -> None:
        self.words.emit(self.tr("Nothing unsaved"))

    def _failed(self, failure: TaskFailed) -> None:
        self._dirty = True
        self.words.emit(self.tr("Draft not saved: %1").replace("%1", failure.sentence))
