"""S66: close the day of the branch, after a dry run that shows which loans move."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.close_day import CloseDay, DaysClosed, close_day
from app.services.read_closing import ClosingState, read_closing
from app.ui.actions.action_button import action_button
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.day_end.day_card import DayCard
from app.ui.screens.day_end.day_end_words import (
    done_words,
    movement_columns,
    none_moved,
    tr,
    waiting_columns,
)
from app.ui.screens.day_end.day_files import DayFiles
from app.ui.tasks.task import Lane, Task, TaskFailed, TaskProgress
from app.ui.widgets.card import Card
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.services.steps.day_work import Movement, WaitingAct
    from app.ui.tasks.task_runner import TaskHandle


class DayEndScreen(Screen):
    """The day and its figures at the left, movements and what waits at the right."""

    name = "day_end"
    rail = "loans"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        create = workbench.registry.create
        self._preview = create("day_end.preview", partial(self._start, dry_run=True), self)
        self._run = create("day_end.run", partial(self._start, dry_run=False), self)
        self._stop = create("day_end.stop", self._stop_run, self)
        self._journal = create("day_end.export_journal", self._ask_journal, self)
        self._report = create("day_end.make_report", self._ask_report, self)
        self._running: TaskHandle | None = None
        self._done: DaysClosed | None = None
        self._card = DayCard(workbench.desk.clock.today)
        self._files = DayFiles(workbench, self)
        self._moves: RecordsModel[Movement] = RecordsModel(movement_columns(), workbench.theme)
        self._moved = TableView("table.movements", tr("Movements between classes"))
        self._moved.set_records(self._moves)
        self._move_states = StateStack(self._moved, workbench, tr("Working on the day…"))
        self._waits: RecordsModel[WaitingAct] = RecordsModel(waiting_columns(), workbench.theme)
        self._waiting = TableView("table.pending_receipts", tr("What still waits"))
        self._waiting.set_records(self._waits)
        self._wait_states = StateStack(self._waiting, workbench, tr("Reading what waits…"))
        self._build()
        self.set_heading(Heading(tr("Day-end"), (Crumb(tr("Loans"), "loans"),)))

    # Hooks of the shell.

    def first_focus(self) -> QWidget | None:
        """Where the movements will stand: no field, so that D, J and R are keys of the page."""
        return self._move_states if self._done is None else None

    def header_actions(self) -> list[QWidget]:
        """The files, a stop between two days, a look, and closing."""
        actions = (self._report, self._journal, self._stop, self._preview, self._run)
        return [action_button(each) for each in actions]

    def refresh(self) -> None:
        """Read up to which day the branch is closed."""
        desk = self.workbench.desk
        task = Task(
            tr("Reading the closed days"),
            Lane.DATABASE,
            lambda _control: read_closing(desk),
            key="day_end.state",
            owner=self.name,
            quiet=True,
        )
        handle = self.workbench.runner.submit(task, self._show_state, self._not_read)
        self._wait_states.loading(handle, self.refresh)

    # Reading.

    def _show_state(self, state: ClosingState) -> None:
        self._card.show_state(state)
        self._waits.set_rows(state.waiting)
        if state.waiting:
            self._wait_states.content()
        else:
            self._wait_states.empty(tr("No receipt and no proposal waits."))
        self._enable()

    def _not_read(self, failure: TaskFailed) -> None:
        self._wait_states.failed(failure, self.refresh)

    # Closing.

    def _start(self, *, dry_run: bool) -> None:
        day, desk = self._card.day.value(), self.workbench.desk
        if day is None or self._running is not None:
            return
        self.clear_messages()
        task = Task(
            tr("Dry run of the day-end") if dry_run else tr("Closing the day"),
            Lane.DATABASE,
            lambda control: close_day(
                CloseDay(day, dry_run=dry_run), desk, control.progress, control.cancelled
            ),
            owner=self.name,
            writes=True,
        )
        runner = self.workbench.runner
        self._running = runner.submit(task, self._show_done, self._not_done, self._show_progress)
        self._move_states.loading(self._running, self.refresh)
        self._card.progress.setText(tr("Working…"))
        self._enable()

    def _stop_run(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._card.progress.setText(tr("Stops after this day…"))

    def _show_progress(self, progress: TaskProgress) -> None:
        words = tr("Day %1 of %2").replace("%1", f"{progress.done:,}")
        self._card.progress.setText(words.replace("%2", f"{progress.total:,}"))

    def _show_done(self, done: DaysClosed) -> None:
        self._running, self._done = None, done
        self._card.progress.setText(done_words(done))
        self._card.show_done(done)
        self._moves.set_rows(done.movements)
        if done.movements:
            self._move_states.content()
        else:
            self._move_states.empty(none_moved(done))
        self._enable()
        self.refresh()

    def _not_done(self, failure: TaskFailed) -> None:
        """Nothing of the last day is kept; days closed before it are, so the state is read anew."""
        self._running, self._done = None, None
        self._card.progress.setText("")
        self._moves.set_rows(())
        self._move_states.empty(none_moved(None))
        self._say("bad", failure.sentence)
        self._enable()
        self.refresh()

    def _enable(self) -> None:
        """A day is closed once it has been looked at, unless the person wants it otherwise."""
        done, day = self._done, self._card.day.value()
        free = self._running is None and day is not None
        looked = done is not None and done.dry_run and done.day == day and bool(done.days)
        kept = done is not None and bool(done.days) and not done.dry_run
        self._preview.setEnabled(free)
        closable = free and self._card.may_close
        self._run.setEnabled(closable and (looked or not self._card.asks_dry_run))
        self._stop.setEnabled(self._running is not None)
        self._journal.setEnabled(free)
        self._report.setEnabled(free and kept)

    # Files.

    def _ask_journal(self) -> None:
        day = self._card.day.value()
        if day is not None:
            self._files.ask_journal(day)

    def _ask_report(self) -> None:
        if self._done is not None:
            self._files.ask_report(self._done)

    def _say(self, level: str, words: str) -> None:
        self.clear_messages()
        self.show_message(level, words)

    def _build(self) -> None:
        self._card.edited.connect(self._enable)
        self._files.said.connect(self._say)
        right = QVBoxLayout()
        right.setSpacing(12)
        for title, states, share in (
            (tr("Movements"), self._move_states, 3),
            (tr("Still waiting"), self._wait_states, 2),
        ):
            card = Card(title, tight=True)
            card.body.addWidget(states, 1)
            right.addWidget(card, share)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._card)
        line.addLayout(right, 1)
        self.body.addLayout(line, 1)
        self._move_states.empty(none_moved(None))
        self._enable()
