from datetime import date
from decimal import Decimal

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.drill_figure import drill_figure
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived, at_day, lend
from tests.services.monitor_desks import analyst_of
from tests.services.running_loans import LoanPlanned
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


def test_a_loan_that_defaulted_since_was_active_at_the_month_end(
    blank_desk, customer_form, application_form
) -> None:
    early = at_day(blank_desk, date(2026, 3, 30))
    officer = arrived(early, BRANCH, "maker", Role.OFFICER)
    checker = arrived(early, BRANCH, "checker", Role.SUPERVISOR)
    bad_on_4_april = LoanPlanned(20_000_000, 24, 120_000, date(2025, 12, 5), paid=0)
    lend(officer, checker, (customer_form, application_form), bad_on_4_april, 1001)
    close_by_hand(checker, date(2026, 3, 29))
    late = at_day(checker, date(2026, 4, 5))
    close_day(CloseDay(date(2026, 4, 5)), late)
    analyst, then = analyst_of(late), MonitorScope(as_of=date(2026, 3, 31))
    for scope, active in ((then, 1), (OWN, 0)):
        assert watch_summary(scope, analyst).active_loans == active
        assert drill_figure("active_loans", scope, analyst).count == active
