"""Cohorts by month of disbursement: the share ever 90 days late by each month on book.

Source: screens.md S80 (Cohorts), lending-rules.md 14 (vintage). Denominators are fixed at
origination; a month that the youngest possible loan has not reached has no figure.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.rules.cohorts import is_thin, mature_months
from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.monitor_tabs import CohortCell, CohortRow, CohortsWatched
from db.records.monitor import CohortSum
from db.vocabulary.operations import CohortMeasure

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk


def watch_cohorts(
    scope: MonitorScope, desk: "Desk", measure: CohortMeasure = CohortMeasure.LOANS
) -> CohortsWatched:
    """Every cohort that there is, oldest first.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        sums = book.monitor.dues.cohorts(view.cut)
    by_month: defaultdict[date, list[CohortSum]] = defaultdict(list)
    for each in sums:
        by_month[each.month].append(each)
    last = max((mature_months(month, view.as_of) for month in by_month), default=-1)
    columns = tuple(range(max(last, 0) + 1)) if by_month else ()
    rows = tuple(
        _row(month, own, columns, (view.as_of, measure, rulebook))
        for month, own in sorted(by_month.items())
    )
    return CohortsWatched(view.as_of, measure, columns, rows)


def _row(
    month: date,
    own: Sequence[CohortSum],
    columns: Sequence[int],
    terms: "tuple[date, CohortMeasure, Rulebook]",
) -> CohortRow:
    as_of, measure, rulebook = terms
    loans, principal = sum(e.loans for e in own), sum(e.principal_paise for e in own)
    reached = mature_months(month, as_of)
    name = f"cohort {month:%Y-%m}"
    cells = []
    for column in columns:
        met = [each for each in own if each.months_on_book <= column]
        bad = sum(each.bad_loans for each in met)
        part, whole = bad, loans
        if measure is CohortMeasure.AMOUNT:
            part, whole = sum(each.bad_paise for each in met), principal
        known = column <= reached
        share = percent(part, whole) if known else None
        cells.append(CohortCell(column, bad if known else None, share, f"{name} {column}"))
    return CohortRow(month, loans, principal, is_thin(loans, rulebook, as_of), tuple(cells), name)
