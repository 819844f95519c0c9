"""Trains a new model: prepare the labelled rows here, compute in a job, record the result here.

Source: machine-learning.md sections 1, 2 and 4 to 6; architecture.md section 1 (background work).
The job folder holds job.json and table.npz; the job writes model/ and, last of all, result.json.
After it, comparisons measure the finished candidate in folders of their own, `honest` and `readme`:
only they hold true probabilities. A new model is a challenger, signed with this desk's own key and
trusted for shadow scoring only.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.rules import permissions
from app.rules.rulebook import Rulebook
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.training_draw import (
    STANDARD_LOANS,
    Drawing,
    applications_for,
    label_counts,
    labelled_table,
    labels_of_book,
    matured,
)
from db.records.book import AuditAct, ModelRecord
from db.vocabulary.operations import ModelRole
from ml.monitoring.model_card_text import card_document, card_markdown
from ml.runtime.model_file import load_model
from ml.runtime.model_signing import open_signing_key, public_bytes, sign_model

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from ml.runtime.risk_model import RiskModel

DESK_KEY = "desk"
HONEST_FOLDER = "honest"
README_FOLDER = "readme"


@dataclass(frozen=True, slots=True)
class TrainCandidate:
    """What to train on.

    Attributes:
        disbursed_loans: matured synthetic loans to draw; three quarters of the months, that is
            about 20,000 of the usual 26,400, are fitted on.
        random_state: of the draw and of the forest.
        model_id: None = from the month and the data, so the same data give the same id.
    """

    disbursed_loans: int = STANDARD_LOANS
    random_state: int = 42
    model_id: str | None = None


@dataclass(frozen=True, slots=True)
class CandidateTrained:
    """What was trained.

    Attributes:
        candidates: figures on the later test months, as `commands.md` names them.
        warnings: sentences for the card.
        check: largest differences from scikit-learn and shap.
        card: the ordered card, as card.json holds it.
    """

    model_id: str
    role: ModelRole
    sha256: str
    candidates: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    check: dict[str, float]
    card: dict[str, Any]
    folder: Path


def prepare_training(
    request: TrainCandidate, rulebook: Rulebook, folder: Path, as_of: date
) -> None:
    """Write job.json and table.npz: labelled rows whose outcome window was over by `as_of`.

    The window of applications ends where the outcome window begins, so every label is mature.
    """
    drawing = Drawing(rulebook, as_of, request.random_state)
    book = matured(drawing, applications_for(request.disbursed_loans))
    labels = labels_of_book(book, drawing.label_rule(), as_of)
    table = labelled_table(book, labels)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "table.npz", **table)
    model_id = request.model_id or _model_id(table, as_of)
    job = {
        "kind": "train",
        "model_id": model_id,
        "label": model_id.replace("-", " ", 1),
        "valid_for": "Branch loans of the shipped products, microfinance excepted",
        "income_base": rulebook.word("income_base", as_of),
        "random_state": request.random_state,
        "test_share": rulebook.ppm("test_share", as_of) / 1_000_000,
        "folds": rulebook.count("cv_folds", as_of),
        "golden_rows": rulebook.count("gate_golden_rows", as_of),
        "limits": _limits(rulebook, as_of),
        "label_counts": label_counts(book, labels),
        "synthetic": True,
    }
    (folder / "job.json").write_text(json.dumps(job, indent=1), encoding="utf-8")


def _limits(rulebook: Rulebook, on: date) -> dict[str, Any]:
    """Return the rule rows that a training run keeps to."""

    def share(code: str, segment: str = "ALL") -> float:
        return rulebook.millionths(code, on, segment) / 1_000_000

    return {
        "min_bads": rulebook.count("conformal_min_bads", on),
        "step_rows": rulebook.count("pd_table_step_min_rows", on),
        "cut_offs": [share("risk_medium_from"), share("risk_high_from")],
        "coverage_errors": rulebook.count("gate_coverage_standard_errors", on),
        "leak_alone": share("leak_auc", "ALONE"),
        "leak_adds": share("leak_auc", "ADDS"),
    }


def candidate_model(folder: Path, desk: Desk) -> "RiskModel":
    """Return the finished candidate, signed with the desk's key, so that it can be measured.

    Raises:
        Refused: the job has not finished.
        ModelRefused: the files it wrote are no model.
    """
    _result(folder)
    key = _desk_key(desk)
    sign_model(folder / "model", DESK_KEY, key)
    return load_model(folder / "model", {DESK_KEY: public_bytes(key)})


def record_training(folder: Path, desk: Desk) -> CandidateTrained:
    """Complete the card, sign with the desk's key, keep the model, register it as a challenger.

    Raises:
        Refused: the actor may not train models, or a job has not finished.
    """
    actor = desk.person()
    if not desk.sandbox:  # in a sandbox everybody may try it: nothing there decides anything
        permissions.require(actor.roles, permissions.Act.TRAIN_MODEL)
    result = _result(folder)
    card = _complete_card(folder)
    sha256 = sign_model(folder / "model", DESK_KEY, _desk_key(desk))
    home = desk.data_dir / "models" / result["model_id"]
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(folder / "model", home)
    trained = CandidateTrained(
        model_id=result["model_id"],
        role=ModelRole.CHALLENGER,
        sha256=sha256,
        candidates=tuple(result["candidates"]),
        warnings=tuple(result["warnings"]),
        check=result["check"],
        card=card,
        folder=home,
    )
    _register(trained, desk)
    return trained


def _result(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(
            RefusalKind.CONFLICT, "The training has not finished; no model was kept"
        ) from error
    return found


def _desk_key(desk: Desk) -> "Ed25519PrivateKey":
    return open_signing_key(desk.data_dir / "models" / "desk-key.pem")


def _complete_card(folder: Path) -> dict[str, Any]:
    """Add what was measured after training to model.json; write card.json and card.md from it."""
    honest, readme = _result(folder / HONEST_FOLDER), _result(folder / README_FOLDER)
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    file = folder / "model" / "model.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["card"] |= {
        "label_counts": job["label_counts"],
        "gap_to_limit": honest["gap_to_limit"],
        "challenger_gap_to_limit": honest["challenger_gap_to_limit"],
        "imitates_policy": honest["imitates_policy"],
        "readme_protocol": {name: readme[name] for name in ("heading", "rows", "bare_rule")},
    }
    content = json.dumps(document, indent=1, sort_keys=True, allow_nan=False) + "\n"
    file.write_bytes(content.encode())
    card = card_document(document)
    (folder / "model" / "card.json").write_text(json.dumps(card, indent=1), encoding="utf-8")
    (folder / "model" / "card.md").write_text(card_markdown(card), encoding="utf-8")
    return card


def _register(trained: CandidateTrained, desk: Desk) -> None:
    document = json.loads((trained.folder / "model.json").read_text(encoding="utf-8"))
    actor, now = desk.person(), desk.clock.now()
    with desk.open_book() as book:
        if any(known.model_id == trained.model_id for known in book.models.list()):
            return  # the same data gave the same model again
        book.models.register(
            ModelRecord(
                model_id=trained.model_id,
                sha256=trained.sha256,
                role=trained.role,
                trained_to=date.fromisoformat(document["trained_to"]),
                registered_at=now,
                card=json.dumps(document["card"], sort_keys=True),
            )
        )
        book.audit.append(
            actor.branch_id,
            AuditAct(
                act="train_candidate",
                entity="model",
                entity_id=None,
                actor_staff_id=actor.staff_id,
                at=now,
                details={"model_id": trained.model_id, "sha256": trained.sha256},
            ),
        )
        book.commit()


def _model_id(table: dict[str, Any], as_of: date) -> str:
    digest = hashlib.sha256(b"".join(table[name].tobytes() for name in sorted(table)))
    return f"RF-{as_of:%Y.%m}-{digest.hexdigest()[:6]}"
