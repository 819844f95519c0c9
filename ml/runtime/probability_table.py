"""From the model's class-weighted index to a probability of default: a table of monotone steps.

Source: machine-learning.md section 5. The table never touches score or contributions. While it was
fitted on synthetic outcomes only, it answers None: no probability of default is shown.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ProbabilityTable:
    """Steps; each holds from its own start up to the next one's.

    Attributes:
        starts: ascending index values; the first is 0.
        rates: non-decreasing default rates, one a step.
        synthetic: fitted on synthetic outcomes only.
    """

    starts: tuple[float, ...]
    rates: tuple[float, ...]
    synthetic: bool

    def rate(self, probability: float) -> float:
        """Return the step's default rate, whatever it was fitted on.

        >>> ProbabilityTable((0.0, 0.4), (0.01, 0.07), True).rate(0.4)
        0.07
        """
        return self.rates[max(bisect_right(self.starts, probability) - 1, 0)]

    def rates_of(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the default rate of many, shape (n,)."""
        at = np.searchsorted(np.array(self.starts), probabilities, side="right") - 1
        return np.array(self.rates)[np.maximum(at, 0)]

    def probability_of_default(self, probability: float) -> float | None:
        """Return the default rate for people; None while only synthetic outcomes were seen."""
        return None if self.synthetic else self.rate(probability)
