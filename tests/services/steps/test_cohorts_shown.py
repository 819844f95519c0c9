from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.services.steps.cohorts_shown import EVERY, shown_part
from app.services.steps.monitor_tabs import CohortCell, CohortRow, CohortsWatched
from db.vocabulary.operations import CohortMeasure

AS_OF = date(2026, 9, 30)


def row(number, ever_bad):
    """A cohort whose known months have these counts; None for months not reached."""
    cells = tuple(
        CohortCell(n, bad, None if bad is None else Decimal(bad), f"cohort {number} {n}")
        for n, bad in enumerate(ever_bad)
    )
    return CohortRow(date(2026, number, 1), 30, 100, False, cells, f"cohort {number}")


def watched(*rows):
    wide = max((len(each.cells) for each in rows), default=0)
    return CohortsWatched(AS_OF, CohortMeasure.LOANS, tuple(range(wide)), rows)


def test_the_youngest_stay_without_the_empty_beginning_and_end():
    answer = watched(row(1, [0, 0, 1, 2, None]), row(2, [0, 0, 0, None, None]))
    cut = shown_part(answer, EVERY)
    assert cut.months_on_book == (2, 3)
    assert [[cell.ever_bad for cell in each.cells] for each in cut.rows] == [[1, 2], [0, None]]
    youngest = shown_part(answer, 1)
    assert [each.month.month for each in youngest.rows] == [2]
    assert youngest.months_on_book == (2,)


def test_a_book_without_cohorts_shows_none():
    assert shown_part(watched(), 18).rows == ()


COUNTS = st.lists(st.integers(0, 3), min_size=0, max_size=6)


@given(st.lists(COUNTS, max_size=8), st.integers(0, 9))
def test_nothing_that_says_something_is_lost(counts, most):
    full = [[*each, *[None] * (6 - len(each))] for each in counts]
    answer = watched(*(row(number + 1, each) for number, each in enumerate(full)))
    cut = shown_part(answer, most)
    kept = answer.rows[-most:] if most else answer.rows
    assert [each.month for each in cut.rows] == [each.month for each in kept]
    late = [(r.month, c.month_on_book) for r in kept for c in r.cells if c.ever_bad]
    still = [(r.month, c.month_on_book) for r in cut.rows for c in r.cells if c.ever_bad]
    assert still == late
    assert all(len(each.cells) == len(cut.months_on_book) for each in cut.rows)
