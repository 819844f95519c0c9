"""The impact of a change on the open applications: sentence, progress, lines (S110)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.rule_change import RuleChange
from app.services.preview_rule_change import ImpactLine, RuleImpact, preview_rule_change
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.rules.rule_columns import impact_columns, weight
from app.ui.tasks.task import Lane, Task, TaskFailed, TaskProgress
from app.ui.widgets.labels import label
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_ROW_HEIGHT = 22


class ImpactCard(QWidget):
    """Runs one preview at a time; a newer one replaces it.

    Signals:
        refused: carries a TaskFailed whose fields belong to the form.
    """

    refused = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._handle: TaskHandle | None = None
        self._progress = TaskProgress(0, 0)
        self._said = label("", "small", wrap=True)
        self._stop = QPushButton(self.tr("Cancel"))
        self._stop.setProperty("small", "true")
        self._stop.clicked.connect(lambda _checked=False: self.cancel())
        self._rows: RecordsModel[ImpactLine] = RecordsModel(impact_columns(), workbench.theme, self)
        self._table = TableView("table.impact", self.tr("Impact"), row_height=_ROW_HEIGHT)
        self._table.set_records(self._rows)
        self._states = StateStack(self._table, workbench, self.tr("Comparing…"))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self._said, 1)
        head.addWidget(self._stop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(head)
        lines.addWidget(self._states, 1)
        self.forget()

    @property
    def rows(self) -> tuple[ImpactLine, ...]:
        """The lines shown."""
        return self._rows.rows()

    def forget(self) -> None:
        """Show nothing, for another rule."""
        self.drop()
        self._rows.set_rows(())
        self._say("")
        self._states.empty(
            self.tr("Preview impact holds a change against the open applications of the branch.")
        )

    def drop(self) -> None:
        """Let go of a preview that nobody waits for."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = None
        self._stop.hide()

    def outdated(self) -> None:
        """The change was edited since: the lines stay, marked."""
        if self._handle is None and self._said.text():
            self._states.stale(self.tr("The change was edited since: preview it again."))

    def preview(self, change: RuleChange) -> None:
        """Compare, with progress and Cancel."""
        self.drop()
        desk = self._workbench.desk
        self._progress = TaskProgress(0, 0)
        self._say(self.tr("Comparing the open applications…"))
        self._handle = self._workbench.runner.submit(
            Task(
                self.tr("Previewing the impact of a change"),
                Lane.DATABASE,
                lambda control: preview_rule_change(
                    change, desk, control.progress, control.cancelled
                ),
                key="rules.impact",
                owner="rules",
            ),
            self._show,
            self._failed,
            self._step,
        )
        self._states.loading()
        self._stop.show()

    def cancel(self) -> None:
        """Stop; nothing was written, and the card says how far it came."""
        done = self._progress
        self.drop()
        if done.total:
            words = self.tr("Stopped after %1 of %2 applications. Nothing was saved.")
            words = words.replace("%1", f"{done.done:,}").replace("%2", f"{done.total:,}")
        else:
            words = self.tr("Stopped. Nothing was saved.")
        self._say("")
        self._states.empty(words)

    def _step(self, progress: TaskProgress) -> None:
        self._progress = progress
        words = self.tr("Compared %1 of %2 open applications…")
        words = words.replace("%1", f"{progress.done:,}").replace("%2", f"{progress.total:,}")
        self._say(words)

    def _show(self, impact: RuleImpact) -> None:
        self._handle = None
        self._stop.hide()
        self._rows.set_rows(sorted(impact.lines, key=weight))
        self._say(impact.sentence)
        if impact.lines:
            self._states.content()
        else:
            self._states.empty(self.tr("No open application reads differently."))

    def _failed(self, failure: TaskFailed) -> None:
        self._handle = None
        self._stop.hide()
        self._say("")
        if failure.fields:
            self._states.empty(self.tr("Put the change right, then preview it again."))
            self.refused.emit(failure)
        else:
            self._states.empty(failure.sentence)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._table.setAccessibleDescription(words)
