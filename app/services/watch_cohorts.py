"""Cohorts by month of disbursement: the share ever 90 days late by each month on book.

Source: screens.md S80 (Cohorts), lending-rules.md 14 (vintage). Denominators are fixed at
origination; a month that the youngest possible loan has not reached has no figure.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.rules.cohorts import is_thin, mature_months, months_on_book
from app.rules.portfolio_ratios import percent
from app.services.steps.figure_terms import bad_from_days
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.monitor_tabs import CohortCell, CohortRow, CohortsWatched
from db.records.monitor import FirstBadLoan, LentDay
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
        lent = book.monitor.dues.lent(view.cut)
        bad = book.monitor.dues.first_bad(view.cut, bad_from_days(view.as_of, rulebook))
    months = sorted({each.day.replace(day=1) for each in lent})
    last = max((mature_months(month, view.as_of) for month in months), default=-1)
    columns = tuple(range(max(last, 0) + 1)) if months else ()
    firsts = _by_month(bad)
    rows = tuple(
        _row(month, lent, firsts[month], columns, (view.as_of, measure, rulebook))
        for month in months
    )
    return CohortsWatched(view.as_of, measure, columns, rows)


def _by_month(bad: Sequence[FirstBadLoan]) -> defaultdict[date, list[FirstBadLoan]]:
    found: defaultdict[date, list[FirstBadLoan]] = defaultdict(list)
    for each in bad:
        found[each.disbursed_on.replace(day=1)].append(each)
    return found


def _row(
    month: date,
    lent: Sequence[LentDay],
    bad: Sequence[FirstBadLoan],
    columns: Sequence[int],
    terms: "tuple[date, CohortMeasure, Rulebook]",
) -> CohortRow:
    as_of, measure, rulebook = terms
    own = [each for each in lent if each.day.replace(day=1) == month]
    loans, principal = sum(e.loans for e in own), sum(e.principal_paise for e in own)
    reached = mature_months(month, as_of)
    name = f"cohort {month:%Y-%m}"
    firsts = [(months_on_book(each.disbursed_on, each.first_bad_on), each) for each in bad]
    cells = []
    for column in columns:
        met = [each for first, each in firsts if first <= column]
        part, whole = len(met), loans
        if measure is CohortMeasure.AMOUNT:
            part, whole = sum(each.principal_paise for each in met), principal
        known = column <= reached
        cells.append(
            CohortCell(
                column,
                len(met) if known else None,
                percent(part, whole) if known else None,
                f"{name} {column}",
            )
        )
    return CohortRow(month, loans, principal, is_thin(loans, rulebook, as_of), tuple(cells), name)
