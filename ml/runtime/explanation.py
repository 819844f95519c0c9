"""One exact explanation: base plus contributions is the probability.

Source: machine-learning.md section 8: contributions are summed inside each group before anything
is ranked, so near-duplicate features cannot split the credit.
"""

from dataclasses import dataclass

from ml.features import FEATURES, GROUPS


@dataclass(frozen=True, slots=True)
class Explanation:
    """What moved the estimate.

    Attributes:
        row: the 28 values the model used, gaps filled.
        probability: the model's class-weighted index, 0 to 1.
        base: the starting point.
        contributions: 28 values in probability; base + their sum is the probability to 1e-12.
    """

    row: tuple[float, ...]
    probability: float
    base: float
    contributions: tuple[float, ...]

    def group_sums(self) -> dict[str, float]:
        """Return the sum of contributions of each of the six groups."""
        sums = dict.fromkeys(GROUPS, 0.0)
        for feature, contribution in zip(FEATURES, self.contributions, strict=True):
            sums[feature.group] += contribution
        return sums
