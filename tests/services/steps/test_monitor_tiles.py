from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.services.steps.monitor_point import BookPoint
from app.services.steps.monitor_tiles import tiles_of
from db.records.monitor import PositionSum

DAY = date(2026, 9, 30)
STANDS = PositionSum(DAY, 10, 9, 1_000, 50, 1, 200, 40, 60, 300, 250, 200)
POINT = BookPoint(DAY, STANDS, 20, 2, 5_000, 1, 300, 8, 6, 40, 30, 900, 450)


def values(points, rulebook):
    return {tile.name: tile.value for tile in tiles_of(points, rulebook)}


def test_every_tile_is_its_numerator_over_its_denominator(rulebook) -> None:
    tiles = values([POINT], rulebook)
    assert tiles == {
        "total_outstanding": 1_000,
        "total_disbursed": 5_000,
        "active_loans": 10,
        "npa_ratio": Decimal(20),
        "net_npa_ratio": Decimal(100 * 160) / 960,
        "total_npa_amount": 200,
        "par30": Decimal(30),
        "par60": Decimal(25),
        "par90": Decimal(20),
        "default_rate": Decimal(10),
        "average_emi_payment_rate": Decimal(75),
        "approval_rate": Decimal(75),
        "collection_efficiency": Decimal(50),
    }


def test_a_change_needs_both_months(rulebook) -> None:
    unknown = replace(POINT, day=date(2026, 8, 31), position=None, paid_out_paise=4_000)
    tiles = {tile.name: tile for tile in tiles_of([unknown, POINT], rulebook)}
    assert tiles["npa_ratio"].change is None
    assert tiles["npa_ratio"].spark[0].value is None
    assert tiles["total_disbursed"].change == 1_000
    assert tiles["default_rate"].change == 0


def test_the_figures_of_a_month_name_it_and_limits_are_rules(rulebook) -> None:
    tiles = {tile.name: tile for tile in tiles_of([POINT], rulebook)}
    assert tiles["approval_rate"].figure == "approved 2026-09"
    assert [limit.value for limit in tiles["npa_ratio"].limits] == [Decimal(3), Decimal(5)]
    assert tiles["par30"].limits == ()
