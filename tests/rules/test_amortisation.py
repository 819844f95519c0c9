"""The schedule closes at exactly nothing, whatever the terms."""

from hypothesis import given
from hypothesis import strategies as st

from app.rules.amortisation import (
    LoanShape,
    contract_schedule,
    principal_part,
    raw_schedule,
    run_down,
)
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

SHAPES = st.builds(
    LoanShape,
    st.integers(min_value=100, max_value=10**11),
    st.integers(min_value=0, max_value=600_000),
    st.integers(min_value=1, max_value=360),
)


@vectors_of("schedule", "schedule_raw")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(SHAPES, st.sampled_from(EmiRounding))
def test_principal_adds_up_and_nothing_is_left(shape: LoanShape, rounding: EmiRounding) -> None:
    for found in (
        raw_schedule(shape, rounding),
        contract_schedule(shape, rounding, RULEBOOK, TODAY),
    ):
        assert sum(row.principal_paise for row in found.rows) == shape.principal_paise
        assert found.rows[-1].closing_paise == 0
        assert all(row.closing_paise >= 0 for row in found.rows)
        paid = sum(found.payments_paise)
        assert paid == shape.principal_paise + found.total_interest_paise
        assert [row.number for row in found.rows] == list(range(1, len(found.rows) + 1))


def test_a_rounding_that_bends_the_schedule_falls_back_to_paise() -> None:
    short = contract_schedule(LoanShape(5_000_00, 257_000, 240), EmiRounding.RUPEE, RULEBOOK, TODAY)
    assert (short.rounding, len(short.rows)) == (EmiRounding.PAISA, 240)
    heavy = contract_schedule(
        LoanShape(10_000_00, 180_000, 240), EmiRounding.RUPEE, RULEBOOK, TODAY
    )
    assert heavy.rounding is EmiRounding.PAISA
    assert heavy.last_instalment_paise * 10 <= heavy.emi_paise * 15


def test_a_fixed_instalment_runs_a_balance_down() -> None:
    found = run_down(1000_00, 120_000, 400_00, 12)
    assert len(found.rows) == 3
    assert found.last_instalment_paise < 400_00


def test_an_instalment_takes_the_rest_only_where_it_covers_it() -> None:
    assert principal_part(100, 10, 105, is_last=False) == 95
    assert principal_part(100, 10, 105, is_last=True) == 100
    assert principal_part(100, 10, 111, is_last=False) == 100


def test_a_run_down_keeps_its_instalment_and_may_have_no_row_at_all() -> None:
    found = run_down(1000_00, 120_000, 400_00, 12)
    assert (found.emi_paise, found.rounding) == (400_00, EmiRounding.PAISA)
    assert run_down(1000_00, 120_000, 400_00, 0).rows == ()


def test_a_last_instalment_of_exactly_one_and_a_half_times_still_fits() -> None:
    # 2.50 over two months: 1 rupee, then 1.50.
    found = contract_schedule(LoanShape(2_50, 0, 2), EmiRounding.RUPEE, RULEBOOK, TODAY)
    assert (found.rounding, found.payments_paise) == (EmiRounding.RUPEE, (1_00, 1_50))
