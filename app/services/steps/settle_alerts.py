"""Raise, move and clear alerts: of a branch with its day-end, of the bank with its sums.

Source: screens.md S80, lending-rules.md 14. A level clears only when the value is back inside its
limit by the clear margin. An alert that grows worse asks to be acknowledged again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.rules.money import PPM_PER_PERCENT, round_half_up
from app.rules.portfolio_ratios import alert_level, default_rate, percent
from app.rules.rulebook import Rulebook
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.portfolio_alerts import limit_of
from db.records.alerts import AlertEntry, AlertLogEntry, AlertRecord
from db.records.monitor import WHOLE_BANK, BookCut
from db.vocabulary.operations import Alert, AlertLevel

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_SEVERITY = (AlertLevel.WARNING, AlertLevel.CRITICAL)
Moved = tuple[AlertEntry, AlertRecord]


def settle_alerts(
    book: "UnitOfWork", branch_id: int, day: date, rulebook: Rulebook, make: RowMaker
) -> tuple[Moved, ...]:
    """Bring the standing alerts in line with the branch's figures of a day-end."""
    values = measured(book, branch_id, day)
    return settle_values(book, branch_id, day, values, (rulebook, make))


def roll_up_bank(
    book: "UnitOfWork", day: date, rulebook: Rulebook, make: RowMaker
) -> tuple[str, ...]:
    """Add up for the bank what its branches have moved; its own alerts follow.

    Returns:
        The names of the summaries that had moved.
    """
    moved = book.roll_up.refresh()
    if moved:
        settle_values(book, WHOLE_BANK, day, measured(book, None, day), (rulebook, make))
    return moved


def settle_values(
    book: "UnitOfWork",
    branch_id: int,
    day: date,
    values: Mapping[Alert, Decimal | None],
    terms: tuple[Rulebook, RowMaker],
) -> tuple[Moved, ...]:
    """Raise, move or clear by what the alerts measure on a day; None clears."""
    rulebook, make = terms
    standing = {each.rule: each for each in book.alerts.standing(branch_id)}
    moved = []
    for alert, level in levels_moved(standing, values, rulebook, day).items():
        stands, value = standing.get(alert), values[alert]
        done = _begun(branch_id, alert, make, day) if stands is None else stands
        entry, after = _after(done, level, value, rulebook, day)
        after = replace(after, version=after.version + (stands is not None))
        line = AlertLogEntry(
            branch_id, make.new_id(), after.alert_id, entry, after.level, after.value_ppm, day,
            make.at,
        )  # fmt: skip
        (book.alerts.begin if stands is None else book.alerts.change)(after, line)
        moved.append((entry, after))
    return tuple(moved)


def levels_moved(
    standing: Mapping[Alert, AlertRecord],
    values: Mapping[Alert, Decimal | None],
    rulebook: Rulebook,
    day: date,
) -> dict[Alert, AlertLevel | None]:
    """The alerts that stand at another level than what they measure asks for, with that level."""
    before = {alert: stands.level for alert, stands in standing.items()}
    asked = {
        alert: None
        if value is None
        else alert_level(alert, value, before.get(alert), rulebook, day)
        for alert, value in values.items()
    }
    return {alert: level for alert, level in asked.items() if level is not before.get(alert)}


def measured(
    book: "UnitOfWork", branch_id: int | None, day: date
) -> Mapping[Alert, Decimal | None]:
    """What the alerts of a branch, or of the whole bank, measure now; None without a base."""
    cut = BookCut(branch_id, day, present=True)
    stands = book.monitor.sums.position(cut)
    flows = book.monitor.sums.flows(cut)
    dues = book.monitor.dues.by_due_date(cut)
    return {
        Alert.NPA_RATIO: percent(stands.npa_paise, stands.outstanding_paise),
        Alert.DEFAULT_RATE: default_rate(
            sum(each.defaulted_loans for each in flows), sum(each.lent_loans for each in flows)
        ),
        Alert.ON_TIME: percent(sum(each.on_time for each in dues), sum(each.due for each in dues)),
    }


def _begun(branch_id: int, alert: Alert, make: RowMaker, day: date) -> AlertRecord:
    return AlertRecord(
        branch_id, make.new_id(), alert, AlertLevel.WARNING, 0, 0, since=day, raised_at=make.at
    )


def _after(
    alert: AlertRecord,
    level: AlertLevel | None,
    value: Decimal | None,
    rulebook: Rulebook,
    day: date,
) -> Moved:
    """The alert at its new level; a cleared one keeps the level that it had."""
    ppm = 0 if value is None else round_half_up(value * PPM_PER_PERCENT)
    if level is None:
        return AlertEntry.CLEARED, replace(alert, value_ppm=ppm, cleared_on=day)
    limit = round_half_up(limit_of(alert.rule, level, rulebook, day) * PPM_PER_PERCENT)
    after = replace(alert, level=level, value_ppm=ppm, limit_ppm=limit)
    if not alert.limit_ppm:
        return AlertEntry.RAISED, after
    if _SEVERITY.index(level) > _SEVERITY.index(alert.level):
        after = replace(after, acknowledged_by=None, acknowledged_at=None, snoozed_until=None)
    return AlertEntry.MOVED, after
