"""Policy checks: each rule with result, value, limit and id; failed first (S40)."""

from collections import Counter

from PySide6.QtCore import QCoreApplication

from app.rules.credit_policy import PolicyLine
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.workbench import Workbench
from app.ui.widgets.wrapped_table import WrappedTable
from db.vocabulary.decisions import PolicyState

_ORDER = (
    PolicyState.FAIL,
    PolicyState.REFER,
    PolicyState.UNVERIFIED,
    PolicyState.NOTE,
    PolicyState.PASS,
    PolicyState.NOT_APPLICABLE,
)
_ICONS = {
    PolicyState.FAIL: ("circle-x", "bad"),
    PolicyState.REFER: ("alert-triangle", "warning"),
    PolicyState.UNVERIFIED: ("help-circle", "warning"),
    PolicyState.NOTE: ("info-circle", "warning"),
    PolicyState.PASS: ("circle-check", "good"),
    PolicyState.NOT_APPLICABLE: ("circle-minus", "muted"),
}
_LOUD = frozenset({PolicyState.FAIL, PolicyState.REFER, PolicyState.UNVERIFIED})
_ROW_HEIGHT = 22
# Beside the queue there is no room for rule ids: they stand in the tip of each line.
_WIDE, _NARROW = (134, 190, 96, 90, 96), (134, 196, 98, 94)


def _tr(words: str) -> str:
    return QCoreApplication.translate("PolicyCard", words)


def _words(state: PolicyState) -> str:
    return {
        PolicyState.FAIL: _tr("Fail"),
        PolicyState.REFER: _tr("Refer"),
        PolicyState.UNVERIFIED: _tr("Not checked"),
        PolicyState.NOTE: _tr("Note"),
        PolicyState.PASS: _tr("Pass"),
        PolicyState.NOT_APPLICABLE: _tr("Not applicable"),
    }[state]


class PolicyCard(Card):
    """The rules of the bank, before the model speaks."""

    def __init__(self, workbench: Workbench, *, narrow: bool = False) -> None:
        super().__init__(self.tr("Policy checks"), tight=True)
        widths = _NARROW if narrow else _WIDE
        self._rows: RecordsModel[PolicyLine] = RecordsModel(_columns(widths), workbench.theme)
        self._table = WrappedTable(
            "table.policy_checks", self.tr("Policy checks, failed first"), row_height=_ROW_HEIGHT
        )
        self._table.set_records(self._rows)
        self.body.addWidget(self._table)

    def show_lines(self, lines: tuple[PolicyLine, ...]) -> None:
        """List every check and count the results in the heading."""
        self._rows.set_rows(tuple(sorted(lines, key=lambda line: _ORDER.index(line.state))))
        counts = Counter(line.state for line in lines)
        self.set_detail(", ".join(f"{counts[s]} {_words(s).lower()}" for s in _ORDER if counts[s]))


def _columns(widths: tuple[int, ...]) -> tuple[Column[PolicyLine], ...]:
    state, check, value, limit, *rule = widths
    columns: tuple[Column[PolicyLine], ...] = (
        Column(
            "state",
            _tr("Result"),
            lambda line: _words(line.state),
            state,
            strong=lambda line: line.state in _LOUD,
            icon=lambda line: _ICONS[line.state],
        ),
        Column("check", _tr("Check"), _check, check, tip=_whole),
        Column(
            "value",
            _tr("Value"),
            lambda line: line.value or UNKNOWN,
            value,
            align="right",
            tip=_whole,
        ),
        Column(
            "limit",
            _tr("Limit"),
            lambda line: line.limit or UNKNOWN,
            limit,
            align="right",
            muted=True,
            tip=_whole,
        ),
    )
    ids: tuple[Column[PolicyLine], ...] = tuple(
        Column("rule", _tr("Rule"), lambda line: str(line.rule), width, muted=True, small=True)
        for width in rule
    )
    return (*columns, *ids)


def _value(line: PolicyLine) -> str:
    return line.value or UNKNOWN


def _check(line: PolicyLine) -> str:
    return line.label


def _whole(line: PolicyLine) -> str:
    """The line in full, for cells that are narrower than their words."""
    value, limit = line.value or UNKNOWN, line.limit or UNKNOWN
    words = _tr("%1: %2, limit %3 (%4)").replace("%1", line.label).replace("%2", value)
    words = words.replace("%3", limit).replace("%4", str(line.rule))
    return words + (f"\n{line.text}" if line.text else "")
