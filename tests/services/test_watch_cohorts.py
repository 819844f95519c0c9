import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_cohorts import watch_cohorts
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["cohorts"](analyst, OWN, oracle_of(analyst, OWN))


def test_curves_never_fall_and_end_where_the_youngest_loan_is(analyst) -> None:
    told = watch_cohorts(OWN, analyst)
    assert told.rows
    for row in told.rows:
        known = [cell.share for cell in row.cells if cell.share is not None]
        assert known == sorted(known)
        assert [cell.share for cell in row.cells[len(known) :]] == [None] * (
            len(row.cells) - len(known)
        )
        assert row.thin == (row.loans < 20)


def test_an_empty_book_has_no_cohort(desk) -> None:
    told = watch_cohorts(OWN, analyst_of(desk))
    assert (told.rows, told.months_on_book) == ((), ())
