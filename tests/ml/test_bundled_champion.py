"""The bundled champion: signed, small, whole, honest about what it is."""

from datetime import date
from pathlib import Path

import pytest

from ml.runtime.model_file import RiskModel, check_model, read_keys

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"


@pytest.fixture(scope="module")
def champion() -> RiskModel:
    return check_model(MODELS / "champion", read_keys(MODELS / "keys.json", date(2026, 9, 30)))


def test_it_verifies_and_answers_all_golden_vectors(champion: RiskModel) -> None:
    assert champion.model_id == "RF-2026.11"
    assert champion.card["forest"]["trees"] == 100
    assert champion.card["forest"]["depth"] == 10
    assert champion.card["forest"]["random_state"] == 42


def test_its_card_is_honest(champion: RiskModel) -> None:
    card = champion.card
    assert "no evidence about any bank" in card["notes"][0]
    assert card["monotone_violations"] == 0
    assert card["default_only"]["auc_low"] < card["default_only"]["auc"]
    assert card["export_check"]["rows"] == 10_000
    assert champion.probability_of_default(0.5) is None


def test_it_is_at_most_500_kib_and_no_private_key_lies_beside_it() -> None:
    files = [file for file in MODELS.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 500 * 1024
    assert not any(b"PRIVATE" in file.read_bytes() for file in files)
