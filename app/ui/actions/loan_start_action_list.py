"""The actions of a loan's payment, as data (screens.md S63 and part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec


def _payment(name: str, words: str, keys: str = "", style: str = "plain") -> ActionSpec:
    return ActionSpec(
        f"disbursement.{name}", words, keys, "disbursement", Act.DISBURSE_LOAN, style=style
    )


DISBURSEMENT_ACTIONS = (
    ActionSpec(
        "decision.show_disbursement",
        QT_TRANSLATE_NOOP("Actions", "Pay out"),
        "P",
        "decision",
        Act.READ_APPLICATIONS,
        icon="building-bank",
    ),
    _payment("propose", QT_TRANSLATE_NOOP("Actions", "Propose payment"), "Ctrl+Return", "filled"),
    _payment("confirm", QT_TRANSLATE_NOOP("Actions", "Confirm"), "C", "filled"),
    _payment("decline", QT_TRANSLATE_NOOP("Actions", "Decline"), "N"),
    _payment("withdraw", QT_TRANSLATE_NOOP("Actions", "Withdraw"), "W"),
    _payment("reverse", QT_TRANSLATE_NOOP("Actions", "Take back"), "R"),
    ActionSpec(
        "disbursement.show_documents",
        QT_TRANSLATE_NOOP("Actions", "Documents"),
        "D",
        "disbursement",
        Act.READ_APPLICATIONS,
        icon="file-text",
    ),
)
