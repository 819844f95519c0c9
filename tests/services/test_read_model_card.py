"""The card of the bundled champion; those of challengers are in test_train_candidate."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from app.services.read_model_card import card_as_markdown, read_model_card
from ml.runtime.model_file import load_model, read_keys

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"


def test_the_champion_needs_no_book() -> None:
    champion = load_model(MODELS / "champion", read_keys(MODELS / "keys.json", date(2026, 9, 30)))
    card = read_model_card("RF-2026.11", SimpleNamespace(model=lambda: champion))
    assert card["trained_to"] == "2024-08-31"
    assert card["figures"][1]["facts"]["bads"] == 126
    assert "## 2. Defaults among disbursed loans" in card_as_markdown(card)
