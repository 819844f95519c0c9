"""Splits by customer and time; near-duplicates stay together."""

import numpy as np

from ml.training.splits import groups_of, split_by_time


def test_same_customer_or_equal_row_is_one_group_also_through_others() -> None:
    rows = np.zeros((5, 28))
    rows[:, 0] = [1, 2, 2 + 1e-7, 4, np.nan]
    groups = groups_of(np.array([10, 11, 12, 12, 13]), rows)
    assert groups[1] == groups[2] == groups[3]  # rows 1 and 2 are equal, 2 and 3 share a customer
    assert len({groups[0], groups[1], groups[4]}) == 3


def test_the_last_share_of_months_tests_and_no_customer_is_on_both_sides() -> None:
    months = np.array([0, 1, 2, 3, 4, 5, 6, 7, 7, 6])
    groups = np.array([0, 1, 2, 3, 4, 5, 6, 7, 1, 6])
    split = split_by_time(months, groups, 0.25)
    assert split.first_test_month == 6
    assert split.train.tolist() == [True] * 6 + [False] * 4
    assert split.test.tolist() == [False] * 6 + [True, True, False, True]
    assert not set(groups[split.train]) & set(groups[split.test])
