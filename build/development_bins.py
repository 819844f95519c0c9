"""Draw again what the bundled champion was developed on and write its bins for the drift report.

Run by the project's own Python: `.venv/bin/python build/development_bins.py`. The hash of the drawn
training rows must be the one in the model's card; a long test draws again and compares.
"""

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


from app.book_ports import shipped_rulebook  # the project is found first
from app.resource_files import resource  # as above
from app.services.steps.development_sample import (  # as above
    FOLDER,
    Reference,
    ReferenceKind,
    ScoredRow,
    reference_of,
    to_document,
)
from app.services.steps.training_draw import (  # as above
    STANDARD_LOANS,
    Drawing,
    applications_for,
    labelled_table,
    labels_of_book,
    matured,
)
from ml.runtime.model_file import RiskModel, load_model, read_keys  # as above

DRAWN_ON = date(2026, 9, 30)  # the business day on which the champion was trained
RANDOM_STATE = 42


def bundled_model() -> RiskModel:
    """The champion of the bundle."""
    keys = read_keys(resource("models/keys.json"), DRAWN_ON)
    return load_model(resource("models/champion"), keys)


def drawn_reference(model: RiskModel) -> tuple[str, Reference]:
    """Hash of the drawn training rows, and the bins of all applications they were chosen from."""
    from ml.training.model_card import data_sha256  # scikit-learn comes with it
    from ml.training.splits import groups_of, split_by_time

    rulebook = shipped_rulebook()
    drawing = Drawing(rulebook, DRAWN_ON, RANDOM_STATE)
    book = matured(drawing, applications_for(STANDARD_LOANS))
    labels = labels_of_book(book, drawing.label_rule(), DRAWN_ON)
    table = labelled_table(book, labels)
    share = rulebook.ppm("test_share", DRAWN_ON) / 1_000_000
    groups = groups_of(table["customers"], table["rows"])
    train = split_by_time(table["months"], groups, share).train
    digest = data_sha256(table["rows"][train], table["labels"][train].astype(np.float64))
    filled = [model.fill(row) for row in book.rows.tolist()]
    scores = 850 - 550 * model.probabilities(book.rows)
    rows = [
        ScoredRow(application.application_date, float(score), values)
        for application, score, values in zip(
            book.applications, scores.tolist(), filled, strict=True
        )
    ]
    bins = rulebook.count("psi_bins", DRAWN_ON)
    reference = reference_of(ReferenceKind.DEVELOPMENT, rows, bins)
    if reference is None:
        raise RuntimeError
    return digest, reference


def main() -> int:
    """Write the file; 1 when the drawing is not that of the champion."""
    model = bundled_model()
    digest, reference = drawn_reference(model)
    if digest != model.card["data_sha256"]:
        sys.stderr.write("The drawing is not what the champion was trained on.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(to_document(reference, digest), indent=1) + "\n"
    (FOLDER / f"{model.model_id}.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
