"""Expected against observed default rate by tenth of the score, for the model card.

Source: lending-rules.md section 13.2 and 13.4 (calibration by decile, expected against observed).
"""

from typing import Any

import pandas as pd

from ml.runtime.forest import Array
from ml.training.evaluation import Labels

TENTHS = 10


def calibration_deciles(labels: Labels, index: Array, expected: Array) -> list[dict[str, Any]]:
    """Return one row a tenth, best risk first; ties stay together, so tenths may be fewer.

    Args:
        labels: 1 = bad, shape (n,).
        index: the model's own probability, shape (n,); what the rows are ordered by.
        expected: calibrated probability of default, shape (n,).
    """
    rows = pd.DataFrame({"bad": labels, "index": index, "expected": expected})
    tenth = pd.qcut(rows["index"], TENTHS, labels=False, duplicates="drop")
    found = rows.groupby(tenth).agg(
        rows=("bad", "size"),
        bads=("bad", "sum"),
        expected=("expected", "mean"),
        observed=("bad", "mean"),
        index_from=("index", "min"),
        index_to=("index", "max"),
    )
    return [{str(name): value for name, value in row.items()} for row in found.to_dict("records")]
