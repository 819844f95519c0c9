"""Months before the first instalment."""

from app.rules.moratorium import balance_after, payments_during
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
