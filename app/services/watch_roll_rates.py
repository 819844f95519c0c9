"""Roll rates: where the balance of each bucket of days went between two month ends.

Source: screens.md S80 (Roll), lending-rules.md 14. Each row adds up to 100 per cent of the opening
balance; closed and written-off loans are columns of their own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.monitor_tabs import RollCell, RollMonth, RollRatesWatched, RollRow
from db.records.monitor import CLOSED, WRITTEN_OFF, BucketShift
from db.vocabulary.loan_account import DpdBucket

if TYPE_CHECKING:
    from datetime import date

    from app.services.steps.desk import Desk

_NOT_YET = "Roll rates need two kept month ends up to this day: they start with the next one."
MONTHS = 12
BUCKETS = (*(str(each) for each in DpdBucket), CLOSED, WRITTEN_OFF)


def watch_roll_rates(scope: MonitorScope, desk: "Desk") -> RollRatesWatched:
    """The moves of the last whole month up to the day looked at, and of those before it.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        months = view.months[:MONTHS]
        if not months:
            return RollRatesWatched(view.as_of, None, BUCKETS, (), _NOT_YET)
        shifts = book.monitor.sums.bucket_shifts(view.cut, [ended for _, ended in months])
    last, *earlier = (
        RollMonth(month, tuple(_row(each, shifts[month[1]], month[1]) for each in DpdBucket))
        for month in months
    )
    return RollRatesWatched(view.as_of, last.month, BUCKETS, last.rows, earlier=tuple(earlier))


def _row(bucket: DpdBucket, shifts: Sequence[BucketShift], ended: "date") -> RollRow:
    own = [each for each in shifts if each.before is bucket]
    total = sum(each.opening_paise for each in own)
    cells = []
    for after in BUCKETS:
        met = [each for each in own if _ended_in(each) == after]
        balance = sum(each.opening_paise for each in met)
        cells.append(
            RollCell(
                after,
                sum(each.loans for each in met),
                balance,
                percent(balance, total),
                f"roll {ended} {bucket} {after}",
            )
        )
    return RollRow(str(bucket), sum(each.loans for each in own), total, tuple(cells))


def _ended_in(shift: BucketShift) -> str:
    if shift.after is not None:
        return str(shift.after)
    return WRITTEN_OFF if shift.written_off else CLOSED
