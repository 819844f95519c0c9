"""The facts of the card that the training job itself knows.

Source: machine-learning.md sections 2 and 5; lending-rules.md section 13.2 (card fields). The gap
to the limit and the agreement with policy need the sealed oracle and rejected applications: another
job measures them after training, and the caller adds them.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.features import FEATURE_NAMES
from ml.runtime.conformal_band import ConformalBand
from ml.runtime.forest import Array
from ml.training.band_coverage import band_coverage
from ml.training.evaluation import Labels
from ml.training.export_model import ExportCheck
from ml.training.fit_boosting import FittedBoosting
from ml.training.fit_forest import FittedForest
from ml.training.leak_checks import LeakLimits, NamedTable, leak_signs
from ml.training.model_card import LABEL_TEXT, SYNTHETIC_NOTE, data_sha256, versions
from ml.training.splits import TimeSplit, repeated_rows


@dataclass(frozen=True, slots=True, eq=False)
class TrainingFacts:
    """What happened in a training run.

    Attributes:
        rows: of the whole table, with gaps.
        labels: 1 bad, 0 good.
        groups: rows of one group stay on one side of every split.
        test_index: the forest's answers on the test rows.
        synthetic: the outcomes were drawn, not observed.
        candidates: figures of forest and boosting, the forest first.
    """

    rows: Array
    labels: Labels
    groups: NDArray[np.int64]
    split: TimeSplit
    fitted: FittedForest
    boosting: FittedBoosting
    band: ConformalBand
    check: ExportCheck
    test_index: Array
    monotone_violations: int
    synthetic: bool
    candidates: tuple[dict[str, Any], ...]


def training_card(
    facts: TrainingFacts, shape: dict[str, Any], coverage_errors: int, leaks: LeakLimits
) -> dict[str, Any]:
    """Return the card's facts; `shape` is what was fixed before fitting."""
    train, test = facts.split.train, facts.split.test
    seen = NamedTable(FEATURE_NAMES, facts.rows[train], facts.labels[train], facts.groups[train])
    return {
        "intended_use": "A second opinion for a person who decides on a branch loan.",
        "out_of_scope": "Automatic decisions; microfinance household loans; imported loans.",
        "notes": [SYNTHETIC_NOTE] if facts.synthetic else [],
        "label_text": LABEL_TEXT,
        "synthetic": facts.synthetic,
        "monotone_violations": facts.monotone_violations,
        "rows": {"train": int(train.sum()), "test": int(test.sum())},
        "bads": {"train": int(facts.labels[train].sum()), "test": int(facts.labels[test].sum())},
        "first_test_month": _month(facts.split.first_test_month),
        "data_sha256": data_sha256(facts.rows[train], facts.labels[train].astype(np.float64)),
        "default_only": facts.candidates[0],
        "challengers": list(facts.candidates[1:]),
        "fold_aucs": {choice: list(aucs) for choice, aucs in facts.fitted.fold_aucs.items()},
        "forest": {**shape, "max_features": facts.fitted.max_features},
        "boosting": {"min_leaf": facts.boosting.min_leaf},
        "conformal": band_coverage(
            facts.band,
            (facts.labels[test], facts.test_index),
            (int((facts.labels[train] == 0).sum()), facts.band.bads),
            coverage_errors,
        ),
        "leaks": leak_signs(seen, leaks),
        "repeated_rows": repeated_rows(facts.rows),
        "export_check": asdict(facts.check),
        "versions": versions(),
    }


def _month(number: int) -> str:
    """Return a month that is counted as year * 12 + month - 1."""
    return f"{number // 12}-{number % 12 + 1:02d}"
