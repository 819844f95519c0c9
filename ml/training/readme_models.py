"""The models of the README's protocol: the original's two, and ours fitted on the same rows.

Source: machine-learning.md section 2. The original's forest is free (no direction is imposed) and
its regression was not scaled; ours are the monotone forest and the monotone boosting of section 5.
"""

from typing import Any, Final

from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ml.training.fit_boosting import BoostingShape, new_boosting
from ml.training.fit_forest import ForestShape, new_forest

STATE: Final = 42
SEED_FOREST: Final = "random forest"
SMALL_LEAF: Final = 20

# The original tells no more; a table for people takes its columns from the first row.
_NOT_TOLD: Final = (
    *("cv_sd", "train_test_gap", "limit_accuracy", "confusion_words", "class_words", "top_10"),
)
SEED_ROWS: Final[tuple[dict[str, Any], ...]] = (
    {
        "part": None,
        "model": "README: random forest",
        "accuracy": 0.9416,
        "precision": 0.9550,
        "recall": 0.9138,
        "f1": 0.9339,
        "auc": 0.9577,
        "cv_mean": 0.9261,
        **dict.fromkeys(_NOT_TOLD),
    },
    {
        "part": None,
        "model": "README: logistic regression",
        "accuracy": 0.9108,
        "precision": 0.9043,
        "recall": 0.8965,
        "f1": None,
        "auc": 0.9533,
        "cv_mean": None,
        **dict.fromkeys(_NOT_TOLD),
    },
)


def readme_models() -> tuple[tuple[str, Any], ...]:
    """Return the unfitted models by name, the original's forest first; each fills gaps itself."""
    free = RandomForestClassifier(
        100, max_depth=10, class_weight="balanced", random_state=STATE, n_jobs=1
    )
    named = (
        (SEED_FOREST, (free,)),
        ("logistic regression, scaled", (StandardScaler(), LogisticRegression(max_iter=1_000))),
        ("logistic regression, unscaled", (LogisticRegression(max_iter=500),)),
        ("Kasauti: monotone forest", (new_forest(ForestShape(random_state=STATE), "sqrt"),)),
        (
            "Kasauti: monotone boosting",
            (new_boosting(BoostingShape(random_state=STATE), SMALL_LEAF),),
        ),
    )
    return tuple(
        (name, make_pipeline(SimpleImputer(strategy="median"), *steps)) for name, steps in named
    )
