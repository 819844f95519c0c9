"""The figures of one candidate on later loans, as `commands.md` names them.

Source: machine-learning.md section 2, figure 2: default-only AUC with its 95 % interval, how many
loans and bads it stands on, and the recall of defaults at the cut-offs.
"""

from collections.abc import Sequence
from typing import Any

from ml.runtime.forest import Array
from ml.training.calibration_deciles import calibration_deciles
from ml.training.evaluation import Labels, confusion, measures


def candidate_figures(
    model: str,
    answers: tuple[Labels, Array, Array],
    fold_aucs: Sequence[float],
    cut_offs: Sequence[float],
) -> dict[str, Any]:
    """Return the row of a candidate.

    Args:
        model: how it is called.
        answers: outcomes, class-weighted index, calibrated probability; of the test rows.
        fold_aucs: AUC of each fold of the training rows.
        cut_offs: index from which risk is Medium and High; the last one makes the confusion.
    """
    labels, index, expected = answers
    found = measures(labels, index, expected, cut_offs[-1])
    matrix = found.confusion
    return {
        "model": model,
        "auc": found.auc,
        "auc_low": found.auc_low,
        "auc_high": found.auc_high,
        "ks": found.ks,
        "gini": found.gini,
        "brier": found.brier,
        "accuracy": matrix.accuracy,
        "precision": matrix.precision,
        "recall": matrix.recall,
        "f1": matrix.f1,
        "rows": found.rows,
        "bads": found.bads,
        "recall_at": {str(cut): confusion(labels, index, cut).recall for cut in cut_offs},
        "confusion": {"tn": matrix.tn, "fp": matrix.fp, "fn": matrix.fn, "tp": matrix.tp},
        "folds": list(fold_aucs),
        "deciles": calibration_deciles(labels, index, expected),
    }
