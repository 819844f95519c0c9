"""Class-conditional conformal sets: clear when exactly one label fits, else borderline.

Source: machine-learning.md section 5. A label stays in the set at level alpha when the case is no
stranger to its class than the (1 - alpha) share of calibration cases of that class. The model file
holds the thresholds for a grid of levels; a level between two of them uses the smaller one, which
covers at least as much.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

CLEAR: Final = "clear"
BORDERLINE: Final = "borderline"


@dataclass(frozen=True, slots=True)
class ConformalBand:
    """Thresholds by level.

    Attributes:
        levels: ascending values of alpha.
        good_at_most: the label good fits when p is at most this, one a level.
        bad_at_least: the label bad fits when p is at least this, one a level.
        bads: calibration bads; the card says so when they are few.
        enough: false switches the band off (everything is clear).
    """

    levels: tuple[float, ...]
    good_at_most: tuple[float, ...]
    bad_at_least: tuple[float, ...]
    bads: int
    enough: bool

    def fits(self, probability: float, alpha: float) -> tuple[bool, bool]:
        """Return whether the labels good and bad stay in the set."""
        level = max(bisect_right(self.levels, alpha + 1e-12) - 1, 0)
        return probability <= self.good_at_most[level], probability >= self.bad_at_least[level]

    def band(self, probability: float, alpha: float) -> str:
        """Return `clear` when exactly one label fits, else `borderline`."""
        if not self.enough:
            return CLEAR
        good, bad = self.fits(probability, alpha)
        return CLEAR if good != bad else BORDERLINE
