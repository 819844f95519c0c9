"""The right side of the queue: the case, the confirm strip over the keys, and what the keys do."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.rules.money import rupees_shown
from app.services.decide_application import CaseRequest, claim_case, recall_decision, release_case
from app.services.read_queue import QueueRow
from app.services.steps.case_answer import CaseAnswer
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.cards.case_look import CaseSeen, look_at_case
from app.ui.screens.queue.case_page import CasePage
from app.ui.screens.queue.confirm_strip import RECALLED, Asked, ConfirmStrip, Question
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench


class CasePane(QWidget):
    """Shows one case of the list and acts on it.

    Signals:
        done: carries the question that was carried out.
        answered: a step without a question was taken; carries its answer.
        failed: carries a TaskFailed that no field explains.
        closed: the strip has gone; the list may take the keys again.
    """

    done = Signal(object)
    answered = Signal(object)
    failed = Signal(object)
    closed = Signal()

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._workbench = workbench
        self._row: QueueRow | None = None
        self._seen: CaseSeen | None = None
        self._last: Question | None = None
        self._case = CasePage(workbench)
        self._states = StateStack(self._case, workbench, self.tr("Reading the case…"))
        self._limit = label("", "muted")
        self._strip = ConfirmStrip(workbench, page)
        self._actions = self._make_actions(page)
        self._strip.done.connect(self._carried_out)
        self._strip.closed.connect(self.closed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._states, 1)
        lines.addWidget(self._strip)
        lines.addWidget(self._keys())
        self._enable()

    @property
    def recall(self) -> QAction:
        """Takes the last decision back."""
        return self._actions["recall"]

    def open(self, row: QueueRow) -> None:
        """Read a case; a strip that asks about it as it still is stays open."""
        if not self._strip.is_about(row):
            self._strip.go_back()
        self._row, self._seen = row, None
        self._enable()
        desk = self._workbench.desk
        handle = self._workbench.runner.submit(
            Task(
                self.tr("Reading the case"),
                Lane.DATABASE,
                lambda _control: look_at_case(row.application_id, desk),
                key="queue_case",
                owner="queue",
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(handle, self._read_again)

    def show_none(self, words: str) -> None:
        """There is no case to show, and why."""
        self._strip.go_back()
        self._row = self._seen = None
        self._limit.setText("")
        self._states.no_match(words)
        self._enable()

    def _show(self, seen: CaseSeen) -> None:
        row = self._row
        if row is None or row.application_id != seen.view.application.application_id:
            return
        self._seen = seen
        self._states.content()
        self._case.show_case(row, seen)
        limit = seen.case.limit_paise
        words = self.tr("Your limit %1").replace("%1", rupees_shown(limit or 0))
        self._limit.setText("" if limit is None else words)
        self._enable()

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self._read_again)

    def _read_again(self) -> None:
        if self._row is not None:
            self.open(self._row)

    # The keys.

    def _enable(self) -> None:
        """Keys act on a case that was read and is not in another's hands."""
        row, seen = self._row, self._seen
        free = row is not None and seen is not None and (not row.held_by or row.mine)
        for name in (*Asked, "claim"):
            self._actions[name].setEnabled(free)
        self._actions["note"].setEnabled(seen is not None)
        mine = row is not None and row.mine
        self._actions["release"].setEnabled(mine)
        self._actions["recall"].setEnabled(self._last is not None)
        self._actions["claim"].setText(self.tr("Give back") if mine else self.tr("Take up"))

    def _ask(self, asked: Asked) -> None:
        if self._row is not None and self._seen is not None:
            self._strip.ask(Question(asked, self._row, self._seen))

    def _claim_or_release(self) -> None:
        row = self._row
        if row is not None and row.mine:
            self._release()
        elif row is not None:
            self._run(self.tr("Taking a case up"), partial(claim_case, self._request(row)))

    def _release(self) -> None:
        if self._row is not None:
            request = self._request(self._row)
            self._run(self.tr("Giving a case back"), partial(release_case, request))

    def _recall(self) -> None:
        if self._last is not None:
            request = self._request(self._last.row)
            self._run(self.tr("Recalling a decision"), partial(recall_decision, request))

    def _request(self, row: QueueRow) -> CaseRequest:
        return CaseRequest(new_id(self._workbench.desk), row.application_id)

    def _run(self, title: str, act: "partial[CaseAnswer]") -> None:
        desk = self._workbench.desk
        self._workbench.runner.submit(
            Task(title, Lane.DATABASE, lambda _control: act(desk), owner="queue", writes=True),
            self._answered,
            self._refused,
        )

    def _answered(self, answer: CaseAnswer) -> None:
        if self._last is not None and answer.application_id == self._last.row.application_id:
            self._last = None  # recalled: once is all
        self.answered.emit(answer)

    def _refused(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)

    def _carried_out(self, question: Question) -> None:
        if question.asked in RECALLED:
            self._last = question
        if question.asked is not Asked.NOTE:
            self._row = self._seen = None  # no key acts on a case that has just been decided
        self._enable()
        self.done.emit(question)

    def _make_actions(self, page: QWidget) -> dict[str, QAction]:
        create = self._workbench.registry.create
        made = {
            str(asked): create(f"queue.{asked}", partial(self._ask, asked), page) for asked in Asked
        }
        for name, act in (
            ("claim", self._claim_or_release),
            ("release", self._release),
            ("recall", self._recall),
        ):
            made[name] = create(f"queue.{name}", act, page)
        return made

    def _keys(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("kind", "footer")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        for name in (*Asked, "claim"):
            line.addWidget(action_button(self._actions[name]))
        line.addStretch(1)
        line.addWidget(self._limit)
        return bar
