import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_classes import watch_classes
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["classes"](analyst, OWN, oracle_of(analyst, OWN))


def test_every_class_stands_there_and_unknown_is_no_zero(desk) -> None:
    told = watch_classes(OWN, analyst_of(desk))
    assert len(told.classes) == 9
    assert told.since is None
    for line in told.classes:
        assert (line.loans, line.percentage) == (0, None)
        assert (line.moved_in, line.provision_held_paise, line.change_paise) == (None, None, None)
