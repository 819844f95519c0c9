"""How the score was built: bars, waterfall and all 28 factors, three views of one vector (X5)."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.rules.reason_values import value_shown
from app.rules.score_bands import ScoreScale
from app.services.steps.risk_estimate import Contributor, RiskEstimate
from app.ui.charts.contribution_bars import ContributionBars
from app.ui.charts.factor_points import FactorPoints, ScoreParts
from app.ui.charts.score_waterfall import ScoreWaterfall
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 22


def _tr(words: str) -> str:
    return QCoreApplication.translate("FactorsCard", words)


class FactorsCard(Card):
    """Points that raised or lowered the score, in groups and one by one."""

    def __init__(self, workbench: Workbench, corner: QWidget | None = None) -> None:
        self._tabs = Tabs()
        super().__init__(self.tr("How the score was built"), "", corner)
        self._bars = ContributionBars("chart.bars")
        self._waterfall = ScoreWaterfall("chart.waterfall")
        self._rows: RecordsModel[Contributor] = RecordsModel(_columns(), workbench.theme)
        self._table = TableView(
            "table.contributors", self.tr("All factors"), row_height=_ROW_HEIGHT
        )
        self._table.set_records(self._rows)
        self._tabs.add("bars", self.tr("Bars"), self._bars)
        self._tabs.add("waterfall", self.tr("Waterfall"), self._waterfall)
        self._tabs.add("all_factors", self.tr("All factors"), self._table)
        self._tabs.choose("waterfall")
        self._waterfall.row_opened.connect(self._open_group)
        self._bars.row_opened.connect(self._open_group)
        self.body.addWidget(self._tabs)

    def show_factors(self, estimate: RiskEstimate, scale: ScoreScale) -> None:
        """Draw the groups and list every factor, heaviest first."""
        parts = ScoreParts(
            start=estimate.start_points,
            score=estimate.start_points + sum(group.shown_points for group in estimate.groups),
            rows=tuple(
                FactorPoints(str(group.group), group.label, group.shown_points)
                for group in sorted(estimate.groups, key=lambda g: -abs(g.score_points))
            ),
            cutoffs=(
                (scale.high_at, _tr("cut-off %1").replace("%1", str(scale.high_at))),
                (scale.medium_at, _tr("cut-off %1").replace("%1", str(scale.medium_at))),
            ),
        )
        change = parts.score - parts.start
        sign = "+" if change >= 0 else "-"
        self.set_detail(
            _tr("in points, %1").replace(
                "%1", f"{parts.start} {sign} {abs(change)} = {parts.score}"
            )
        )
        self._bars.show_parts(parts)
        self._waterfall.show_parts(parts)
        self._rows.set_rows(
            tuple(sorted(estimate.contributors, key=lambda c: -abs(c.score_points)))
        )

    def copy_table(self) -> None:
        """Put every factor on the clipboard as lines of text."""
        lines = [
            f"{c.label}\t{c.value:g}\t{c.score_points:+.2f}"
            for c in (self._rows.row_at(i) for i in range(self._rows.rowCount()))
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def show_source(self) -> None:
        """Go to the factors behind the reasons."""
        self._tabs.choose("all_factors")
        self._table.setFocus()

    def _open_group(self, key: str) -> None:
        self.show_source()
        for row in range(self._rows.rowCount()):
            if str(self._rows.row_at(row).group) == key:
                self._table.go_to(row)
                return


def _columns() -> tuple[Column[Contributor], ...]:
    return (
        Column("label", _tr("Factor"), lambda c: c.label, 212, tip=lambda c: c.label),
        Column("value", _tr("Value"), _value, 100, align="right"),
        Column("direction", _tr("Moved the score"), _direction, 112, icon=_icon),
        Column("points", _tr("Points"), _points, 76, align="right", strong=True),
    )


def _value(contributor: Contributor) -> str:
    """The value as people read it; a plain number where it has no words of its own."""
    shown = value_shown(contributor.feature, contributor.value)
    return f"{contributor.value:g}" if shown is None else shown


def _points(contributor: Contributor) -> str:
    rounded = round(contributor.score_points, 2)
    return f"{rounded:+.2f}" if rounded else "0"


def _direction(contributor: Contributor) -> str:
    if _points(contributor) == "0":
        return _tr("no change")
    return _tr("raised") if contributor.score_points > 0 else _tr("lowered")


def _icon(contributor: Contributor) -> tuple[str, str]:
    if _points(contributor) == "0":
        return "minus", "muted"
    return ("arrow-up", "lowers") if contributor.score_points > 0 else ("arrow-down", "raises")
