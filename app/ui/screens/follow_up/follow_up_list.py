"""The list of the follow-up page: its filters, its rows, its place, what it comes to."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import rupees
from app.services.find_follow_ups import (
    FollowUpFilter,
    FollowUpNeed,
    FollowUpRow,
    FollowUpsFound,
    find_follow_ups,
)
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.follow_up.follow_up_columns import follow_up_columns
from app.ui.screens.follow_up.follow_up_filters import FollowUpFilters
from app.ui.screens.follow_up.follow_up_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench


class FollowUpList(QWidget):
    """Reads the list; the row that was current stays current, else the place does.

    Signals:
        chosen: another row is current, or it was read anew; None without rows.
        opened: Enter on a row.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._current: UUID | None = None
        self._wanted: UUID | None = None
        self._place = 0
        self._showing = False
        self.filters = FollowUpFilters()
        self._rows: RecordsModel[FollowUpRow] = RecordsModel(follow_up_columns(), workbench.theme)
        self.table = TableView("table.follow_up", tr("Loans that need a call"))
        self.table.set_records(self._rows)
        self.states = StateStack(self.table, workbench, tr("Reading what needs a call…"))
        self.foot = FollowUpFoot()
        self.filters.changed.connect(self.refresh)
        self.table.current_changed.connect(self._moved)
        self.table.opened.connect(lambda _row: self.opened.emit())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.states, 1)

    def want(self, loan_id: UUID | None) -> None:
        """Go to this loan once the list has been read."""
        self._wanted = loan_id

    def refresh(self) -> None:
        """Read the list."""
        wanted, desk = self.filters.filter(), self._workbench.desk
        handle = self._workbench.runner.submit(
            Task(
                tr("Reading what needs a call"),
                Lane.DATABASE,
                lambda _control: (wanted, find_follow_ups(wanted, desk)),
                key="follow_up",
                owner="follow_up",
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self.states.loading(handle, self.refresh)

    def step(self) -> None:
        """Go to the next row, and take the keys."""
        following = self.table.currentIndex().row() + 1
        if following < self._rows.rowCount():
            self.table.go_to(following)
        self.take_keys()

    def take_keys(self) -> None:
        """The list has the keys."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, answer: tuple[FollowUpFilter, FollowUpsFound]) -> None:
        wanted, found = answer
        self.filters.offer(found.officers)
        self.foot.show_found(found, wanted.need)
        place = self._place_in(found)
        self._wanted, self._showing = None, True
        self._rows.set_rows(found.rows)
        if found.rows:
            self.states.content()
            self.table.go_to(place)
        elif wanted == FollowUpFilter():
            self.states.empty(tr("No loan needs a call today."))
        else:
            clear = state_button(tr("Clear filters"), self.filters.clear)
            self.states.no_match(tr("No loan matches these filters."), (clear,))
        self._showing = False
        self._moved(self.table.current_row() if found.rows else None)

    def _place_in(self, found: FollowUpsFound) -> int:
        """Where the loan that was asked for, or was current, stands now; else the same place."""
        ids = [row.loan_id for row in found.rows]
        sought = next((each for each in (self._wanted, self._current) if each in ids), None)
        if sought is not None:
            return ids.index(sought)
        return min(self._place, max(len(ids) - 1, 0))

    def _failed(self, failure: TaskFailed) -> None:
        self.states.failed(failure, self.refresh)

    def _moved(self, row: object) -> None:
        if self._showing:
            return
        if isinstance(row, FollowUpRow):
            self._current, self._place = row.loan_id, self.table.currentIndex().row()
            self.chosen.emit(row)
        else:
            self._current = None
            self.chosen.emit(None)


class FollowUpFoot(QWidget):
    """How many loans there are, what they come to, as of which day-end."""

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "muted", name="status.count")
        self._count.setAccessibleName(tr("Count of the list"))
        self._sums = label("", "strong")
        self._day = label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self._count)
        line.addWidget(self._sums)
        line.addStretch(1)
        line.addWidget(self._day)

    def show_found(self, found: FollowUpsFound, need: FollowUpNeed) -> None:
        """Show what was found."""
        total = f"{found.total:,}"
        rests = need is FollowUpNeed.RESTING
        words = tr("%1 rest for now") if rests else tr("%1 need a call")
        words = words.replace("%1", total)
        if len(found.rows) < found.total:
            first = tr("first %1 shown").replace("%1", f"{len(found.rows):,}")
            words = f"{words}, {first}"
        if not rests and found.resting:
            words += ", " + tr("%1 rest").replace("%1", f"{found.resting:,}")
        self._count.setText(words)
        sums = tr("Overdue %1   Outstanding %2").replace("%1", rupees(found.overdue_paise))
        self._sums.setText(sums.replace("%2", rupees(found.outstanding_paise)))
        self._day.setText(tr("Days late: day-end %1").replace("%1", date_shown(found.as_of)))
