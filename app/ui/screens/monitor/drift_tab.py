"""Drift: how far scores, inputs and outcomes have moved from what the model was developed on.

Source: screens.md S80, machine-learning.md 9. The book is read on the database lane, the report
computed on the other one; both answers may be asked for again at any time.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rules.money import count_shown
from app.rules.permissions import Act, may
from app.services.settle_drift_alerts import settle_drift_alerts
from app.services.steps.drift_figures import BandLine, DecidedLine, DriftLine, DriftReport
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_drift import DriftReading, read_drift, report_of
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.drift_words import (
    CheckLine,
    band_columns,
    check_columns,
    check_lines,
    decided_columns,
    drift_columns,
    measured_words,
    tr,
)
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.form_scroll import FormScroll
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.state_words import only_words
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 22
OWNER = "monitor"


class DriftTab(MonitorTab):
    """Score and inputs at the left; outcomes, levels and decisions at the right."""

    name = "drift"

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._scope = MonitorScope()
        theme = workbench.theme
        self._lines: RecordsModel[DriftLine] = RecordsModel(drift_columns(), theme)
        self._checks: RecordsModel[CheckLine] = RecordsModel(check_columns(), theme)
        self._bands: RecordsModel[BandLine] = RecordsModel(band_columns(), theme)
        self._decided: RecordsModel[DecidedLine] = RecordsModel(decided_columns(), theme)
        self._lines_card = Card(tr("Score and inputs"), tight=True)
        self._outcome_card = Card(tr("Outcomes"), tight=True)
        self._band_card = Card(tr("Calibration by level"), tight=True)
        self._notes = label("", "small", wrap=True, name="text.drift_method")
        self._fitted: list[TableView] = []
        content = QWidget()
        self._states = StateStack(content, workbench, tr("Measuring drift…"))
        self._build(content)

    # What the window asks.

    def reader(self, scope: MonitorScope) -> TabReader:
        """Nothing beside the tiles: the tab reads for itself, on two lanes."""
        self.set_scope(scope)
        return lambda _desk: None

    def show_answer(self, _answer: object) -> None:
        """Measure again."""
        self.refresh()

    def set_scope(self, scope: MonitorScope) -> None:
        """Measure only these applications and loans from the next reading on."""
        if scope != self._scope:
            self._scope = scope
            self._states.forget()

    def refresh(self) -> None:
        """Read and measure again; the old figures stay until then."""
        if not may(self.bench.person.roles, Act.SEE_MONITOR):
            self._states.no_permission(only_words(Act.SEE_MONITOR))
            return
        desk, scope = self.bench.desk, self._scope
        handle = self.bench.runner.submit(
            Task(
                tr("Reading scores and outcomes"),
                Lane.DATABASE,
                lambda _control: read_drift(scope, desk),
                key="monitor.drift",
                owner=OWNER,
                quiet=True,
            ),
            self._measure,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    def _measure(self, reading: DriftReading) -> None:
        desk = self.bench.desk
        handle = self.bench.runner.submit(
            Task(
                tr("Measuring drift"),
                Lane.COMPUTE,
                lambda _control: report_of(reading, desk.model(), desk.rulebook()),
                key="monitor.drift_report",
                owner=OWNER,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _show(self, report: DriftReport) -> None:
        if not report.of_rows and not report.outcomes.rows:
            self._states.empty(tr("Drift needs applications that this model has scored."))
            return
        self._lines.set_rows(report.lines)
        self._checks.set_rows(check_lines(report))
        self._bands.set_rows(report.bands)
        self._decided.set_rows(report.decisions)
        for table in self._fitted:
            table.fit_rows()
        self._lines_card.set_detail(measured_words(report))
        found = report.outcomes
        words = tr("%1 matured loans, %2 defaulted; %3 late ones not counted")
        words = words.replace("%1", count_shown(found.rows)).replace("%2", count_shown(found.bads))
        self._outcome_card.set_detail(words.replace("%3", count_shown(found.indeterminate)))
        self._band_card.set_detail(
            tr("expected by synthetic loans, no evidence of any bank")
            if report.bands_synthetic
            else tr("expected by the model's table")
        )
        self._notes.setText(" ".join(report.notes))
        self._states.content()
        self._settle_alerts(report)

    def _settle_alerts(self, report: DriftReport) -> None:
        """What was measured raises, moves or clears the alerts on it."""
        desk, scope = self.bench.desk, self._scope
        task = Task(
            tr("Settling the alerts on drift"),
            Lane.DATABASE,
            lambda _control: settle_drift_alerts(report, scope, desk),
            owner=OWNER,
            quiet=True,
            writes=True,
        )
        self.bench.runner.submit(task, self._settled, self._not_settled)

    def _settled(self, moved: Sequence[object]) -> None:
        if moved:
            self.choice_changed.emit()

    def _not_settled(self, failure: TaskFailed) -> None:
        """The figures stand; only their alerts wait for the next measurement."""
        self.said.emit(failure.sentence)

    def _build(self, content: QWidget) -> None:
        self.lines.addWidget(self._states)
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self._add_table(self._lines_card, "drift", self._lines, fitted=False)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._lines_card, 1)
        left.addWidget(self._notes)
        line.addLayout(left, 6)
        line.addWidget(FormScroll(self._verdicts()), 5)

    def _verdicts(self) -> QWidget:
        """The three short tables; whole ones scroll past rather than lose a row."""
        page = QWidget()
        page.setProperty("kind", "page")
        right = QVBoxLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        decided = Card(tr("Approvals and overrides"), tr("in 12 months"), tight=True)
        for card, name, rows in (
            (self._outcome_card, "drift_outcomes", self._checks),
            (self._band_card, "drift_bands", self._bands),
            (decided, "drift_decisions", self._decided),
        ):
            self._add_table(card, name, rows, fitted=True)
            right.addWidget(card)
        right.addStretch(1)
        return page

    def _add_table(self, card: Card, name: str, rows: RecordsModel[Any], *, fitted: bool) -> None:
        table = TableView(f"table.{name}", card.accessibleName(), row_height=_ROW_HEIGHT)
        table.set_records(rows)
        card.body.addWidget(table, 1)
        if fitted:
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._fitted.append(table)
            table.fit_rows()
