"""Stress: a scenario on the book as it stands, up to three runs beside each other.

Source: screens.md S80, desktop.md 3. Loans are read on the database lane, computed in a child that
can be stopped, and compared here. A scenario is not a forecast, and every answer says how it was
made.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from app.rules.money import count_shown
from app.rules.permissions import Act, may
from app.services.run_stress_test import (
    StressChoices,
    StressPrepared,
    stress_choices,
)
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.stress_figures import NOT_A_FORECAST, StressRun
from app.ui.actions.action_button import action_button
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.screens.monitor.stress_answer import StressAnswer
from app.ui.screens.monitor.stress_form import StressForm
from app.ui.screens.monitor.stress_words import (
    MOST_RUNS,
    tr,
)
from app.ui.screens.monitor.stress_work import compute_run, prepare_run
from app.ui.tasks.task import Lane, Task, TaskFailed, TaskProgress
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.state_words import only_words
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_FORM_WIDTH = 316
OWNER = "monitor"


class StressTab(MonitorTab):
    """The form at the left; figures, worst segments and the method at the right."""

    name = "stress"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._scope = MonitorScope()
        self._runs: tuple[StressRun, ...] = ()
        self._products: dict[str, str] = {}
        self._running: TaskHandle | None = None
        create = workbench.registry.create
        self._run = create("monitor.run_stress", self._start, self)
        self._stop = create("monitor.stop_stress", self._stop_run, self)
        self.form = StressForm()
        self._progress = label("", "small", name="status.stress", wrap=True)
        self._answer = StressAnswer(workbench.theme)
        self._states = StateStack(self._answer, workbench, tr("Computing the scenario…"))
        self._build()
        self._show_runs()

    # What the window asks.

    def reader(self, scope: MonitorScope) -> TabReader:
        """Nothing beside the tiles: the tab reads for itself."""
        self.set_scope(scope)
        return lambda _desk: None

    def show_answer(self, _answer: object) -> None:
        """Read the presets of the day."""
        self.refresh()

    def set_scope(self, scope: MonitorScope) -> None:
        """Take only these loans from the next run on; runs of other loans are put away."""
        if scope != self._scope:
            self._scope = scope
            self._runs = ()
            self._show_runs()

    def refresh(self) -> None:
        """Read the presets of the day; a run is started by a person only."""
        if not may(self.bench.person.roles, Act.SEE_MONITOR):
            self._states.no_permission(only_words(Act.SEE_MONITOR))
            self._run.setEnabled(False)
            return
        desk = self.bench.desk
        self.bench.runner.submit(
            Task(
                tr("Reading the scenarios"),
                Lane.DATABASE,
                lambda _control: stress_choices(desk),
                key="monitor.stress_choices",
                owner=OWNER,
                quiet=True,
            ),
            self._offer,
            self._failed,
        )

    @property
    def runs(self) -> tuple[StressRun, ...]:
        """The runs compared, oldest first."""
        return self._runs

    # A run.

    def _offer(self, choices: StressChoices) -> None:
        self._products = dict(choices.product_names)
        self.form.show_presets(choices.presets)
        self._show_runs()

    def _start(self) -> None:
        request = None if self._running is not None else self.form.request()
        if request is None:
            return
        asked = replace(request, scope=self._scope)
        desk = self.bench.desk
        task = Task(
            tr("Reading the loans for the scenario"),
            Lane.DATABASE,
            lambda control: prepare_run(asked, desk, control),
            owner=OWNER,
        )
        self._running = self.bench.runner.submit(task, self._compute, self._failed, self._reading)
        self._progress.setText(tr("Reading the loans…"))
        self._states.loading(self._running, self._start)
        self._enable()

    def _compute(self, prepared: StressPrepared) -> None:
        data_dir = self.bench.desk.data_dir
        task = Task(
            tr("Computing the scenario"),
            Lane.PROCESS,
            lambda control: compute_run(prepared.folder, data_dir, control),
            owner=OWNER,
        )
        self._running = self.bench.runner.submit(
            task, self._computed, self._failed, self._computing
        )
        self._states.loading(self._running, self._start)
        self._enable()

    def _reading(self, step: TaskProgress) -> None:
        self._tell(tr("Reading %1 of %2 loans"), step)

    def _computing(self, step: TaskProgress) -> None:
        self._tell(tr("Computing %1 of %2 loans"), step)

    def _tell(self, words: str, step: TaskProgress) -> None:
        if self._running is not None:
            words = words.replace("%1", count_shown(step.done))
            self._progress.setText(words.replace("%2", count_shown(step.total)))

    def _computed(self, run: StressRun) -> None:
        self._running = None
        same = self._runs and self._runs[-1].before == run.before
        kept = self._runs[-(MOST_RUNS - 1) :] if same else ()
        changed = bool(self._runs) and not same
        self._runs = (*kept, run)
        self._progress.setText(
            tr("The book has changed: earlier runs were put away.") if changed else ""
        )
        self._show_runs()
        self._enable()

    def _stop_run(self) -> None:
        if self._running is None:
            return
        self._running = None
        self._progress.setText(tr("Stopped. Nothing was kept."))
        self._states.stop()
        self._enable()

    def _failed(self, failure: TaskFailed) -> None:
        self._running = None
        self._progress.setText("")
        self.form.show_errors(failure.fields)
        if failure.fields:
            self._progress.setText(failure.sentence)
            self._show_runs()
        else:
            self._states.failed(failure, self._start)
        self._enable()

    def _enable(self) -> None:
        self._run.setEnabled(self._running is None)
        self._stop.setEnabled(self._running is not None)

    # What is shown.

    def _show_runs(self) -> None:
        self._answer.show_runs(self._runs, self._products)
        if self._runs:
            self._states.content()
        else:
            self._states.empty(tr("Choose a scenario and run it. Up to three runs are compared."))

    def _build(self) -> None:
        scenario = Card(tr("Scenario"), NOT_A_FORECAST)
        scenario.setFixedWidth(_FORM_WIDTH)
        buttons = QHBoxLayout()
        for action in (self._run, self._stop):
            buttons.addWidget(action_button(action))
        buttons.addStretch(1)
        scenario.body.addWidget(self.form)
        scenario.body.addLayout(buttons)
        scenario.body.addWidget(self._progress)
        scenario.body.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(scenario)
        line.addWidget(self._states, 1)
        self.lines.addLayout(line, 1)
        self._enable()
