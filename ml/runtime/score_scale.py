"""The score scale: 850 - 550 p, exact in Decimal; score points are -550 times a contribution.

Source: lending-rules.md section 13.7 and machine-learning.md section 7. The scale is part of the
model file, so that a stored score can be read back with the scale it was made on.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """A straight line from probability to score.

    >>> ScoreScale(850, -550).score(0.1895)
    Decimal('745.78')
    """

    intercept: int
    slope: int

    def score(self, probability: float) -> Decimal:
        """Return the score, rounded half up to two decimals."""
        exact = self.intercept + self.slope * Decimal(repr(probability))
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def points(self, contribution: float) -> float:
        """Return the score points of a contribution to the probability."""
        return self.slope * contribution
