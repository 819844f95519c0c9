"""The portfolio page: tiles, classes, alerts, distribution and one trend.

It grows into the monitor window; its tiles and tables carry the monitor's names already.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.permissions import Act, may
from app.services.steps.desk import Desk
from app.services.watch_portfolio import (
    ClassLine,
    KeyLine,
    PortfolioSummary,
    TrendMonth,
    loan_distribution,
    npa_analysis,
    portfolio_summary,
    portfolio_trend,
)
from app.ui.charts.npa_trend import TrendChart, TrendLimit, TrendLine
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.portfolio.portfolio_columns import (
    alert_columns,
    class_columns,
    distribution_columns,
)
from app.ui.screens.portfolio.summary_tiles import SummaryTiles
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.state_words import only_words
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 22
_CLASSES_HEIGHT = 274  # all nine classes without scrolling


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the page shows, read together so that its parts agree."""

    summary: PortfolioSummary
    classes: tuple[ClassLine, ...]
    distribution: tuple[KeyLine, ...]
    months: tuple[TrendMonth, ...]


def read_portfolio(desk: Desk) -> Portfolio:
    """Read the page (database lane)."""
    return Portfolio(
        summary=portfolio_summary(desk),
        classes=npa_analysis(desk).classes,
        distribution=loan_distribution(desk).rows,
        months=portfolio_trend(desk),
    )


class PortfolioScreen(Screen):
    """How the book stands as of its last day."""

    name = "portfolio"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._tiles = SummaryTiles()
        theme = workbench.theme
        self._alerts = RecordsModel(alert_columns(), theme)
        self._classes = RecordsModel(class_columns(), theme)
        self._distribution = RecordsModel(distribution_columns(), theme)
        self._trend = TrendChart("chart.trend")
        content = QWidget()
        self._states = StateStack(content, workbench, self.tr("Adding up the book…"))
        self._build(content)
        self.body.addWidget(self._states)
        self.set_heading(Heading(self.tr("Portfolio")))

    def first_focus(self) -> QWidget | None:
        """What is being read, until it is there."""
        return self._states.waiting()

    def refresh(self) -> None:
        """Read every part of the page again."""
        desk = self.workbench.desk
        if not may(self.workbench.person.roles, Act.SEE_MONITOR):
            self._states.no_permission(only_words(Act.SEE_MONITOR), self._other_ways())
            return
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Reading the portfolio"),
                Lane.DATABASE,
                lambda _control: read_portfolio(desk),
                key="portfolio",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._show_failure,
        )
        self._states.loading(handle, self.refresh)

    def _other_ways(self) -> str:
        return self.tr("Your own applications and what was disbursed this month stand on Today.")

    def _build(self, content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._tiles)
        grid = QGridLayout()
        grid.setSpacing(12)
        alerts = self._table_card("alerts", self.tr("Alerts"), self.tr("internal"), self._alerts)
        classes = self._table_card(
            "classes", self.tr("Asset classes"), self.tr("all open loans"), self._classes
        )
        spread = self._table_card(
            "loan_distribution", self.tr("By purpose"), self.tr("loans"), self._distribution
        )
        trend = Card(self.tr("NPA ratio"), self.tr("per cent of outstanding, month ends"))
        trend.body.addWidget(self._trend)
        grid.addWidget(classes, 0, 0)
        grid.addWidget(alerts, 0, 1)
        grid.addWidget(trend, 1, 0)
        grid.addWidget(spread, 1, 1)
        grid.setRowMinimumHeight(0, _CLASSES_HEIGHT)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        column.addLayout(grid, 1)

    def _table_card(self, name: str, title: str, detail: str, rows: RecordsModel[Any]) -> Card:
        card = Card(title, detail, tight=True)
        table = TableView(f"table.{name}", title, row_height=_ROW_HEIGHT)
        table.set_records(rows)
        card.body.addWidget(table)
        return card

    def _show(self, portfolio: Portfolio) -> None:
        summary = portfolio.summary
        day = self.tr("as of %1").replace("%1", date_shown(summary.as_of))
        self.set_heading(Heading(self.tr("Portfolio"), detail=day))
        if not summary.total_loans:
            self._states.empty(
                self.tr("The portfolio needs disbursed loans."),
                state_button(self.tr("Open applications"), self._open_applications),
            )
            return
        self._tiles.show_summary(summary)
        self._alerts.set_rows(summary.alerts)
        self._classes.set_rows(portfolio.classes)
        self._distribution.set_rows(portfolio.distribution)
        self._show_trend(portfolio)
        self._states.content()

    def _show_trend(self, portfolio: Portfolio) -> None:
        months = portfolio.months
        limits = tuple(
            TrendLimit(float(limit.value), limit.label, str(limit.level))
            for limit in portfolio.summary.npa_limits
        )
        self._trend.show_lines(
            tuple(f"{month.month_end:%b %y}" for month in months),
            (
                TrendLine(
                    self.tr("NPA ratio"),
                    tuple(None if m.npa_ratio is None else float(m.npa_ratio) for m in months),
                ),
            ),
            limits,
        )

    def _open_applications(self) -> None:
        self.workbench.navigate("applications")

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)
