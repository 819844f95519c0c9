"""Verbs train and compare: fields of the contract, one document, clear refusals."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.cli.model_verbs import VERBS
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.desk import Actor, Desk
from app.services.steps.refusal import RefusalKind, Refused
from db.engine import make_engine
from db.migrations import runner
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from db.vocabulary.people import Role
from ml.runtime.model_file import load_model, read_keys

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
DAY = date(2026, 9, 30)
BY_NAME = {verb.name: verb for verb in VERBS}


@dataclass(frozen=True)
class StandingClock:
    """A clock that stands on the sandbox day."""

    def today(self) -> date:
        return DAY

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 6, tzinfo=UTC)


def _loaded(name: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((RESOURCES / "rules" / name).read_text("utf-8"))
    return content


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    rows, products = _loaded("rule-rows.json"), _loaded("products.json")
    rulebook = Rulebook(parse_rule_rows(rows), parse_products(products))
    engine = make_engine(f"sqlite:///{tmp_path / 'book.sqlite3'}")
    runner.upgrade(engine, runner.ShippedData(rows, products))
    keys = FixedKeys().keys()
    models = RESOURCES / "models"
    yield Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=StandingClock(),
        rulebook=lambda: rulebook,
        model=lambda: load_model(models / "champion", read_keys(models / "keys.json", DAY)),
        data_dir=tmp_path,
        sandbox=True,
        actor=Actor(UUID(int=1), "maker1", "A Maker", 412, frozenset({Role.OFFICER})),
    )
    engine.dispose()


def _parsed(name: str, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    BY_NAME[name].arguments(parser)
    return parser.parse_args(words)


def test_train_answers_the_fields_of_the_contract(desk: Desk) -> None:
    answer = BY_NAME["train"].run(_parsed("train", "--loans", "1500"), desk)
    assert isinstance(answer, dict)
    assert {"candidates", "warnings", "model_id", "role"} <= set(answer)
    assert answer["role"] == "challenger"
    fields = ["model", "auc", "auc_low", "auc_high", "ks", "gini", "brier", "accuracy", "folds"]
    assert set(fields) <= set(answer["candidates"][0])
    assert (desk.data_dir / "models" / answer["model_id"] / "manifest.sig").exists()
    json.dumps(answer, allow_nan=False)


def test_compare_answers_rows_limits_and_the_bare_rule(desk: Desk) -> None:
    answer = BY_NAME["compare"].run(_parsed("compare"), desk)
    assert isinstance(answer, dict)
    assert {"rows", "limits", "bare_rule"} <= set(answer)
    assert {"bayes_accuracy", "bayes_auc"} <= set(answer["limits"])


def test_other_data_are_refused_with_a_sentence(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        BY_NAME["train"].run(_parsed("train", "--data", "loans.csv"), desk)
    assert caught.value.kind is RefusalKind.BAD_INPUT
    assert "data" in caught.value.fields


def test_too_few_loans_stop_at_the_parser() -> None:
    with pytest.raises(argparse.ArgumentError, match="between"):
        _parsed("train", "--loans", "3")
