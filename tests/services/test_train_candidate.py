"""Train: matured labels only, no oracle in the job, a signed challenger in the register."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.cli.compute_jobs import run_job
from app.rules.permissions import NotPermittedError
from app.rules.rulebook import Rulebook
from app.services.compare_models import CompareModels, Protocol, prepare_comparison
from app.services.read_model_card import read_model_card
from app.services.steps.desk import Actor, Desk
from app.services.steps.refusal import Refused
from app.services.steps.training_draw import applications_for
from app.services.train_candidate import (
    HONEST_FOLDER,
    README_FOLDER,
    TrainCandidate,
    candidate_model,
    prepare_training,
    record_training,
)
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.operations import ModelRole
from db.vocabulary.people import Role
from ml.runtime.model_file import ModelRefused, check_model, load_model, read_keys
from ml.runtime.model_signing import open_signing_key, public_bytes, sign_model
from ml.sample.oracle import ORACLE_FILE, seal_oracle
from tests.services.sample_desks import copied

PROJECT = Path(__file__).resolve().parents[2]
CHAMPION = PROJECT / "resources" / "models" / "champion"
DAY = date(2026, 9, 30)
ANALYST = Actor(UUID(int=4), "analyst1", "An Analyst", 412, frozenset({Role.RISK_ANALYST}))
SMALL = TrainCandidate(disbursed_loans=1_500, random_state=42)


@dataclass(frozen=True)
class StandingClock:
    """A clock that stands on the sandbox day."""

    def today(self) -> date:
        return DAY

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 6, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, empty_book: Path, rulebook: Rulebook) -> Iterator[Desk]:
    engine = copied(empty_book, tmp_path / "book.sqlite3")
    keys = FixedKeys().keys()

    def no_model() -> None:
        raise AssertionError

    yield Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=StandingClock(),
        rulebook=lambda: rulebook,
        model=no_model,  # type: ignore[arg-type]  # training asks for no model
        data_dir=tmp_path,
        actor=ANALYST,
    )
    engine.dispose()


@pytest.fixture(scope="module")
def job(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("job")
    prepare_training(SMALL, rulebook, folder, DAY)
    settings = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    quick = settings | {"choices": ["sqrt"]}
    (folder / "job.json").write_text(json.dumps(quick), encoding="utf-8")
    run_job(folder)
    return folder


@pytest.fixture(scope="module")
def measured(job: Path, rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished job with what the comparisons find of its model."""
    folder = tmp_path_factory.mktemp("measured") / "job"
    shutil.copytree(job, folder)
    key = Ed25519PrivateKey.generate()
    sign_model(folder / "model", "desk", key)
    model = load_model(folder / "model", {"desk": public_bytes(key)})
    loans, fresh = SMALL.disbursed_loans, applications_for(SMALL.disbursed_loans)
    for name, request in (
        (HONEST_FOLDER, CompareModels(Protocol.HONEST, 42, fresh, loans)),
        (README_FOLDER, CompareModels(Protocol.README, 42, models=1)),
    ):
        prepare_comparison(request, rulebook, model, folder / name, DAY)
        run_job(folder / name)
    return folder


def test_the_job_holds_matured_labels_and_no_true_probability(job: Path) -> None:
    with np.load(job / "table.npz") as stored:
        assert set(stored.files) == {"rows", "labels", "customers", "months"}
        assert set(stored["labels"]) == {0, 1}
        assert len(stored["labels"]) == 1_500
        last_month = DAY.year * 12 + DAY.month - 1 - 12
        assert stored["months"].max() < last_month
    settings = json.loads((job / "job.json").read_text(encoding="utf-8"))
    assert (settings["test_share"], settings["folds"], settings["income_base"]) == (0.25, 5, "NET")
    assert settings["model_id"].startswith("RF-2026.09-")


WATCHED = """
import os, sys
opened = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        opened.append(os.path.abspath(os.fsdecode(arguments[0])))
sys.addaudithook(hook)
from app.cli.compute_jobs import main
code = main([sys.argv[1]])
if "ml.sample.oracle" in sys.modules:
    opened.append("/loaded/oracle.npz")  # the reader alone is too much for a training process
print("\\n".join(opened))
sys.exit(code)
"""


