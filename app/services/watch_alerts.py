"""The alerts that stand, and the log of what became of each.

Source: screens.md S80 (alerts, Alerts log). Alerts are internal. Those of a branch are raised and
cleared by its day-ends, those of the bank with its sums, those on drift once it is measured. The
whole bank shows its own first, then those of every branch.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.money import PPM_PER_PERCENT
from app.services.steps.monitor_scope import MonitorScope, branch_of
from app.services.steps.portfolio_alerts import LABELS, RULE_OF
from db.records.alerts import AlertEntry, AlertLogRow, AlertRecord
from db.records.monitor import WHOLE_BANK
from db.vocabulary.operations import Alert, AlertLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.steps.desk import Desk

LOG_LINES = 200
FIGURES = {
    Alert.NPA_RATIO: "npa",
    Alert.DEFAULT_RATE: "defaulted_loans",
    Alert.ON_TIME: "unpaid",
    Alert.DTI_MEAN_SHIFT: "",
    Alert.MODEL_ACCURACY: "",
}
_NONE_YET = "No alert has been raised. Day-ends raise and clear them."


@dataclass(frozen=True, slots=True)
class StandingAlert:
    """An alert that has not cleared; value and limit in per cent as of its last level.

    Attributes:
        branch_id: 0 for the bank's own.
        rule: the tile it watches, or what is measured of drift.
        figure: lists the loans behind it; empty for drift, which has none.
        acknowledged_by: a name; empty while nobody has.
        asleep: snoozed beyond today.
    """

    branch_id: int
    alert_id: UUID
    rule: str
    label: str
    level: AlertLevel
    value: Decimal
    limit: Decimal
    since: date
    figure: str
    acknowledged_by: str
    acknowledged_at: datetime | None
    note: str
    snoozed_until: date | None
    asleep: bool


@dataclass(frozen=True, slots=True)
class AlertLogLine:
    """What became of an alert, and by whom; a day-end has no name.

    Attributes:
        figure: as that of the alert.
    """

    branch_id: int
    recorded_at: datetime
    business_date: date
    rule: str
    label: str
    entry: AlertEntry
    level: AlertLevel
    value: Decimal
    note: str
    snoozed_until: date | None
    actor: str
    figure: str


@dataclass(frozen=True, slots=True)
class AlertsWatched:
    """Standing alerts, the bank's own and the worst first, and the newest lines of the log."""

    standing: tuple[StandingAlert, ...]
    log: tuple[AlertLogLine, ...]
    sentence: str


def watch_alerts(scope: MonitorScope, desk: "Desk") -> AlertsWatched:
    """Read what stands and the log, of the branch, or of every one and the bank itself.

    Raises:
        Refused: nobody has signed in, or the person may not see the monitor.
    """
    branch_id, today = branch_of(scope, desk), desk.clock.today()
    with desk.read_book() as book:
        records = book.alerts.standing(branch_id)
        lines = book.alerts.log(branch_id, LOG_LINES)
        known = {each.acknowledged_by for each in records if each.acknowledged_by}
        names = book.users.names(known) if known else {}
    severity, rules = list(AlertLevel), list(Alert)
    ordered = sorted(
        records,
        key=lambda each: (
            each.branch_id != WHOLE_BANK,
            -severity.index(each.level),
            rules.index(each.rule),
        ),
    )
    return AlertsWatched(
        standing=tuple(_standing(each, names, today) for each in ordered),
        log=tuple(_line(each) for each in lines),
        sentence="" if lines else _NONE_YET,
    )


def _percent(ppm: int) -> Decimal:
    return Decimal(ppm) / PPM_PER_PERCENT


def _standing(alert: AlertRecord, names: "Mapping[UUID, str]", today: date) -> StandingAlert:
    rule = RULE_OF[alert.rule]
    until = alert.snoozed_until
    return StandingAlert(
        branch_id=alert.branch_id,
        alert_id=alert.alert_id,
        rule=rule,
        label=LABELS[alert.rule],
        level=alert.level,
        value=_percent(alert.value_ppm),
        limit=_percent(alert.limit_ppm),
        since=alert.since,
        figure=FIGURES[alert.rule],
        acknowledged_by=names.get(alert.acknowledged_by, "") if alert.acknowledged_by else "",
        acknowledged_at=alert.acknowledged_at,
        note=alert.note,
        snoozed_until=until,
        asleep=until is not None and until > today,
    )


def _line(row: AlertLogRow) -> AlertLogLine:
    entry = row.entry
    return AlertLogLine(
        branch_id=entry.branch_id,
        recorded_at=entry.recorded_at,
        business_date=entry.business_date,
        rule=RULE_OF[row.rule],
        label=LABELS[row.rule],
        entry=entry.entry,
        level=entry.level,
        value=_percent(entry.value_ppm),
        note=entry.note,
        snoozed_until=entry.snoozed_until,
        actor=row.actor,
        figure=FIGURES[row.rule],
    )
