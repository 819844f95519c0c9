"""Verbs train and compare: fields of the contract, one document, clear refusals."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.cli.json_messages import table
from app.cli.model_verbs import VERBS
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.desk import Actor, Desk
from app.services.steps.refusal import RefusalKind, Refused
from db.engine import make_engine
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
def desk(tmp_path: Path, empty_book: bytes) -> Iterator[Desk]:
    rows, products = _loaded("rule-rows.json"), _loaded("products.json")
    rulebook = Rulebook(parse_rule_rows(rows), parse_products(products))
    file = tmp_path / "book.sqlite3"
    file.write_bytes(empty_book)
    engine = make_engine(f"sqlite:///{file}")
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
    answer = BY_NAME["train"].run(_parsed("train", "--loans", "600"), desk)
    assert isinstance(answer, dict)
    assert {"candidates", "warnings", "model_id", "role"} <= set(answer)
    assert answer["role"] == "challenger"
    fields = ["model", "auc", "auc_low", "auc_high", "ks", "gini", "brier", "accuracy", "folds"]
    assert set(fields) <= set(answer["candidates"][0])
    assert (desk.data_dir / "models" / answer["model_id"] / "manifest.sig").exists()
    names = list(answer)
    order = ("gap_to_limit", "default_only", "imitates_policy", "readme_protocol")
    places = [names.index(name) for name in order]
    assert places == sorted(places)
    assert Path(str(answer["card_file"])).read_text(encoding="utf-8").startswith("# Model card")
    json.dumps(answer, allow_nan=False)


def test_other_data_are_refused_with_a_sentence(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        BY_NAME["train"].run(_parsed("train", "--data", "loans.csv"), desk)
    assert caught.value.kind is RefusalKind.BAD_INPUT
    assert "data" in caught.value.fields


def test_compare_answers_the_contract_and_prints_the_honest_figures_first(desk: Desk) -> None:
    answer = BY_NAME["compare"].run(
        _parsed("compare", "--applications", "1500", "--loans", "600"), desk
    )
    assert isinstance(answer, dict)
    assert {"rows", "limits", "bare_rule"} <= set(answer)
    assert {"bayes_accuracy", "bayes_auc"} <= set(answer["limits"])
    text = table(answer)
    order = ("gap_to_limit", "default_only", "imitates_policy", "rows (")
    places = [text.index(name) for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("form", ["md", "json"])
def test_the_card_of_the_champion_is_written(desk: Desk, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"card.{form}"
    answer = BY_NAME["model-card"].run(
        _parsed("model-card", "RF-2026.11", "--out", str(file)), desk
    )
    assert answer == {"model_id": "RF-2026.11", "file": str(file)}
    text = file.read_text(encoding="utf-8")
    assert "no evidence about any bank" in text
    assert text.startswith("# Model card: RF 2026.11" if form == "md" else "{")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("RF-2026.11", "--out", "card.pdf"), "out"),
        (("RF-2026.11", "--out", "/nowhere/at/all/card.md"), "out"),
        (("RF-0", "--out", "card.md"), "model"),
    ],
)
def test_a_card_that_cannot_be_written_is_refused(
    desk: Desk, words: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Refused) as caught:
        BY_NAME["model-card"].run(_parsed("model-card", *words), desk)
    assert caught.value.kind is RefusalKind.BAD_INPUT
    assert field in caught.value.fields


def test_too_few_loans_stop_at_the_parser() -> None:
    with pytest.raises(argparse.ArgumentError, match="between"):
        _parsed("train", "--loans", "3")