def _opened_by_a_job(folder: Path) -> list[Path]:
    """Run the job in a process of its own; return every file it opened outside the program."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    opened = {Path(line) for line in done.stdout.splitlines()}
    assert folder / "job.json" in opened  # the hook does see files
    return [path for path in opened if path.suffix in {".npz", ".json", ".part"}]


def test_a_training_process_opens_its_own_table_and_no_oracle(job: Path, tmp_path: Path) -> None:
    """Oracles lie beside the job and inside its folder; an audit hook sees every open."""
    folder = tmp_path / "job"
    folder.mkdir()
    for name in ("job.json", "table.npz"):
        (folder / name).write_bytes((job / name).read_bytes())
    seal_oracle(folder, {"true_probabilities": np.zeros(3)})
    seal_oracle(tmp_path, {"true_probabilities": np.zeros(3)})
    opened = _opened_by_a_job(folder)
    assert not [path for path in opened if "oracle" in str(path)]
    ours = {path.name for path in opened if tmp_path in path.parents}
    assert ours <= {"job.json", "table.npz", "model.json", "forest.npz", "golden.npz"} | {
        "result.json.part"
    }
    for name in ("model.json", "forest.npz", "golden.npz"):
        assert (folder / "model" / name).read_bytes() == (job / "model" / name).read_bytes()


def test_the_hook_would_see_an_oracle(measured: Path, tmp_path: Path) -> None:
    """Control: the comparison does open it."""
    shutil.copytree(measured / README_FOLDER, tmp_path / "job")
    opened = _opened_by_a_job(tmp_path / "job")
    assert tmp_path / "job" / ORACLE_FILE in opened


def test_the_finished_candidate_is_signed_so_that_it_can_be_measured(
    job: Path, desk: Desk, tmp_path: Path
) -> None:
    shutil.copytree(job, tmp_path / "job")
    model = candidate_model(tmp_path / "job", desk)
    assert 0.0 < model.probability((float("nan"),) * 28) < 1.0
    with pytest.raises(Refused, match="not finished"):
        candidate_model(tmp_path / "none", desk)


def test_the_card_has_its_four_figures_in_order_in_both_forms(measured: Path, desk: Desk) -> None:
    trained = record_training(measured, desk)
    figures = trained.card["figures"]
    assert [figure["order"] for figure in figures] == [1, 2, 3, 4]
    assert all(figure["facts"] for figure in figures)
    assert json.loads((trained.folder / "card.json").read_text(encoding="utf-8")) == trained.card
    text = (trained.folder / "card.md").read_text(encoding="utf-8")
    assert f"{figures[0]['facts']['auc']:.3f}" in text
    assert "no evidence about any bank" in text
    document = json.loads((trained.folder / "model.json").read_text(encoding="utf-8"))
    assert document["card"]["gap_to_limit"] == figures[0]["facts"]
    counts = trained.card["label_counts"]
    assert counts["good"] + counts["bad"] == 1_500
    assert counts["rejected_unlabelled"] > 500


def test_the_card_is_read_again_from_the_signed_files(measured: Path, desk: Desk) -> None:
    """A challenger's card by its name; the champion here is the candidate's twin of another id."""
    trained = record_training(measured, desk)
    key = public_bytes(open_signing_key(desk.data_dir / "models" / "desk-key.pem"))
    same = load_model(trained.folder, {"desk": key})
    other = load_model(CHAMPION, read_keys(CHAMPION.parent / "keys.json", DAY))
    for champion in (same, other):
        reading = replace(desk, model=lambda found=champion: found)
        assert read_model_card(trained.model_id, reading) == trained.card
    with pytest.raises(Refused, match="no model RF-0"):
        read_model_card("RF-0", replace(desk, model=lambda: other))
    (trained.folder / "forest.npz").write_bytes(b"changed")
    with pytest.raises(ModelRefused):
        read_model_card(trained.model_id, replace(desk, model=lambda: other))


def test_a_challenger_is_signed_with_the_desks_key_and_registered(
    measured: Path, desk: Desk
) -> None:
    trained = record_training(measured, desk)
    key = open_signing_key(desk.data_dir / "models" / "desk-key.pem")
    model = check_model(trained.folder, {"desk": public_bytes(key)})
    assert model.sha256 == trained.sha256
    with desk.open_book() as book:
        stored = book.models.get(trained.model_id)
        assert (stored.role, stored.sha256) == (ModelRole.CHALLENGER, trained.sha256)
        assert book.audit.entries(412)[-1].act == "train_candidate"
    record_training(measured, desk)  # the same data again: no second entry
    with desk.open_book() as book:
        assert len(book.models.list()) == 1


def test_an_unfinished_job_keeps_nothing(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Refused, match="not finished"):
        record_training(tmp_path / "none", desk)


def test_an_officer_trains_in_the_sandbox_only(measured: Path, desk: Desk) -> None:
    officer = desk.acting(replace(ANALYST, roles=frozenset({Role.OFFICER})))
    with pytest.raises(NotPermittedError):
        record_training(measured, officer)
    assert record_training(measured, replace(officer, sandbox=True)).role is ModelRole.CHALLENGER
