"""Buckets of days past due, at both of their edges."""

import pytest

from app.rules.dpd_bucket import dpd_bucket
from db.vocabulary.loan_account import DpdBucket


@pytest.mark.parametrize(
    ("bucket", "first", "last"),
    [
        (DpdBucket.NONE, 0, 0),
        (DpdBucket.TO_30, 1, 30),
        (DpdBucket.TO_60, 31, 60),
        (DpdBucket.TO_90, 61, 90),
        (DpdBucket.OVER_90, 91, 4000),
    ],
)
def test_a_bucket_holds_its_first_and_its_last_day(bucket, first, last) -> None:
    assert dpd_bucket(first) is dpd_bucket(last) is bucket
