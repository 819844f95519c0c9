"""The row of tiles: the portfolio's main figures, each with its definition on hover."""

from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from app.rules.money import rupees_compact
from app.services.watch_portfolio import PortfolioSummary
from app.ui.widgets.figure_words import raw_amount, raw_number
from app.ui.widgets.kpi_tile import KpiTile
from app.ui.widgets.lending_cells import UNKNOWN

_COLUMNS = 6
_HEIGHT = 64
_TENTH = Decimal("0.1")


class SummaryTiles(QWidget):
    """Twelve tiles in two rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            "total_outstanding": self.tr("Outstanding"),
            "total_disbursed": self.tr("Disbursed to date"),
            "active_loans": self.tr("Active loans"),
            "npa_ratio": self.tr("NPA ratio"),
            "net_npa_ratio": self.tr("Net NPA ratio"),
            "total_npa_amount": self.tr("NPA amount"),
            "par30": self.tr("PAR 30"),
            "par60": self.tr("PAR 60"),
            "par90": self.tr("PAR 90"),
            "default_rate": self.tr("Default rate"),
            "average_emi_payment_rate": self.tr("Paid on time"),
            "approval_rate": self.tr("Approval rate"),
        }
        self._tiles = {name: KpiTile(f"kpi.{name}", text) for name, text in words.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, tile in enumerate(self._tiles.values()):
            tile.setFixedHeight(_HEIGHT)
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)

    def show_summary(self, summary: PortfolioSummary) -> None:
        """Draw every tile; a crossed limit is said in words."""
        crossed = {alert.rule: alert.level for alert in summary.alerts}
        for name in ("total_outstanding", "total_disbursed", "total_npa_amount"):
            paise: int = getattr(summary, f"{name}_paise")
            self._tiles[name].show_value(
                rupees_compact(paise), raw_amount(paise), definition=self._definition(name)
            )
        active = summary.active_loans
        self._tiles["active_loans"].show_value(
            f"{active:,}", str(active), definition=self._definition("active_loans")
        )
        for name in (
            "npa_ratio",
            "net_npa_ratio",
            "par30",
            "par60",
            "par90",
            "default_rate",
            "average_emi_payment_rate",
            "approval_rate",
        ):
            value: Decimal | None = getattr(summary, name)
            level = crossed.get(name)
            self._tiles[name].show_value(
                UNKNOWN if value is None else f"{value.quantize(_TENTH)} %",
                raw_number(value),
                definition=self._definition(name),
                limit_word="" if level is None else str(level),
            )

    def _definition(self, name: str) -> str:
        return {
            "total_outstanding": self.tr("Principal outstanding of all open loans, NPA included"),
            "total_disbursed": self.tr("Principal of every loan ever disbursed"),
            "active_loans": self.tr("Loans that are neither closed nor written off"),
            "npa_ratio": self.tr("Outstanding of NPA loans over all advances, NPA included"),
            "net_npa_ratio": self.tr("NPA less its provisions over advances less the same"),
            "total_npa_amount": self.tr("Outstanding of NPA loans, not only the overdue part"),
            "par30": self.tr("Outstanding of loans more than 30 days late over all outstanding"),
            "par60": self.tr("Outstanding of loans more than 60 days late over all outstanding"),
            "par90": self.tr("Outstanding of loans more than 90 days late over all outstanding"),
            "default_rate": self.tr("Loans that ever defaulted over loans disbursed, by count"),
            "average_emi_payment_rate": self.tr(
                "Instalments paid in full by their due date over instalments due"
            ),
            "approval_rate": self.tr("Approved over all applications"),
        }[name]
