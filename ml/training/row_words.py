"""What a person reads of the nested figures of a comparison row; tables show plain values only."""

from collections.abc import Mapping
from typing import Any


def row_words(row: Mapping[str, Any]) -> dict[str, str]:
    """Return confusion, class counts and the ten largest inputs as text.

    >>> row_words({"confusion": {"tn": 3, "fp": 1, "fn": 0, "tp": 2},
    ...            "class_counts": {"good": 4, "bad": 2},
    ...            "importances": [{"feature": "loan_amount", "importance": 0.25}]})["top_10"]
    'loan_amount 0.250'
    """
    confusion, counts = row["confusion"], row["class_counts"]
    return {
        "confusion_words": ", ".join(f"{name} {count}" for name, count in confusion.items()),
        "class_words": ", ".join(f"{name} {count}" for name, count in counts.items()),
        "top_10": ", ".join(
            f"{each['feature']} {each['importance']:.3f}" for each in row["importances"]
        ),
    }
