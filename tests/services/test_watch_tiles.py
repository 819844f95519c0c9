from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.monitor_answers import BookState, TileUnit
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import MAKER, sandbox_actor
from app.services.watch_tiles import monitor_tiles, monitor_trend
from tests.services.monitor_desks import analyst_of, one_loan
from tests.services.running_loans import LoanPlanned
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_head_names_what_can_be_chosen(analyst) -> None:
    head = monitor_tiles(OWN, analyst).head
    assert head.state is BookState.FILLED
    assert head.as_of == head.latest == analyst.clock.today()
    assert head.products["HOME_PURCHASE"] == "Home loan"
    assert head.branches == (analyst.person().branch_id,)
    assert "Meera Iyer" in head.officers.values()


def test_an_empty_book_knows_nothing(desk) -> None:
    told = monitor_tiles(OWN, analyst_of(desk))
    assert told.head.state is BookState.EMPTY
    assert told.head.sentence == "No loan has been disbursed yet. The figures need disbursed loans."
    shares = [tile for tile in told.tiles if tile.unit is TileUnit.PERCENT]
    assert {tile.value for tile in shares} == {None}
    assert told.tile("total_outstanding").value == 0


def test_one_loan_fills_the_monitor(blank_desk, customer_form, application_form) -> None:
    forms, day = (customer_form, application_form), date(2026, 4, 5)
    plan = LoanPlanned(100_000_000, 24, 95_000, date(2025, 11, 5), paid=4)
    told = monitor_tiles(OWN, one_loan(blank_desk, forms, plan, day))
    assert told.head.state is BookState.FILLED
    assert told.tile("active_loans").value == 1
    assert told.tile("npa_ratio").value == 0
    assert told.tile("average_emi_payment_rate").value == 80  # the fifth falls due today


def test_nothing_fits_a_product_that_nobody_has(desk) -> None:
    head = monitor_tiles(replace(OWN, product_code="GOLD"), analyst_of(desk)).head
    assert head.state is BookState.NOTHING_FITS
    assert head.sentence


@pytest.mark.parametrize("day", [date(2027, 1, 31), date(2026, 9, 29)])
def test_only_the_latest_day_end_or_a_kept_month_end_can_be_looked_at(analyst, day) -> None:
    with pytest.raises(Refused, match="The book is closed up to 30 Sep 2026"):
        monitor_tiles(MonitorScope(as_of=day), analyst)


def test_an_officer_may_not_see_the_monitor(analyst) -> None:
    with pytest.raises(Refused, match="does not allow"):
        monitor_tiles(OWN, analyst.acting(sandbox_actor(MAKER)))


def test_the_trend_ends_where_the_tiles_stand(analyst) -> None:
    trend, told = monitor_trend(OWN, analyst), monitor_tiles(OWN, analyst)
    last = trend.months[-1]
    assert len(trend.months) == 12
    assert last.month_end == trend.as_of
    assert last.npa_ratio == told.tile("npa_ratio").value
    assert last.default_rate == told.tile("default_rate").value
    paid_out = told.tile("total_disbursed")
    assert last.disbursed_paise == paid_out.spark[-1].value - paid_out.spark[-2].value
