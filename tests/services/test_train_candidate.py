"""Train: matured labels only, no oracle in the job, a signed challenger in the register."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from app.cli.compute_jobs import run_job
from app.rules.permissions import NotPermittedError
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.desk import Actor, Desk
from app.services.steps.refusal import Refused
from app.services.train_candidate import TrainCandidate, prepare_training, record_training
from db.engine import make_engine
from db.migrations import runner
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.operations import ModelRole
from db.vocabulary.people import Role
from ml.runtime.model_file import check_model
from ml.runtime.model_signing import open_signing_key, public_bytes

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"
DAY = date(2026, 9, 30)
ANALYST = Actor(UUID(int=4), "analyst1", "An Analyst", 412, frozenset({Role.RISK_ANALYST}))
SMALL = TrainCandidate(disbursed_loans=1_500, random_state=42)


def _loaded(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((RULES / name).read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class StandingClock:
    """A clock that stands on the sandbox day."""

    def today(self) -> date:
        return DAY

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook(
        parse_rule_rows(_loaded("rule-rows.json")), parse_products(_loaded("products.json"))
    )


@pytest.fixture
def desk(tmp_path: Path, rulebook: Rulebook) -> Iterator[Desk]:
    engine = make_engine(f"sqlite:///{tmp_path / 'book.sqlite3'}")
    runner.upgrade(engine, runner.ShippedData(_loaded("rule-rows.json"), _loaded("products.json")))
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


def test_the_training_job_opens_only_its_own_folder(job: Path, tmp_path: Path) -> None:
    """An audit hook sees every file that a repeated job opens."""
    opened: list[str] = []
    listening = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if listening[0] and event == "open" and isinstance(arguments[0], str | bytes | Path):
            opened.append(str(arguments[0]))

    for name in ("job.json", "table.npz"):
        (tmp_path / name).write_bytes((job / name).read_bytes())
    (tmp_path / "oracle.json").write_text("{}", encoding="utf-8")
    sys.addaudithook(hook)
    run_job(tmp_path)
    listening[0] = False
    assert not [name for name in opened if "oracle" in name]
    for name in ("model.json", "forest.npz", "golden.npz"):
        assert (tmp_path / "model" / name).read_bytes() == (job / "model" / name).read_bytes()


def test_a_challenger_is_signed_with_the_desks_key_and_registered(job: Path, desk: Desk) -> None:
    trained = record_training(job, desk)
    key = open_signing_key(desk.data_dir / "models" / "desk-key.pem")
    model = check_model(trained.folder, {"desk": public_bytes(key)})
    assert model.sha256 == trained.sha256
    with desk.open_book() as book:
        stored = book.models.get(trained.model_id)
        assert (stored.role, stored.sha256) == (ModelRole.CHALLENGER, trained.sha256)
        assert book.audit.entries(412)[-1].act == "train_candidate"
    record_training(job, desk)  # the same data again: no second entry
    with desk.open_book() as book:
        assert len(book.models.list()) == 1


def test_an_unfinished_job_keeps_nothing(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(Refused, match="not finished"):
        record_training(tmp_path / "none", desk)


def test_an_officer_trains_in_the_sandbox_only(job: Path, desk: Desk) -> None:
    officer = desk.acting(replace(ANALYST, roles=frozenset({Role.OFFICER})))
    with pytest.raises(NotPermittedError):
        record_training(job, officer)
    assert record_training(job, replace(officer, sandbox=True)).role is ModelRole.CHALLENGER
