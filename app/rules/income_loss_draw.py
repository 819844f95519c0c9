"""Who loses the income in an unemployment shock: a draw that anybody can repeat.

Source: lending-rules.md section 14 (stress, deterministic for a given random state). Each borrower
has a fixed place in the draw from the random state and the own key alone, so neither the order of
the book nor the machine matters, and a larger shock hits those of a smaller one and more.
"""

from collections.abc import Iterable
from hashlib import sha256

from app.rules.measure_inputs import MeasureInputError
from app.rules.money import PPM, share_of


def who_loses_income(salaried: Iterable[str], share_ppm: int, random_state: int) -> frozenset[str]:
    """The keys of the borrowers who lose their income: the share of all, rounded half up.

    Raises:
        MeasureInputError: a share below 0 or above all.
    """
    if not 0 <= share_ppm <= PPM:
        raise MeasureInputError("unemployment_points", "a share from 0 to 100 %")

    def place(key: str) -> tuple[bytes, str]:
        return sha256(f"{random_state}:{key}".encode()).digest(), key

    drawn = sorted(frozenset(salaried), key=place)
    return frozenset(drawn[: share_of(len(drawn), share_ppm)])
