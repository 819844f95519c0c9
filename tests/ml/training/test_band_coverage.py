"""Empirical coverage: per class, with its count, judged by standard errors."""

import numpy as np
import pytest

from ml.runtime.conformal_band import ConformalBand
from ml.training.band_coverage import band_coverage
from ml.training.fit_calibration import conformal_band


def _drawn(count: int, shift: float = 0.0):
    rng = np.random.default_rng(count)
    labels = (rng.random(count) < 0.3).astype(np.int64)
    return labels, np.clip(rng.normal(0.4 + 0.2 * labels, 0.15) - shift * labels, 0, 1)


def test_fresh_rows_of_the_same_kind_are_covered() -> None:
    band = conformal_band(*reversed(_drawn(6_000)), min_bads=200)
    found = band_coverage(band, _drawn(5_000), (4_200, 1_800), 3)
    assert [row["alpha"] for row in found] == [0.1, 0.2, 0.3]
    for row in found:
        assert row["nominal"] == pytest.approx(1 - row["alpha"])
        for name in ("good", "bad"):
            assert row[name]["holds"]
            assert row[name]["empirical_coverage"] == pytest.approx(row["nominal"], abs=0.04)
        assert row["good"]["rows"] + row["bad"]["rows"] == 5_000
        assert 0 < row["borderline"] < 1


def test_a_shifted_class_fails() -> None:
    band = conformal_band(*reversed(_drawn(6_000)), min_bads=200)
    found = band_coverage(band, _drawn(5_000, shift=0.2), (4_200, 1_800), 3)
    assert all(row["good"]["holds"] and not row["bad"]["holds"] for row in found)


def test_few_calibration_rows_widen_the_standard_error() -> None:
    band = conformal_band(*reversed(_drawn(6_000)), min_bads=200)
    errors = [
        band_coverage(band, _drawn(5_000), (4_200, bads), 3)[0]["bad"]["standard_error"]
        for bads in (10**9, 1_500)
    ]
    fresh = int(_drawn(5_000)[0].sum())
    assert errors[0] == pytest.approx((0.09 / fresh) ** 0.5)
    assert errors[1] == pytest.approx((0.09 / fresh + 0.09 / 1_500) ** 0.5)


def test_an_absent_class_is_unknown_and_a_band_that_is_off_says_so() -> None:
    band = ConformalBand((0.1, 0.2, 0.3), (0.6,) * 3, (0.4,) * 3, 12, enough=False)
    row = band_coverage(band, (np.array([0, 0]), np.array([0.5, 0.7])), (80, 12), 3)[0]
    assert row["bad"]["empirical_coverage"] is None
    assert (row["enough"], row["calibration_bads"], row["borderline"]) == (False, 12, 0.0)
