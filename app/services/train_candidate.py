"""Trains a new model: prepare the labelled rows here, compute in a job, record the result here.

Source: machine-learning.md sections 1, 4 to 6; architecture.md section 1 (background work). The
job folder holds job.json and table.npz; the job writes model/ and, last of all, result.json. A new
model is a challenger, signed with this desk's own key and trusted for shadow scoring only.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from app.rules import permissions
from app.rules.rulebook import Rulebook
from app.services.steps.desk import Desk
from app.services.steps.drawn_cases import product_terms, rebuild_with
from app.services.steps.refusal import RefusalKind, Refused
from db.records.book import AuditAct, ModelRecord
from db.vocabulary.operations import ModelRole
from ml.monitoring.outcome_labels import BAD, GOOD, LabelRule, LoanOutcome, label_of
from ml.runtime.model_signing import open_signing_key, sign_model
from ml.sample.book_presets import DrawRequest, draw_book
from ml.sample.drawn_book import DrawnBook

PRESET = "realistic"
APPROVED_SHARE = 0.62  # of the preset: how many applications give the loans asked for
APPLICATIONS_PER_CUSTOMER = 1.5
DAYS_A_MONTH = 365.25 / 12
BAD_DPD = 90  # what the generator's default means: 90 or more days past due
DESK_KEY = "desk"


@dataclass(frozen=True, slots=True)
class TrainCandidate:
    """What to train on.

    Attributes:
        disbursed_loans: matured synthetic loans to draw; three quarters of the months, that is
            about 20,000 of the usual 26,400, are fitted on.
        random_state: of the draw and of the forest.
        model_id: None = from the month and the data, so the same data give the same id.
    """

    disbursed_loans: int = 26_400
    random_state: int = 42
    model_id: str | None = None


@dataclass(frozen=True, slots=True)
class CandidateTrained:
    """What was trained.

    Attributes:
        candidates: figures on the later test months, as `commands.md` names them.
        warnings: sentences for the card.
        check: largest differences from scikit-learn and shap.
    """

    model_id: str
    role: ModelRole
    sha256: str
    candidates: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    check: dict[str, float]
    folder: Path


def prepare_training(
    request: TrainCandidate, rulebook: Rulebook, folder: Path, as_of: date
) -> None:
    """Write job.json and table.npz: labelled rows whose outcome window was over by `as_of`.

    The window of applications ends where the outcome window begins, so every label is mature.
    """
    rule = LabelRule(
        window_months=rulebook.months("label_window_months", as_of),
        bad_from_dpd=rulebook.days("label_bad_from_dpd", as_of),
        good_below_dpd=rulebook.days("label_good_below_dpd", as_of),
    )
    drawn = _drawn(request, rulebook, as_of, rule.window_months)
    folder.mkdir(parents=True, exist_ok=True)
    table = _table(drawn, rule, as_of)
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
        "min_bads": rulebook.count("conformal_min_bads", as_of),
        "golden_rows": rulebook.count("gate_golden_rows", as_of),
        "synthetic": True,
    }
    (folder / "job.json").write_text(json.dumps(job, indent=1), encoding="utf-8")


def _drawn(
    request: TrainCandidate, rulebook: Rulebook, as_of: date, window_months: int
) -> DrawnBook:
    """Draw a synthetic book whose applications end one outcome window before `as_of`."""
    applications = round(request.disbursed_loans / APPROVED_SHARE)
    return draw_book(
        DrawRequest(
            PRESET,
            round(applications / APPLICATIONS_PER_CUSTOMER),
            applications,
            request.random_state,
            product_terms(rulebook, as_of),
            _months_before(as_of, window_months),
        ),
        rebuild_with(rulebook),
    )


def record_training(folder: Path, desk: Desk) -> CandidateTrained:
    """Sign what the job wrote with the desk's key, keep it, and register it as a challenger.

    Raises:
        Refused: the actor may not train models, or the job has not finished.
    """
    actor = desk.person()
    if not desk.sandbox:  # in a sandbox everybody may try it: nothing there decides anything
        permissions.require(actor.roles, permissions.Act.TRAIN_MODEL)
    try:
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(
            RefusalKind.CONFLICT, "The training has not finished; no model was kept"
        ) from error
    models = desk.data_dir / "models"
    sha256 = sign_model(folder / "model", DESK_KEY, open_signing_key(models / "desk-key.pem"))
    home = models / result["model_id"]
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(folder / "model", home)
    trained = CandidateTrained(
        model_id=result["model_id"],
        role=ModelRole.CHALLENGER,
        sha256=sha256,
        candidates=tuple(result["candidates"]),
        warnings=tuple(result["warnings"]),
        check=result["check"],
        folder=home,
    )
    _register(trained, desk)
    return trained


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


def _table(drawn: DrawnBook, rule: LabelRule, as_of: date) -> dict[str, Any]:
    """Return the arrays of the training table: good and bad loans only."""
    labels = np.array([_label(drawn, at, rule, as_of) for at in range(len(drawn.applications))])
    chosen = np.flatnonzero((labels == GOOD) | (labels == BAD))
    taken = [drawn.applications[at] for at in chosen]
    return {
        "rows": drawn.rows[chosen],
        "labels": labels[chosen],
        "customers": np.array([item.customer_index for item in taken]),
        "months": np.array(
            [item.application_date.year * 12 + item.application_date.month - 1 for item in taken]
        ),
    }


def _label(drawn: DrawnBook, at: int, rule: LabelRule, as_of: date) -> int:
    application = drawn.applications[at]
    days = (as_of - application.application_date).days - application.disbursed_after_days
    month = int(drawn.default_month[at])
    outcome = LoanOutcome(
        disbursed=drawn.verdicts[at] == "Approved",
        months_on_book=int(days / DAYS_A_MONTH),
        worst_dpd=BAD_DPD if 0 < month <= rule.window_months else 0,
    )
    return label_of(outcome, rule)


def _model_id(table: dict[str, Any], as_of: date) -> str:
    digest = hashlib.sha256(b"".join(table[name].tobytes() for name in sorted(table)))
    return f"RF-{as_of:%Y.%m}-{digest.hexdigest()[:6]}"


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` before the day's month."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
