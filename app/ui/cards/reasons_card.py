"""The reasons in text: policy first, at most four adverse, two favourable on screen (X3, X4)."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.rules.decision_reasons import Reason, ReasonKind
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.group_words import group_words
from app.ui.widgets.workbench import Workbench
from app.ui.widgets.wrapped_table import WrappedTable

_ICONS = {
    ReasonKind.POLICY: ("circle-x", "bad"),
    ReasonKind.ADVERSE: ("arrow-down", "raises"),
    ReasonKind.FAVOURABLE: ("arrow-up", "lowers"),
}
_ROW_HEIGHT = 22
_WIDE, _NARROW = (34, 358, 136), (34, 328, 132)
_LEAST_ROWS = 3


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReasonsCard", words)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One sentence as the card shows it; favourable ones carry no number."""

    number: str
    reason: Reason
    source: str


class ReasonsCard(Card):
    """Why, in sentences with the applicant's own numbers."""

    def __init__(
        self, workbench: Workbench, corner: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(
            self.tr("Reasons"), self.tr("policy first, at most four"), corner, tight=True
        )
        self._rows: RecordsModel[ReasonLine] = RecordsModel(
            _columns(_NARROW if narrow else _WIDE), workbench.theme
        )
        self._table = WrappedTable("table.reasons", self.tr("Reasons"), row_height=_ROW_HEIGHT)
        self._table.set_records(self._rows)
        self._table.hide_header()
        self._table.grow_with_rows(_LEAST_ROWS)
        self.body.addWidget(self._table)

    def show_reasons(self, estimate: RiskEstimate) -> None:
        """List adverse reasons with numbers, then the favourable ones."""
        lines = [
            ReasonLine(str(number), reason, _source(reason))
            for number, reason in enumerate(estimate.reasons, start=1)
        ]
        lines += [ReasonLine("", reason, _source(reason)) for reason in estimate.favourable]
        self._rows.set_rows(tuple(lines))


def _source(reason: Reason) -> str:
    if reason.kind is ReasonKind.POLICY:
        return f"{_tr('policy')}, {reason.source}"
    verb = _tr("lowered") if reason.kind is ReasonKind.ADVERSE else _tr("raised")
    return f"{verb}, {group_words(reason.group)}"


def _columns(widths: tuple[int, int, int]) -> tuple[Column[ReasonLine], ...]:
    number, text, source = widths
    return (
        Column("number", _tr("No"), lambda line: line.number, number, muted=True),
        Column(
            "text",
            _tr("Reason"),
            lambda line: line.reason.text,
            text,
            icon=lambda line: _ICONS[line.reason.kind],
            tip=lambda line: line.reason.text,
        ),
        Column(
            "source", _tr("Source"), lambda line: line.source, source, align="right", muted=True
        ),
    )
