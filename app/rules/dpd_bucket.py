"""In which bucket of days past due a loan stands at a day-end.

Source: data-and-sync.md 3 (0, 1-30, 31-60, 61-90, 90+). The bounds are read from the words.
"""

from db.vocabulary.loan_account import DpdBucket

_LAST_DAYS = tuple((int(str(each).rpartition("-")[2].rstrip("+")), each) for each in DpdBucket)


def dpd_bucket(days_past_due: int) -> DpdBucket:
    """The bucket of so many days.

    >>> dpd_bucket(30), dpd_bucket(31), dpd_bucket(400)
    (<DpdBucket.TO_30: '1-30'>, <DpdBucket.TO_60: '31-60'>, <DpdBucket.OVER_90: '90+'>)
    """
    fitting = (each for last, each in _LAST_DAYS if days_past_due <= last)
    return next(fitting, DpdBucket.OVER_90)
