"""The challenger: monotone, repeatable, chosen by grouped cross-validation."""

from typing import TYPE_CHECKING

import numpy as np

from ml.features import SIGNS, position
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import area_under_curve
from ml.training.fit_boosting import BoostingShape, fit_boosting
from ml.training.model_card import filled, fills_of
from ml.training.splits import groups_of

if TYPE_CHECKING:
    from ml.training.train_model import TrainingTable

SHAPE = BoostingShape(rounds=30, folds=3)


def test_it_ranks_is_monotone_and_repeats(table: "TrainingTable") -> None:
    rows = filled(table.rows, fills_of(table.rows))
    groups = groups_of(table.customers, rows)
    fitted = fit_boosting(rows, table.labels, groups, SHAPE)
    again = fit_boosting(rows, table.labels, groups, SHAPE)
    assert (fitted.cross_fitted == again.cross_fitted).all()
    assert fitted.min_leaf in SHAPE.leaf_choices
    auc = area_under_curve(table.labels, fitted.cross_fitted)
    assert auc is not None
    assert auc > 0.7
    for name in ("loan_amount", "monthly_income", "collateral_cover"):
        at = position(name)
        swept = np.repeat(rows[:20], 30, axis=0)
        swept[:, at] = np.tile(np.linspace(rows[:, at].min(), rows[:, at].max(), 30), 20)
        moves = np.diff(bad_share(fitted.model, swept).reshape(20, 30), axis=1) * SIGNS[at]
        assert (moves >= -1e-12).all(), name
