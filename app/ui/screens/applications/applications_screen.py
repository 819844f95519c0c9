"""S30: every application of the desk, with its score and what comes next."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.find_applications import (
    ApplicationsCounted,
    FindApplications,
    count_applications,
    find_applications,
)
from app.ui.actions.action_button import action_button
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.screens.applications.application_columns import application_columns
from app.ui.screens.applications.withdraw_strip import WithdrawStrip
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import TaskControl, TaskFailed
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.list_place import ListPlace
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationFilter, ApplicationRow, Page
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Scope


class ApplicationsScreen(Screen):
    """The list of applications."""

    name = "applications"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._new = registry.create("application.new", self.new_item, self)
        self._open = registry.create("application.open", self._open_current, self)
        self._duplicate = registry.create("application.duplicate", self._copy_current, self)
        self._withdraw = registry.create("application.withdraw", self._ask_withdrawal, self)
        self._strip = WithdrawStrip(workbench, self)
        self._strip.failed.connect(self._say_failure)
        self._today = workbench.desk.clock.today
        self._model: WindowedModel[ApplicationRow] = WindowedModel(
            application_columns(self._today), workbench.theme
        )
        self._table = TableView("table.applications", self.tr("Applications"))
        self._table.set_records(self._model)
        self._table.opened.connect(self._open_row)
        self._count = label("", "muted", name="status.count")
        self._count.setAccessibleName(self.tr("Count of the list"))
        self._states = StateStack(self._table, workbench, self.tr("Reading applications…"))
        self._source = PagedSource(
            self._model, workbench.runner, self.tr("Reading applications"), self._read, self._total
        )
        self._source.counted.connect(self._show_count)
        self._source.first_page.connect(self._first_page)
        self._source.failed.connect(self._show_failure)
        self._place = ListPlace(self._table, self._source.first_page, self._source.counted)
        self._make_filters()
        self._build()
        workbench.notices.changed.connect(self._note_change)

    def header_actions(self) -> list[QWidget]:
        """Withdraw, duplicate, new application."""
        return [
            action_button(self._withdraw, style="plain"),
            action_button(self._duplicate, style="plain"),
            action_button(self._new, style="filled"),
        ]

    def new_item(self) -> None:
        """Ctrl+N starts an application, for who may enter one."""
        if self._new.isVisible():
            self.workbench.navigate("application_form")

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self._search.setFocus()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F."""
        self._search.set_value("")
        for picker in (self._status, self._purpose):
            picker.set_value(None)
        self._scope.set_value(Scope.BRANCH)
        self._filter_changed(None)

    def footer(self) -> QWidget:
        """The count of the list."""
        return self._count

    def first_focus(self) -> QWidget:
        """The list."""
        return self._states

    def refresh(self) -> None:
        """Read the list again and stay where one stands in it."""
        self._place.keep()
        self._read_list()

    def _read_list(self) -> None:
        self.set_heading(Heading(self.tr("Applications")))
        self._source.restart()
        self._states.loading(self._source, self.refresh)

    def busy_leaving(self) -> None:
        """Let go of the reads nobody waits for."""
        self._source.stop()

    def _make_filters(self) -> None:
        self._search = SearchEdit("search_text", self.tr("Customer name or application number"))
        self._status = FilterPicker(
            "filter.status",
            self.tr("Status"),
            [Choice(s, word_of("application_status", s)) for s in ApplicationStatus],
        )
        self._purpose = FilterPicker(
            "filter.purpose",
            self.tr("Purpose"),
            [Choice(p, word_of("loan_purpose", p)) for p in LoanPurpose],
        )
        self._scope = Segmented(
            "filter.scope",
            [Choice(Scope.MINE, self.tr("Mine")), Choice(Scope.BRANCH, self.tr("Branch"))],
        )
        self._scope.setAccessibleName(self.tr("Whose applications"))
        self._scope.set_value(Scope.BRANCH)
        self._search.searched.connect(self._filter_changed)
        for field in (self._status, self._purpose, self._scope):
            field.value_changed.connect(self._filter_changed)

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 12)
        bar.setSpacing(8)
        bar.addWidget(self._search, 1)
        for field in (self._status, self._purpose):
            bar.addWidget(field)
        bar.addStretch(1)
        bar.addWidget(self._scope)
        self.body.setSpacing(0)
        self.body.addLayout(bar)
        self.body.addWidget(self._strip)
        self.body.addWidget(self._states, 1)

    def _filter(self) -> ApplicationFilter:
        return ApplicationFilter(
            search=self._search.value(),
            scope=self._scope.value(),
            status=self._status.value(),
            purpose=self._purpose.value(),
        )

    def _read(self, after: str | None, limit: int) -> Callable[[TaskControl], Page[ApplicationRow]]:
        request, desk = FindApplications(self._filter(), limit, after), self.workbench.desk
        return lambda _control: find_applications(request, desk).page

    def _total(self) -> Callable[[TaskControl], ApplicationsCounted]:
        wanted, desk = self._filter(), self.workbench.desk
        return lambda _control: count_applications(wanted, desk)

    def _filter_changed(self, _value: object) -> None:
        self._place.forget()
        self._read_list()

    def _show_count(self, total: int) -> None:
        self._count.setText(self.tr("%1 applications").replace("%1", f"{total:,}"))

    def _first_page(self, rows: int) -> None:
        """Show the rows, or why there are none."""
        if rows:
            self._states.content()
        elif self._filter() == ApplicationFilter():
            new = action_button(self._new, small=True) if self._new.isVisible() else None
            self._states.empty(self.tr("No applications yet."), new)
        else:
            words = self.tr("No application matches “%1”.").replace("%1", self._search.value())
            self._states.no_match(
                words if self._search.value() else self.tr("No application matches these filters."),
                (state_button(self.tr("Clear filters"), self.clear_filters),),
            )

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _note_change(self, change: Change) -> None:
        if change.kind == "application" and self.isVisible():
            self.refresh()

    def _copy_current(self) -> None:
        row = self._table.current_row()
        if isinstance(row, ApplicationRow):
            self.workbench.navigate("application_form", copy_of=row.application_id)

    def _ask_withdrawal(self) -> None:
        row = self._table.current_row()
        if isinstance(row, ApplicationRow):
            self.clear_messages()
            self._strip.ask(row)

    def _say_failure(self, failure: TaskFailed) -> None:
        self.clear_messages()
        self.show_message("bad", failure.sentence)

    def _open_current(self) -> None:
        self._open_row(self._table.current_row())

    def _open_row(self, row: object) -> None:
        if isinstance(row, ApplicationRow):
            self._go(row.application_id)

    def _go(self, application_id: UUID) -> None:
        self.workbench.navigate("decision", application_id=application_id)
