"""Months before the first instalment."""

from hypothesis import given
from hypothesis import strategies as st

from app.rules.moratorium import balance_after, interest_of_month, payments_during
from db.vocabulary.lending import MoratoriumTreatment
from tests.rules.lending_vectors import check, vectors_of


@vectors_of("moratorium")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def test_only_a_serviced_moratorium_is_paid() -> None:
    serviced, simple = MoratoriumTreatment.SERVICED, MoratoriumTreatment.CAPITALISED_SIMPLE
    assert payments_during(1200_00, 100_000, 2, serviced) == (10_00, 10_00)
    assert payments_during(1200_00, 100_000, 2, simple) == (0, 0)
    assert balance_after(1200_00, 100_000, 0, simple) == 1200_00


@given(
    st.integers(min_value=100, max_value=10**11),
    st.integers(min_value=0, max_value=600_000),
    st.integers(min_value=1, max_value=72),
    st.sampled_from(MoratoriumTreatment),
)
def test_the_interest_of_the_months_adds_up(
    paise: int, rate: int, months: int, treatment: MoratoriumTreatment
) -> None:
    parts = [interest_of_month(paise, rate, month, treatment) for month in range(1, months + 1)]
    if treatment is MoratoriumTreatment.SERVICED:
        assert tuple(parts) == payments_during(paise, rate, months, treatment)
    else:
        assert paise + sum(parts) == balance_after(paise, rate, months, treatment)
