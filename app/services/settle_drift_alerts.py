"""Raise, move and clear the alerts on drift, once it has been measured.

Source: screens.md S80 (Drift). A day-end measures no drift: it would need the model and all scored
loans. The Drift tab, the verb and each report of the portfolio do, for a branch or the bank, and
the alerts of that part follow. Writes only where a level moves.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from app.services.steps.monitor_scope import MonitorScope, branch_of
from app.services.steps.open_account import row_maker
from app.services.steps.settle_alerts import Moved, levels_moved, settle_values
from db.records.monitor import WHOLE_BANK
from db.vocabulary.operations import Alert

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.drift_figures import DriftReport


def settle_drift_alerts(
    report: "DriftReport", scope: MonitorScope, desk: "Desk"
) -> tuple[Moved, ...]:
    """Bring the alerts on drift in line with a report; return those that moved.

    A report on some products, one officer or a past month end says nothing of the branch now, and
    moves none.

    Raises:
        Refused: the person may not see the monitor.
    """
    branch_id = branch_of(scope, desk)
    if scope.narrowed:
        return ()
    at = WHOLE_BANK if branch_id is None else branch_id
    rulebook, values = desk.rulebook(), drift_values(report)
    with desk.read_book() as book:
        standing = {each.rule: each for each in book.alerts.standing(at)}
    if not levels_moved(standing, values, rulebook, report.as_of):
        return ()
    with desk.open_book() as book:
        moved = settle_values(book, at, report.as_of, values, (rulebook, row_maker(desk)))
        book.commit()
    return moved


def drift_values(report: "DriftReport") -> Mapping[Alert, Decimal | None]:
    """What the alerts measure, in per cent; None while too few rows tell it."""
    shift, outcomes = report.mean_dti, report.outcomes
    return {
        Alert.DTI_MEAN_SHIFT: None if shift is None else shift.percent,
        Alert.MODEL_ACCURACY: outcomes.accuracy if outcomes.enough else None,
    }
