"""Security: what stands behind the loans, loan to value, breaches and old valuations."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

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
from app.ui.widgets.roomy_table import RoomyTable
from app.ui.widgets.workbench import Workbench

_MOST_ROW = 30


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
        self._worth = ShareBars("chart.collateral", self.tr("Security by kind"))
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
        self._worth.show_bars(
            [
                ShareBar(word_of("collateral_type", row.kind), float(row.share or 0), 0)
                for row in answer.kinds
            ]
        )

    def _build(self) -> None:
        kinds = self._card("collateral", self.tr("By kind"), self._kinds)
        bands = self._card("ltv_bands", self.tr("By loan to value"), self._bands)
        watched = self._card("security_watched", self.tr("To look after"), self._watched)
        worth = Card(self.tr("Security by kind"), self.tr("% of what is accepted"))
        worth.body.addWidget(self._worth, 1)
        shares = Card(self.tr("Loan to value"), self.tr("% of what is owed"))
        shares.body.addWidget(self._bars, 1)
        under = QVBoxLayout()
        under.setSpacing(12)
        under.addWidget(watched)
        under.addWidget(worth, 1)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row in (upper, lower):
            row.setSpacing(12)
        upper.addWidget(kinds, 1)
        upper.addWidget(bands, 1)
        lower.addLayout(under, 1)
        lower.addWidget(shares, 1)
        self.lines.addLayout(upper)
        self.lines.addLayout(lower, 1)

    def _card(self, name: str, title: str, model: RecordsModel[Any]) -> Card:
        card = Card(title, self.tr("Enter lists the loans"), tight=True)
        table = RoomyTable(f"table.{name}", title, _MOST_ROW, whole=True)
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
