"""Reads the card of the champion or of a challenger of this desk, after its signature was checked.

Source: machine-learning.md section 2, commands.md ("Models").
"""

from typing import TYPE_CHECKING, Any

from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from ml.monitoring.model_card_text import card_document, card_markdown
from ml.runtime.model_file import load_model
from ml.runtime.model_signing import open_signing_key, public_bytes

if TYPE_CHECKING:
    from ml.runtime.risk_model import RiskModel

DESK_KEY = "desk"


def read_model_card(model_id: str, desk: Desk) -> dict[str, Any]:
    """Return the ordered card of a model.

    Raises:
        Refused: this desk has no model of that name.
        ModelRefused: the model's files were changed.
    """
    facts = _model(model_id, desk).facts
    return card_document(
        {
            "model_id": facts.model_id,
            "label": facts.label,
            "trained_to": facts.trained_to.isoformat(),
            "valid_for": facts.valid_for,
            "card": facts.card,
        }
    )


def card_as_markdown(card: dict[str, Any]) -> str:
    """Return the same card as Markdown."""
    return card_markdown(card)


def _model(model_id: str, desk: Desk) -> "RiskModel":
    champion = desk.model()
    if champion.model_id == model_id:
        return champion
    models = desk.data_dir / "models"
    with desk.read_book() as book:
        known = {record.model_id for record in book.models.list()}
    if model_id not in known:
        raise Refused(
            RefusalKind.BAD_INPUT,
            f"This desk has no model {model_id}. The one in use is {champion.model_id}",
            {"model": "Name a model that this desk trained, or the one in use"},
        )
    key = public_bytes(open_signing_key(models / "desk-key.pem"))
    return load_model(models / model_id, {DESK_KEY: key})
