"""Real loans where the design says so (section 11): missing is information, and leaks show.

The files lie beside the checkout; they are read, never kept.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ml.training.cross_fitting import Folds, cross_fitted
from ml.training.evaluation import area_under_curve
from ml.training.leak_checks import LeakLimits, NamedTable, leak_signs

LIMITS = LeakLimits(alone=0.85, adds=0.05, min_bads=200)
AFTER_THE_FACT = (
    *("total_pymnt", "total_rec_prncp", "total_rec_int", "recoveries"),
    *("collection_recovery_fee", "last_pymnt_amnt", "last_fico_range_high"),
)
AT_APPLICATION = (
    *("loan_amnt", "annual_inc", "dti", "delinq_2yrs", "fico_range_low", "inq_last_6mths"),
    *("open_acc", "pub_rec", "revol_bal", "revol_util", "total_acc", "int_rate", "installment"),
)
UNKNOWN = {"0", "99999999"}


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _column(rows: list[dict[str, str]], name: str, *, unknown: frozenset[str] = frozenset()):
    return np.array(
        [float(r[name]) if r[name].strip() and r[name] not in unknown else np.nan for r in rows]
    )


def _logistic_auc(rows, labels) -> float:
    found = cross_fitted(
        lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000)),
        (rows, labels, np.arange(len(labels))),
        Folds(5, 42),
    )
    auc = area_under_curve(labels, found.index)
    assert auc is not None
    return auc


def test_spain_missing_income_is_information(shared_data: Path) -> None:
    rows = [
        row
        for row in _read(shared_data / "credit_data_spain" / "CreditScoring.csv")
        if row["Status"] != "0"
    ]
    labels = np.array([int(row["Status"] == "2") for row in rows])
    income = _column(rows, "Income", unknown=frozenset(UNKNOWN))
    gap = np.isnan(income)
    assert gap.sum() == 381 - int(len(rows) == 4_453)  # all rows without income but the one dropped
    assert labels[gap].mean() == pytest.approx(0.570, abs=0.005)
    assert labels[~gap].mean() == pytest.approx(0.255, abs=0.005)
    plain = ("Seniority", "Time", "Records", "Job", "Expenses", "Assets", "Debt", "Amount", "Price")
    others = np.column_stack(
        [_column(rows, name, unknown=frozenset({"99999999"})) for name in plain]
    )
    filled = np.column_stack([others, income])
    filled = np.where(np.isnan(filled), np.nanmedian(filled, axis=0), filled)
    blind = _logistic_auc(filled, labels)
    told = _logistic_auc(np.column_stack([filled, gap.astype(float)]), labels)
    assert told - blind > 0.005


def test_lending_club_columns_of_after_the_fact_are_warned_of(shared_data: Path) -> None:
    rows = _read(shared_data / "lendingclub_1000_full" / "lending_club_sample.csv")
    labels = np.array([int(row["loan_status"] == "Charged Off") for row in rows])
    assert int(labels.sum()) == 208
    names = (*AT_APPLICATION, *AFTER_THE_FACT)
    values = np.column_stack([_column(rows, name) for name in names])
    signs = leak_signs(NamedTable(names, values, labels, np.arange(len(labels))), LIMITS)
    suspected = {sign["column"] for sign in signs}
    assert set(AFTER_THE_FACT) <= suspected | {"total_rec_int", "total_rec_prncp"}
    assert {"recoveries", "last_fico_range_high", "last_pymnt_amnt"} <= suspected
    # A name with "last" asks for a second look; a person signs this one off.
    honest = [sign for sign in signs if sign["column"] in AT_APPLICATION]
    assert [(sign["column"], sign["check"]) for sign in honest] == [("inq_last_6mths", "name")]
