"""Interest on a loan paid out in stages."""

from datetime import date

from app.rules.day_count import day_basis
from app.rules.stage_disbursement import Stage, pre_emi_interest
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY

STAGES = (
    Stage(date(2026, 4, 10), 10_00_000_00),
    Stage(date(2026, 4, 20), 5_00_000_00),
    Stage(date(2026, 6, 1), 5_00_000_00),
)
BASIS = day_basis(RULEBOOK, TODAY)


def test_each_stage_bears_interest_from_its_own_day() -> None:
    first = pre_emi_interest(STAGES, 95_000, date(2026, 4, 10), date(2026, 5, 10), BASIS)
    # 30 days on ten lakh (V030: 7,808.22) and 20 days on five lakh, rounded once.
    assert first == 7_808_22 + 2_602_74
    later = pre_emi_interest(STAGES, 95_000, date(2026, 5, 10), date(2026, 6, 10), BASIS)
    assert later == pre_emi_interest(
        (Stage(date(2026, 1, 1), 15_00_000_00), STAGES[2]), 95_000,
        date(2026, 5, 10), date(2026, 6, 10), BASIS,
    )  # fmt: skip


def test_a_leap_year_counts_only_where_the_rule_says_so() -> None:
    by_year = day_basis(book_with(day_count="ACT_ACT"), TODAY)
    stage = (Stage(date(2027, 12, 31), 3_66_000_00),)
    start, end = date(2027, 12, 31), date(2028, 1, 2)
    assert pre_emi_interest(stage, 100_000, start, end, BASIS) == 200_55
    assert pre_emi_interest(stage, 100_000, start, end, by_year) == 200_27
