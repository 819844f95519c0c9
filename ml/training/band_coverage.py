"""Empirical coverage of the conformal sets: per class, with its count and standard error.

Source: machine-learning.md section 5: per class at least 1 - alpha minus 3 standard errors, on rows
that calibrated nothing. It is called empirical coverage, never a guarantee. Both samples are drawn,
the calibrating and the fresh one, so the standard error counts both: a threshold from n cases
covers 1 - alpha only on average over such n, with a spread of its own.
"""

import math
from typing import Any, Final

import numpy as np

from ml.runtime.conformal_band import BORDERLINE, ConformalBand
from ml.runtime.forest import Array
from ml.training.evaluation import Labels

CARD_LEVELS: Final = (0.1, 0.2, 0.3)


def band_coverage(
    band: ConformalBand,
    fresh: tuple[Labels, Array],
    calibration: tuple[int, int],
    standard_errors: int,
) -> list[dict[str, Any]]:
    """Return one row a level.

    Args:
        band: the thresholds.
        fresh: outcomes and answers of rows that calibrated nothing, shape (n,) each.
        calibration: goods and bads that the thresholds stand on.
        standard_errors: how far below the nominal level a class may fall.
    """
    return [_row(band, fresh, calibration, (alpha, standard_errors)) for alpha in CARD_LEVELS]


def _row(
    band: ConformalBand,
    fresh: tuple[Labels, Array],
    calibration: tuple[int, int],
    level: tuple[float, int],
) -> dict[str, Any]:
    (alpha, standard_errors), (labels, index) = level, fresh
    fits = np.array([band.fits(value, alpha) for value in index.tolist()])
    borderline = [band.band(value, alpha) == BORDERLINE for value in index.tolist()]
    classes: dict[str, Any] = {}
    for name, label in (("good", 0), ("bad", 1)):
        own = labels == label
        count = int(own.sum())
        known = calibration[label]
        error = math.sqrt(alpha * (1 - alpha) * (1 / max(count, 1) + 1 / max(known, 1)))
        coverage = float(fits[own, label].mean()) if count else None
        classes[name] = {
            "rows": count,
            "calibration_rows": known,
            "empirical_coverage": coverage,
            "standard_error": error,
            "holds": coverage is None or coverage >= 1 - alpha - standard_errors * error,
        }
    return {
        "alpha": alpha,
        "nominal": 1 - alpha,
        "borderline": float(np.mean(borderline)),
        "calibration_bads": band.bads,
        "enough": band.enough,
        **classes,
    }
