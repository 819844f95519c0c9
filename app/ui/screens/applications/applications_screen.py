"""S30: every application of the desk, with its score and what comes next."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.money import percent_text
from app.services.find_applications import (
    ApplicationsCounted,
    FindApplications,
    count_applications,
    find_applications,
)
from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import TaskControl, TaskFailed
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import STATUS_ICONS, UNKNOWN, word_of
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationFilter, ApplicationRow, Page
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Scope

_RISK_ICONS = {
    RiskLevel.LOW: ("arrow-down", "lowers"),
    RiskLevel.MEDIUM: ("equal", "muted"),
    RiskLevel.HIGH: ("arrow-up", "raises"),
}
_NEXT_STEPS = {
    ApplicationStatus.DRAFT: "Finish",
    ApplicationStatus.PENDING: "Review",
    ApplicationStatus.RETURNED: "Answer",
    ApplicationStatus.APPROVED: "Disburse",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("ApplicationsScreen", words)


class ApplicationsScreen(Screen):
    """The list of applications."""

    name = "applications"
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        registry = workbench.registry
        self._new = registry.create("application.new", self.new_item, self)
        self._open = registry.create("application.open", self._open_current, self)
        self._today = workbench.desk.clock.today
        self._model: WindowedModel[ApplicationRow] = WindowedModel(
            _columns(self._today), workbench.theme
        )
        self._table = TableView("table.applications", self.tr("Applications"))
        self._table.set_records(self._model)
        self._table.opened.connect(self._open_row)
        self._count = label("", "muted", name="status.count")
        self._states = StateStack(self._table, workbench.runner, self.tr("Reading applications…"))
        self._source = PagedSource(
            self._model, workbench.runner, self.tr("Reading applications"), self._read, self._total
        )
        self._source.counted.connect(self._show_count)
        self._source.failed.connect(self._show_failure)
        self._make_filters()
        self._build()
        workbench.notices.changed.connect(self._note_change)

    def header_actions(self) -> list[QWidget]:
        """New application."""
        return [action_button(self._new, style="filled")]

    def new_item(self) -> None:
        """Ctrl+N."""
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
        self.refresh()

    def footer(self) -> QWidget:
        """The count of the list."""
        return self._count

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self.set_heading(Heading(self.tr("Applications")))
        self._states.loading(None)
        self._source.restart()

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
        self.refresh()

    def _show_count(self, total: int) -> None:
        self._count.setText(self.tr("%1 applications").replace("%1", f"{total:,}"))
        if total:
            self._states.content()
        elif self._filter() == ApplicationFilter():
            self._states.empty(
                self.tr("No applications yet."), action_button(self._new, small=True)
            )
        else:
            self._states.no_match(
                self.tr("No application matches. Clear filters with Ctrl+Shift+F.")
            )

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    def _note_change(self, change: Change) -> None:
        if change.kind == "application" and self.isVisible():
            self.refresh()

    def _open_current(self) -> None:
        self._open_row(self._table.current_row())

    def _open_row(self, row: object) -> None:
        if isinstance(row, ApplicationRow):
            self._go(row.application_id)

    def _go(self, application_id: UUID) -> None:
        self.workbench.navigate("decision", application_id=application_id)


def _columns(today: Callable[[], date]) -> tuple[Column[ApplicationRow], ...]:
    return (
        Column("reference", _tr("Number"), lambda r: r.reference, 84, muted=True, sort="reference"),
        Column("name", _tr("Customer"), lambda r: r.full_name, 184, strong=True, sort="full_name"),
        Column("purpose", _tr("Purpose"), lambda r: word_of("loan_purpose", r.loan_purpose), 148),
        Column(
            "amount",
            _tr("Amount ₹"),
            lambda r: plain_amount(r.amount_paise),
            104,
            "right",
            sort="amount_paise",
        ),
        Column("tenure", _tr("Months"), lambda r: str(r.tenure_months), 64, "right"),
        Column("rate", _tr("Rate %"), lambda r: percent_text(r.rate_ppm), 64, "right"),
        Column(
            "status",
            _tr("Status"),
            lambda r: word_of("application_status", r.status),
            108,
            icon=lambda r: STATUS_ICONS[r.status],
        ),
        Column("score", _tr("Score"), _score, 64, "right", strong=True, sort="credit_score"),
        Column(
            "risk",
            _tr("Risk"),
            _risk,
            88,
            icon=lambda r: _RISK_ICONS[r.risk_level] if r.risk_level else None,
        ),
        Column("age", _tr("Since"), lambda r: _age(r, today()), 72, "right", muted=True),
        Column("officer", _tr("Officer"), lambda r: r.officer_name, 116, muted=True),
        Column(
            "next",
            _tr("Next step"),
            lambda r: _tr(_NEXT_STEPS.get(r.status, "Open")),
            88,
            token=lambda _row: "accent",
        ),
    )


def _score(row: ApplicationRow) -> str:
    hundredths = row.credit_score_hundredths
    return UNKNOWN if hundredths is None else f"{hundredths / 100:.0f}"


def _risk(row: ApplicationRow) -> str:
    return UNKNOWN if row.risk_level is None else word_of("risk_level", row.risk_level)


def _age(row: ApplicationRow, today: date) -> str:
    days = max(0, (today - row.status_since.date()).days)
    return _tr("today") if days == 0 else _tr("%1 d").replace("%1", str(days))
