"""Security: what stands behind the loans, loan to value, breaches and old valuations."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import BandRow, CountRow, SecurityRow, SecurityWatched
from app.services.watch_security import watch_security
from app.ui.charts.share_bars import ShareBar, ShareBars
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.screens.monitor.security_columns import (
    band_columns,
    band_words,
    kind_columns,
    watched_columns,
)
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 24


class SecurityTab(MonitorTab):
    """A kind, a band, a breach lists its loans."""

    name = "security"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        theme = bench.theme
        self._kinds: RecordsModel[SecurityRow] = RecordsModel(kind_columns(), theme, self)
        self._bands: RecordsModel[BandRow] = RecordsModel(band_columns(), theme, self)
        words = {
            "ltv_breach": self.tr("More lent than the security allows"),
            "old_valuation": self.tr("Valuation too old"),
        }
        self._watched: RecordsModel[CountRow] = RecordsModel(watched_columns(words), theme, self)
        self._bars = ShareBars("chart.ltv_bands", self.tr("Open loans by loan to value"))
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """All of it."""
        return lambda desk: watch_security(scope, desk)

    def show_answer(self, answer: SecurityWatched) -> None:
        """Swap the rows in place."""
        self._kinds.set_rows(answer.kinds)
        self._bands.set_rows(answer.bands)
        self._watched.set_rows((answer.breaches, answer.old_valuations))
        self._bars.show_bars(
            [ShareBar(band_words(row), float(row.share or 0), 0) for row in answer.bands]
        )

    def _build(self) -> None:
        kinds = self._card("collateral", self.tr("By kind"), self._kinds)
        bands = self._card("ltv_bands", self.tr("By loan to value"), self._bands)
        watched = self._card("security_watched", self.tr("To look after"), self._watched)
        shares = Card(self.tr("Loan to value"), self.tr("% of what is owed"))
        shares.body.addWidget(self._bars, 1)
        for upper, lower in ((kinds, bands), (watched, shares)):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(upper, 1)
            row.addWidget(lower, 1)
            self.lines.addLayout(row, 1)

    def _card(self, name: str, title: str, model: RecordsModel[Any]) -> Card:
        card = Card(title, self.tr("Enter lists the loans"), tight=True)
        table = TableView(f"table.{name}", title, row_height=_ROW_HEIGHT)
        table.set_records(model)
        table.opened.connect(self._drill)
        card.body.addWidget(table, 1)
        return card

    def _drill(self, row: SecurityRow | BandRow | CountRow) -> None:
        if isinstance(row, SecurityRow):
            title = word_of("collateral_type", row.kind)
        elif isinstance(row, BandRow):
            title = band_words(row)
        else:
            title = self.tr("To look after")
        self.drill_wanted.emit(DrillWish(row.figure, title))
