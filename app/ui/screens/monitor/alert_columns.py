"""Columns of the monitor's alerts: those that stand, and the log of what became of each."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day, bank_moment
from app.rules.dates import date_shown
from app.services.watch_alerts import AlertLogLine, StandingAlert
from app.ui.item_models.columns import Column
from app.ui.widgets.figure_words import percent_words
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.records.alerts import AlertEntry
from db.records.monitor import WHOLE_BANK
from db.vocabulary.operations import AlertLevel

LEVEL_ICONS = {
    AlertLevel.CRITICAL: ("alert-circle", "bad"),
    AlertLevel.WARNING: ("alert-triangle", "warning"),
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("AlertsTab", words)


def entry_words(entry: AlertEntry) -> str:
    """What became of an alert."""
    return {
        AlertEntry.RAISED: _tr("Raised"),
        AlertEntry.MOVED: _tr("Level changed"),
        AlertEntry.ACKNOWLEDGED: _tr("Acknowledged"),
        AlertEntry.SNOOZED: _tr("Snoozed"),
        AlertEntry.CLEARED: _tr("Cleared"),
    }[entry]


def branch_words(branch_id: int) -> str:
    """A branch's number, or that it is the whole bank."""
    return _tr("Bank") if branch_id == WHOLE_BANK else f"{branch_id:04d}"


def standing_columns() -> tuple[Column[StandingAlert], ...]:
    """Level, branch, what, value, limit, since, who has seen it, note."""
    return (
        Column(
            "level",
            _tr("Level"),
            lambda a: word_of("alert_level", a.level),
            96,
            strong=True,
            icon=lambda a: LEVEL_ICONS[a.level],
        ),
        Column("branch", _tr("Branch"), lambda a: branch_words(a.branch_id), 64, muted=True),
        Column("what", _tr("Alert"), lambda a: a.label, 176, strong=True),
        Column("value", _tr("Value"), lambda a: percent_words(a.value), 76, "right"),
        Column("limit", _tr("Limit"), lambda a: percent_words(a.limit), 76, "right"),
        Column("since", _tr("Since"), lambda a: date_shown(a.since), 100),
        Column("seen", _tr("Seen by"), lambda a: a.acknowledged_by or UNKNOWN, 140),
        Column("sleeps", _tr("Sleeps until"), _sleep, 100),
        Column("note", _tr("Note"), lambda a: a.note, 200, muted=True),
    )


def log_columns() -> tuple[Column[AlertLogLine], ...]:
    """When, what became of it, which alert, level and value then, who, note."""
    return (
        Column("when", _tr("When"), _when, 132, muted=True),
        Column("branch", _tr("Branch"), lambda a: branch_words(a.branch_id), 64, muted=True),
        Column("what", _tr("Alert"), lambda a: a.label, 176, strong=True),
        Column("entry", _tr("What"), lambda a: entry_words(a.entry), 110),
        Column(
            "level",
            _tr("Level"),
            lambda a: word_of("alert_level", a.level),
            96,
            icon=lambda a: LEVEL_ICONS[a.level],
        ),
        Column("value", _tr("Value"), lambda a: percent_words(a.value), 76, "right"),
        Column("actor", _tr("By"), _who, 140),
        Column("note", _tr("Note"), lambda a: a.note, 200, muted=True),
    )


def _sleep(alert: StandingAlert) -> str:
    until = alert.snoozed_until
    return date_shown(until) if alert.asleep and until is not None else UNKNOWN


def _who(line: AlertLogLine) -> str:
    """A person; else what brought the figure: a measurement, the bank's sums, a day-end."""
    if line.actor:
        return line.actor
    if not line.figure:
        return _tr("Drift measured")
    return _tr("Bank's sums") if line.branch_id == WHOLE_BANK else _tr("Day-end")


def _when(line: AlertLogLine) -> str:
    return f"{date_shown(bank_day(line.recorded_at))} {bank_moment(line.recorded_at):%H:%M}"
