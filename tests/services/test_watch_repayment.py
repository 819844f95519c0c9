import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_repayment import watch_repayment
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["repayment"](analyst, OWN, oracle_of(analyst, OWN))


def test_an_empty_book_has_no_share(desk) -> None:
    told = watch_repayment(OWN, analyst_of(desk))
    assert (told.days, told.by_method) == ((), ())
    assert (told.on_time_share, told.current_efficiency, told.headline_efficiency) == (None,) * 3
