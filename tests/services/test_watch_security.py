import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_security import watch_security
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["security"](analyst, OWN, oracle_of(analyst, OWN))


def test_every_band_stands_there(desk) -> None:
    told = watch_security(OWN, analyst_of(desk))
    assert told.kinds == ()
    assert [band.share for band in told.bands] == [None] * len(told.bands)
    assert told.bands[0].key == "none"
    assert told.bands[-1].up_to_ppm is None
