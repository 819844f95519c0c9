"""Leak signs: each check sees its own kind of leak and leaves honest columns alone."""

import numpy as np
import pytest

from ml.features import FEATURE_NAMES
from ml.training.leak_checks import LeakLimits, NamedTable, leak_signs

LIMITS = LeakLimits(alone=0.85, adds=0.05, min_bads=200)
COUNT = 3_000


@pytest.fixture(scope="module")
def labels():
    return (np.random.default_rng(1).random(COUNT) < 0.2).astype(np.int64)


def _signs(labels, **columns):
    rng = np.random.default_rng(2)
    hidden = rng.normal(0.6 * labels, 1.0)
    honest = {name: hidden + rng.normal(0, 0.5, COUNT) for name in ("amount", "income", "dues")}
    every = honest | columns
    table = NamedTable(
        tuple(every), np.column_stack(list(every.values())), labels, np.arange(COUNT)
    )
    return {(sign["column"], sign["check"]) for sign in leak_signs(table, LIMITS)}


def test_honest_columns_give_no_sign(labels) -> None:
    assert _signs(labels) == set()


def test_a_column_that_tells_alone_also_adds(labels) -> None:
    rng = np.random.default_rng(3)
    told = _signs(labels, told=labels + rng.normal(0, 0.4, COUNT))
    assert {("told", "alone"), ("told", "adds")} <= told


def test_filled_or_empty_mostly_for_bads(labels) -> None:
    rng = np.random.default_rng(4)
    chosen = (labels == 1) & (rng.random(COUNT) < 0.4)
    money = np.where(chosen, rng.random(COUNT) * 900, 0.0)
    gap = np.where(chosen, np.nan, rng.random(COUNT))
    assert ("money", "filled") in _signs(labels, money=money)
    assert ("gap", "empty") in _signs(labels, gap=gap)


def test_digits_that_predict(labels) -> None:
    rng = np.random.default_rng(5)
    round_for_good = rng.integers(100, 900, COUNT) * 1_000.0
    odd = round_for_good + labels * rng.integers(1, 999, COUNT)
    assert ("odd", "digits") in _signs(labels, odd=odd)
    assert ("even", "digits") not in _signs(labels, even=round_for_good)


def test_ids_and_names_of_later_times(labels) -> None:
    told = _signs(labels, loan_id=np.random.default_rng(6).permutation(COUNT) * 1.0)
    assert ("loan_id", "id") in told
    noise = np.random.default_rng(7).random(COUNT)
    assert ("last_pymnt_amnt", "name") in _signs(labels, last_pymnt_amnt=noise)


def test_the_contracts_own_names_pass(labels) -> None:
    rows = np.random.default_rng(8).random((COUNT, len(FEATURE_NAMES)))
    assert leak_signs(NamedTable(FEATURE_NAMES, rows, labels, np.arange(COUNT)), LIMITS) == []


def test_few_bads_cannot_tell_what_a_column_adds(labels) -> None:
    few = labels.copy()
    few[np.flatnonzero(few)[150:]] = 0
    told = _signs(few, told=few + np.random.default_rng(9).normal(0, 0.4, COUNT))
    assert ("told", "alone") in told
    assert not [check for _, check in told if check in {"adds", "digits"}]
