"""Columns of the rules list, of a rule's history, and of the impact of a change."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.preview_rule_change import ImpactLine
from app.ui.item_models.columns import Column
from app.ui.screens.rules.rule_entries import RuleEntry
from app.ui.screens.rules.rule_text import row_value, segment_words
from app.ui.widgets.dated_rows import ROW_ICONS, RowState, person_words, state_words
from app.ui.widgets.lending_cells import word_of

_OLD = frozenset({RowState.CLOSED, RowState.REFUSED})


def _tr(words: str) -> str:
    return QCoreApplication.translate("RulesScreen", words)


def rule_columns() -> tuple[Column[RuleEntry], ...]:
    """Rule, segment, value, days, state; people and source stand in the history and beside it."""
    return (
        Column("name", _tr("Rule"), lambda e: e.name, 276, strong=True, tip=_described),
        Column("segment", _tr("Segment"), lambda e: segment_words(e.record.segment), 174),
        Column("value", _tr("Value"), lambda e: row_value(e.record), 150, "right", tip=_value),
        *_period(),
    )


def history_columns() -> tuple[Column[RuleEntry], ...]:
    """Value, days, state, people, source."""
    return (
        Column(
            "value", _tr("Value"), lambda e: row_value(e.record), 130, strong=_in_force, tip=_value
        ),
        *_period(),
        Column("proposed", _tr("Proposed by"), lambda e: person_words(e.proposed_by), 88),
        Column("approved", _tr("Decided by"), lambda e: person_words(e.approved_by), 88),
        Column(
            "source", _tr("Source"), lambda e: e.source, 240, muted=True, tip=lambda e: e.source
        ),
    )


def impact_columns() -> tuple[Column[ImpactLine], ...]:
    """Application, check, before, after, recommendation."""
    return (
        Column("reference", _tr("Application"), lambda i: i.reference, 88, muted=True),
        Column("check", _tr("Check"), lambda i: i.check, 288, strong=True, tip=lambda i: i.check),
        Column("before", _tr("Check now"), lambda i: sentence(i.before), 150),
        Column("after", _tr("Check then"), lambda i: sentence(i.after), 150, strong=turns),
        Column("was", _tr("Advice now"), lambda i: _said(i.recommendation_before), 88),
        Column(
            "becomes",
            _tr("Advice then"),
            lambda i: _said(i.recommendation_after),
            92,
            strong=moves,
            muted=lambda i: not moves(i),
        ),
    )


def weight(line: ImpactLine) -> int:
    """What matters first: another recommendation, then another result, then another limit."""
    return 0 if moves(line) else 1 if turns(line) else 2


def sentence(words: str) -> str:
    """Words with a capital at their start."""
    return words[:1].upper() + words[1:]


def _period() -> tuple[Column[RuleEntry], ...]:
    return (
        Column("from", _tr("From"), lambda e: date_shown(e.starts), 92),
        Column("to", _tr("To"), lambda e: _to(e.ends), 92, muted=True),
        Column(
            "state",
            _tr("State"),
            lambda e: state_words(e.state),
            112,
            icon=lambda e: ROW_ICONS[e.state],
            muted=lambda e: e.state in _OLD,
        ),
    )


def _to(day: date | None) -> str:
    return _tr("open") if day is None else date_shown(day)


def _described(entry: RuleEntry) -> str:
    return entry.record.description


def _value(entry: RuleEntry) -> str:
    return row_value(entry.record)


def _in_force(entry: RuleEntry) -> bool:
    return entry.state is RowState.IN_FORCE


def _said(recommendation: str) -> str:
    return word_of("recommendation", recommendation)


def moves(line: ImpactLine) -> bool:
    """Whether the application gets another recommendation."""
    return line.recommendation_before is not line.recommendation_after


def turns(line: ImpactLine) -> bool:
    """Whether the check itself has another result, not only another limit."""
    return line.before.partition(",")[0] != line.after.partition(",")[0]
