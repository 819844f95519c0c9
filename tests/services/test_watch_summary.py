from decimal import Decimal

import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_ratios_are_those_of_the_tiles(analyst) -> None:
    summary, told = watch_summary(OWN, analyst), monitor_tiles(OWN, analyst)
    for name in ("npa_ratio", "net_npa_ratio", "par30", "par60", "par90", "default_rate",
                 "average_emi_payment_rate", "collection_efficiency"):  # fmt: skip
        assert getattr(summary, name) == told.tile(name).value, name
    assert summary.total_outstanding_paise == told.tile("total_outstanding").value
    assert summary.total_disbursed_paise == told.tile("total_disbursed").value
    assert summary.total_applications == 150
    assert summary.approval_rate == Decimal(100 * summary.total_loans) / 150
    assert summary.alerts[0].rule == "npa_ratio"


def test_an_empty_book_has_no_ratio_and_no_alert(desk) -> None:
    summary = watch_summary(OWN, analyst_of(desk))
    assert (summary.total_loans, summary.alerts) == (0, ())
    assert (summary.npa_ratio, summary.par30, summary.approval_rate) == (None, None, None)
