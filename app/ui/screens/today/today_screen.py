"""S10, minimal: what waits for me, my counts, my drafts."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.permissions import Act, may
from app.services.find_follow_ups import count_my_follow_ups
from app.services.today_work import TodayWork, ToDo, today_work
from app.ui.actions.action_button import action_button
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.today.old_drafts_bar import OldDraftsBar
from app.ui.screens.today.side_cards import SideCards
from app.ui.screens.today.work_columns import to_do_columns
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.labels import KeyHints
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.book import Draft

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_ROW_HEIGHT = 38
_MS_PER_MINUTE = 60_000
_WATCHED = frozenset({"application", "customer", "draft", "loan"})
# Forms whose drafts are gone on with, and the name of the record that each stands for.
_DRAFT_SCREENS = {
    "customer_form": "customer_id",
    "application_form": "",
    "decision": "application_id",
}


class TodayScreen(Screen):
    """The first page after sign-in."""

    name = "today"
    margins = (16, 0, 16, 16)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._new_customer = registry.create("customer.new", self._start_customer, self)
        self._new_application = registry.create("application.new", self._start_application, self)
        self._open = registry.create("today.open", self._open_current, self)
        self._table = TableView(
            "table.to_do", self.tr("To do, most urgent first"), row_height=_ROW_HEIGHT
        )
        self._rows: RecordsModel[ToDo] = RecordsModel(to_do_columns(), workbench.theme)
        self._table.set_records(self._rows)
        self._table.opened.connect(self._open_row)
        self._states = StateStack(self._table, workbench, self.tr("Reading what waits…"))
        self._handle: TaskHandle | None = None
        self._old = OldDraftsBar(workbench, self)
        self._old.deleted.connect(self.refresh)
        self._old.failed.connect(self._say_failure)
        self._side = SideCards(workbench, self)
        self._side.draft_opened.connect(self._open_draft)
        self._card = Card(
            self.tr("To do"), corner=KeyHints((("Enter", self.tr("next step")),)), tight=True
        )
        self._again = QTimer(self)
        self._again.timeout.connect(self._read_again)
        self._build()
        workbench.notices.changed.connect(self._note_change)

    def header_actions(self) -> list[QWidget]:
        """New customer, and the page's filled button: new application."""
        return [
            action_button(self._new_customer, style="plain"),
            action_button(self._new_application, style="filled"),
        ]

    def first_focus(self) -> QWidget:
        """What is to do."""
        return self._states

    def new_item(self) -> None:
        """Ctrl+N starts an application, for who may enter one."""
        if self._new_application.isVisible():
            self._start_application()

    def refresh(self) -> None:
        """Read everything of the page in one go."""
        desk = self.workbench.desk
        self.set_heading(Heading(self.tr("Today"), detail=_day_words(desk.clock.today())))
        self._handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading today's work"),
                Lane.DATABASE,
                lambda _control: today_work(desk),
                key="today",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(self, self.refresh)
        self._side.loading()

    def cancel(self) -> None:
        """The person pressed *Cancel*: the one read of the page stops, its drafts with it."""
        if self._handle is not None:
            self._handle.cancel()
        self._side.not_read()

    def _build(self) -> None:
        self._card.body.addWidget(self._states)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self._card, 1)
        columns.addWidget(self._side)
        self.body.addWidget(self._old)
        self.body.addLayout(columns)

    def _count_calls(self) -> None:
        """The calls are counted after the page: they take the whole book."""
        if not may(self.workbench.person.roles, Act.FOLLOW_UP_BORROWER):
            return
        desk = self.workbench.desk
        task = Task(
            self.tr("Counting calls"),
            Lane.DATABASE,
            lambda _control: count_my_follow_ups(desk),
            key="today.calls",
            owner=self.name,
            quiet=True,
        )
        self.workbench.runner.submit(task, self._side.show_calls, self._calls_unknown)

    def _calls_unknown(self, _failure: TaskFailed) -> None:
        """The list of things to do says what failed; the count says that it is not known."""
        self._side.show_calls(None)

    def _show(self, work: TodayWork) -> None:
        self._count_calls()
        self._rows.set_rows(work.to_do)
        self._card.set_detail(self._count_words(len(work.to_do)))
        self._side.show_work(work)
        self._old.ask(work.old_drafts)
        self._again.stop()
        if work.refresh_minutes:
            self._again.start(work.refresh_minutes * _MS_PER_MINUTE)
        if work.to_do:
            self._states.content()
            return
        may_enter = self._new_application.isVisible()
        new = action_button(self._new_application, style="plain", small=True)
        self._states.empty(self.tr("Nothing is waiting for you"), new if may_enter else None)

    def _count_words(self, count: int) -> str:
        if count == 0:
            return ""
        noun = self.tr("item") if count == 1 else self.tr("items")
        return f"{count} {noun}, " + self.tr("most urgent first")

    def _say_failure(self, failure: TaskFailed) -> None:
        self.show_message("bad", failure.sentence)

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)
        self._side.not_read()

    def _read_again(self) -> None:
        """The time of the rule row is over, also where the last reading failed."""
        if self.isVisible():  # a page that nobody looks at is read at the next look
            self.refresh()

    def _note_change(self, change: Change) -> None:
        if change.kind in _WATCHED and self.isVisible():
            self.refresh()

    def _open_current(self) -> None:
        self._open_row(self._table.current_row())

    def _open_row(self, row: object) -> None:
        if not isinstance(row, ToDo):
            return
        if row.screen == "customer":
            self.workbench.navigate(row.screen, customer_id=row.record_id)
        elif row.screen == "loan_acts":
            self.workbench.navigate(row.screen, act_id=row.record_id)
        elif row.screen == "loan":
            self.workbench.navigate(row.screen, loan_id=row.record_id)
        else:
            self.workbench.navigate(row.screen, application_id=row.record_id)

    def _open_draft(self, draft: Draft) -> None:
        if draft.form not in _DRAFT_SCREENS:
            return
        arguments: dict[str, object] = {"draft_id": draft.draft_id}
        record = _DRAFT_SCREENS[draft.form]
        if record and draft.record_id is not None:
            arguments[record] = draft.record_id
        self.workbench.navigate(draft.form, **arguments)

    def _start_customer(self) -> None:
        self.workbench.navigate("customer_form")

    def _start_application(self) -> None:
        self.workbench.navigate("application_form")


def _day_words(day: date) -> str:
    return f"{day:%A}, {date_shown(day)}"
