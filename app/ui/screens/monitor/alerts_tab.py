"""Alerts log: what stands, answered by acknowledging or snoozing, and what became of each."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.rules.permissions import Act, may
from app.services.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from app.services.snooze_alert import SnoozeAlert, snooze_alert
from app.services.steps.ids import new_id
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_alerts import AlertLogLine, AlertsWatched, StandingAlert, watch_alerts
from app.ui.actions.action_button import action_button
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.alert_columns import log_columns, standing_columns
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import PADDING, Card
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.labels import label
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.steps.desk import Desk

_ROW_HEIGHT = 24
_MOST_STANDING = 7  # five alerts of a branch, and a sign that the bank has more
_LONGEST_NOTE = 200
_NOTE_WIDTH, _DATE_WIDTH = 320, 148


class AlertsTab(MonitorTab):
    """Answers go to the current alert; the log is only added to."""

    name = "alerts"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._standing: RecordsModel[StandingAlert] = RecordsModel(
            standing_columns(), bench.theme, self
        )
        self._log: RecordsModel[AlertLogLine] = RecordsModel(log_columns(), bench.theme, self)
        self._table = TableView("table.alerts_standing", self.tr("Alerts that stand"), _ROW_HEIGHT)
        self._note = TextEdit("alert_note", _LONGEST_NOTE, self.tr("Note, kept in the log"))
        self._until = DateEdit("snooze_until", bench.desk.clock.today)
        self._about = label("", "strong")
        self._said = label("", "small", "status.alert", wrap=True)
        self._chosen: UUID | None = None  # what answers go to, whatever stands in which row
        self._asked = False  # the keys go to the note as soon as that alert can be seen
        create = bench.registry.create
        self._answers = (
            create("monitor.acknowledge_alert", self._acknowledge, self),
            create("monitor.snooze_alert", self._snooze, self),
        )
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """What stands, and the newest lines of the log."""
        return lambda desk: watch_alerts(scope, desk)

    def show_answer(self, answer: AlertsWatched) -> None:
        """Swap the rows in place."""
        chosen = self._chosen
        self._standing.set_rows(answer.standing)
        self._table.fit_rows(_MOST_STANDING)
        self._chosen = chosen
        if not self._take_up():  # it stands no more
            self._asked = False
            self._note_current(self._table.current_row())
        self._log.set_rows(answer.log)
        allowed = may(self.bench.person.roles, Act.ANSWER_ALERT)
        for action in self._answers:
            action.setVisible(allowed)
            action.setEnabled(allowed and bool(answer.standing))
        if not answer.standing:
            self._said.setText(answer.sentence or self.tr("No alert stands."))

    def ask_about(self, subject: object) -> None:
        """Answer this alert: it is the current one, and what is typed is the note."""
        if isinstance(subject, UUID):
            self._chosen, self._asked = subject, True
            self._take_up()

    def showEvent(self, event: QShowEvent) -> None:
        """The first rows came: the alert that was asked about can be seen."""
        super().showEvent(event)
        self._take_up()

    # Answers.

    def _take_up(self) -> bool:
        """Go to the chosen alert, wherever it stands now; whether it stands at all."""
        ids = [each.alert_id for each in self._standing.rows()]
        if self._chosen not in ids:
            return False
        self._table.go_to(ids.index(self._chosen))
        if self._asked and self.isVisible():
            self._asked = False
            self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _note_current(self, alert: object) -> None:
        if isinstance(alert, StandingAlert):
            self._chosen = alert.alert_id
        self._about.setText(alert.label if isinstance(alert, StandingAlert) else "")

    def _acknowledge(self) -> None:
        note = self._note.text().strip()
        self._answer(
            lambda alert_id, desk: acknowledge_alert(
                AcknowledgeAlert(new_id(desk), alert_id, note), desk
            )
        )

    def _snooze(self) -> None:
        until, note = self._until.value(), self._note.text().strip()
        if until is None:
            self._said.setText(self.tr("Say until which day it sleeps."))
            self._until.setFocus()
            return
        self._answer(
            lambda alert_id, desk: snooze_alert(
                SnoozeAlert(new_id(desk), alert_id, until, note), desk
            )
        )

    def _answer(self, act: "Callable[[UUID, Desk], object]") -> None:
        alert = self._table.current_row()
        if not isinstance(alert, StandingAlert):
            self._said.setText(self.tr("Choose an alert that stands."))
            return
        desk = self.bench.desk
        self.bench.runner.submit(
            Task(
                self.tr("Answering an alert"),
                Lane.DATABASE,
                lambda _control: act(alert.alert_id, desk),
                owner="monitor",
                writes=True,
            ),
            self._answered,
            self._refused,
        )

    def _answered(self, _answer: object) -> None:
        self._note.set_value("")
        self._until.set_value(None)
        self._said.setText(self.tr("Written into the log."))
        self.choice_changed.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self._said.setText(". ".join(failure.fields.values()) or failure.sentence)

    def _drill(self, alert: StandingAlert) -> None:
        if alert.figure:
            self.drill_wanted.emit(DrillWish(alert.figure, alert.label))
        else:
            self._said.setText(self.tr("No loans stand behind it: the Drift tab shows it."))

    def _build(self) -> None:
        self._table.set_records(self._standing)
        self._table.opened.connect(self._drill)
        self._table.current_changed.connect(self._note_current)
        standing = Card(
            self.tr("Alerts that stand"), self.tr("internal, not a regulator's"), tight=True
        )
        standing.body.addWidget(self._table)
        standing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.setContentsMargins(PADDING, 0, PADDING, PADDING)
        self._note.setFixedWidth(_NOTE_WIDTH)
        self._note.setAccessibleName(self.tr("Note"))
        self._until.setFixedWidth(_DATE_WIDTH)
        self._until.setAccessibleName(self.tr("Snooze until"))
        for part in (self._about, self._note, label(self.tr("snooze until"), "muted"), self._until):
            answers.addWidget(part)
        for action in self._answers:
            answers.addWidget(action_button(action))
        answers.addWidget(self._said, 1)
        standing.body.addLayout(answers)
        log = Card(self.tr("Log"), self.tr("newest first, only added to"), tight=True)
        table = TableView("table.alerts", self.tr("Alerts log"), _ROW_HEIGHT)
        table.set_records(self._log)
        log.body.addWidget(table, 1)
        self.lines.addWidget(standing)
        self.lines.addWidget(log, 1)
