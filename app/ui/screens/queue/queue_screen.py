"""S50: what waits for this person's decision, one case beside the list, one key a decision."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.read_queue import QueueRow, read_queue
from app.services.steps.case_answer import CaseAnswer
from app.ui.actions.action_button import action_button
from app.ui.screens.queue.case_pane import CasePane
from app.ui.screens.queue.confirm_strip import RECALLED, Asked, Question, done_words
from app.ui.screens.queue.queue_filters import QueueFilters
from app.ui.screens.queue.queue_list import QueueList, QueueModel
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.labels import KeyHints
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench

_LIST_WIDTH = 288


class QueueScreen(Screen):
    """The list at the left, the case and its keys at the right."""

    name = "queue"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._rows: tuple[QueueRow, ...] = ()
        self._place = 0
        self._filters = QueueFilters()
        self._model = QueueModel(workbench.theme)
        self._list = QueueList(self.tr("Cases that wait"))
        self._list.show_model(self._model)
        self._pane = CasePane(workbench, self)
        create = workbench.registry.create
        create("queue.next", partial(self._list.step, 1), self)
        create("queue.previous", partial(self._list.step, -1), self)
        split = QWidget()
        split.setProperty("sides", 16)  # the list and the case touch the edges, a sentence does not
        self._states = StateStack(split, workbench, self.tr("Reading the queue…"))
        self._build(split)
        self._connect()
        self.set_heading(Heading(self.tr("Queue")))

    def first_focus(self) -> QWidget:
        """The list, or what stands for it."""
        return self._states.waiting() or self._list

    def refresh(self) -> None:
        """Read the queue again; the current case stays where it is."""
        desk = self.workbench.desk
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the queue"),
                Lane.DATABASE,
                lambda _control: read_queue(desk),
                key="queue",
                owner=self.name,
                quiet=True,
            ),
            self._show_rows,
            self._show_failure,
        )
        self._states.loading(handle, self.refresh)

    def clear_filters(self) -> None:
        """Ctrl+Shift+F."""
        self._filters.clear()

    # The list.

    def _show_rows(self, rows: tuple[QueueRow, ...]) -> None:
        self._rows = rows
        waiting = self.tr("%1 waiting, oldest first").replace("%1", str(len(rows)))
        self.set_heading(Heading(self.tr("Queue"), (), waiting if rows else ""))
        if rows:
            self._states.content()
            self._filter()
            return
        self._model.set_rows(())
        self._pane.show_none("")
        self._states.empty(self.tr("Queue is clear."))

    def _filter(self) -> None:
        """Show the cases that match, and stay at the case or the place that was current."""
        current = self._list.current_row()
        shown = self._filters.keep(self._rows)
        known = [row.application_id for row in shown]
        if current is not None and current.application_id in known:
            self._place = known.index(current.application_id)
        self._model.set_rows(shown)
        if shown:
            self._list.go_to(min(self._place, len(shown) - 1))
        else:
            words = self.tr("No case matches. Clear filters with Ctrl+Shift+F.")
            self._pane.show_none(words)

    def _open_current(self, row: QueueRow | None) -> None:
        if row is not None:
            self._place = self._list.currentIndex().row()
            self._pane.open(row)

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    # What became of a key.

    def _answered(self, answer: CaseAnswer) -> None:
        self.clear_messages()
        self.workbench.notices.tell("application", answer.application_id)

    def _say_failure(self, failure: TaskFailed) -> None:
        self.clear_messages()
        self.show_message("bad", failure.sentence)
        self.refresh()

    def _carried_out(self, question: Question) -> None:
        """Tell what was done, offer to recall it, and open the next case."""
        self.clear_messages()
        buttons = []
        if question.asked in RECALLED:
            buttons.append(action_button(self._pane.recall, small=True))
        self.show_message("good", done_words(question), buttons)
        asked = question.seen.view.application
        if question.asked is Asked.NOTE:
            self.workbench.notices.tell("customer", asked.customer_id)
        else:
            self.workbench.notices.tell("application", asked.application_id)

    def _note_change(self, change: Change) -> None:
        if change.touches("application") and self.isVisible():
            self.refresh()

    def _take_keys(self) -> None:
        if self.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self._filters.changed.connect(self._filter)
        self._list.current_changed.connect(self._open_current)
        self._pane.done.connect(self._carried_out)
        self._pane.answered.connect(self._answered)
        self._pane.failed.connect(self._say_failure)
        self._pane.closed.connect(self._take_keys)
        self.workbench.notices.changed.connect(self._note_change)

    def _build(self, split: QWidget) -> None:
        side = QWidget()
        side.setFixedWidth(_LIST_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        hints = KeyHints((("Ctrl+Down", self.tr("next")), ("K", self.tr("take up or give back"))))
        hints.setContentsMargins(16, 6, 8, 6)
        for part, share in ((self._filters, 0), (hair(), 0), (self._list, 1), (hair(), 0)):
            left.addWidget(part, share)
        left.addWidget(hints)
        line = QHBoxLayout(split)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(side)
        line.addWidget(hair(upright=True))
        line.addWidget(self._pane, 1)
        self.body.addWidget(self._states)
