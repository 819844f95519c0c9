"""Keeps what is typed in a form as a draft, never as the record (screens.md F8).

The first unsaved key starts a timer; the draft is stored within a second, then every second and a
half while typing goes on, and at once on a change of field, on losing the focus, on leaving, lock
and log-off. While typing goes on one store is under way at a time and what was typed meanwhile
follows it, so that a slow book never makes them pile up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.rules.bank_time import bank_moment
from app.services.keep_draft import DraftKept, KeepDraft, discard_draft, keep_draft
from app.services.steps.ids import new_id
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.leave_question import Leaving, ask_leaving
from app.ui.widgets.workbench import Workbench

FIRST_MS = 400
# Two seconds may be lost (F8): half a second is left to a busy machine for the write itself.
NEXT_MS = 1_500


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
        self._under_way = 0
        self._stored_at = 0.0
        self._at_once = False
        self._watched: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._store_next)

    @property
    def draft_id(self) -> UUID | None:
        """The draft's id, None while nothing was typed."""
        return self._draft_id

    def watch(self, fields: QWidget) -> None:
        """Store at once whenever the focus leaves one of these fields, for whatever reason."""
        self._watched = fields
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def start(self, draft_id: UUID | None) -> None:
        """Go on with a stored draft, or begin a new one."""
        self._timer.stop()
        self._draft_id, self._dirty, self._at_once = draft_id, False, False

    def edited(self) -> None:
        """Note that something was typed."""
        self._dirty = True
        if not self._under_way and not self._timer.isActive():
            self._timer.start(self._wait_ms())

    def store_now(self) -> None:
        """Store what is unsaved, at once: the window may be about to close."""
        self._timer.stop()
        content = self._form.collect() if self._dirty else None
        if content is not None:
            self._dirty, self._at_once = False, False
            self._store(content)

    def discard(self) -> None:
        """Forget the draft, here and in the store."""
        draft_id = self._draft_id
        self.start(None)
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
            self._not_discarded,
        )

    def _store(self, content: Mapping[str, object]) -> None:
        desk, form = self._workbench.desk, self._form
        # The id is made here, so that a second store never makes a second draft.
        self._draft_id = self._draft_id or new_id(desk)
        self._under_way += 1
        self._stored_at = monotonic()
        request = KeepDraft(
            form=form.form,
            record_id=form.record_id,
            base_version=form.base_version,
            title=form.title(),
            content=dict(content),
            draft_id=self._draft_id,
        )
        self._workbench.runner.submit(
            Task(
                self.tr("Saving the draft"),
                Lane.DATABASE,
                lambda _control: keep_draft(request, desk),
                owner=form.form,
                quiet=True,
                writes=True,
            ),
            self._kept,
            self._failed,
        )

    def _wait_ms(self) -> int:
        """Until the next store: soon after a pause, in step while typing goes on."""
        since_ms = int((monotonic() - self._stored_at) * 1_000)
        return max(FIRST_MS, NEXT_MS - since_ms)

    def _focus_moved(self, old: QWidget | None, _now: QWidget | None) -> None:
        if old is not None and self._watched is not None and self._watched.isAncestorOf(old):
            self._store_next()

    def _store_next(self) -> None:
        """Store now, or right after the store that is under way."""
        if self._under_way:
            self._at_once = True
        else:
            self.store_now()

    def _kept(self, kept: DraftKept) -> None:
        self._under_way -= 1
        if kept.draft_id == self._draft_id:
            at = bank_moment(kept.at)
            self.words.emit(self.tr("Draft saved %1 (this PC)").replace("%1", f"{at:%H:%M:%S}"))
        self._go_on()

    def _go_on(self) -> None:
        """What was typed while a store was under way."""
        if self._dirty and not self._under_way:
            if self._at_once:
                self.store_now()
            else:
                self._timer.start(self._wait_ms())

    def _discarded(self, _nothing: object) -> None:
        self.words.emit(self.tr("Nothing unsaved"))

    def _failed(self, failure: TaskFailed) -> None:
        self._under_way -= 1
        if self._draft_id is not None:  # None: it was discarded or sent meanwhile
            self._dirty, self._at_once = True, False
            self._timer.start(NEXT_MS)
            self._not_discarded(failure)

    def _not_discarded(self, failure: TaskFailed) -> None:
        self.words.emit(self.tr("Draft not saved: %1").replace("%1", failure.sentence))


def may_leave(page: QWidget, what: str, keeper: DraftKeeper) -> bool:
    """Ask what becomes of unsent typing, and do it; False to stay."""
    answer = ask_leaving(page, what)
    if answer is Leaving.KEEP_DRAFT:
        keeper.store_now()
    elif answer is Leaving.DISCARD:
        keeper.discard()
    return answer is not Leaving.STAY
