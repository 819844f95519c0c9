import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_roll_rates import watch_roll_rates
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    assert watch_roll_rates(OWN, analyst).rows
    CHECKS["rolls"](analyst, OWN, oracle_of(analyst, OWN))


def test_without_a_kept_month_end_a_sentence_says_so(desk) -> None:
    told = watch_roll_rates(OWN, analyst_of(desk))
    assert (told.month, told.rows) == (None, ())
    assert told.sentence.startswith("Roll rates need two kept month ends")
