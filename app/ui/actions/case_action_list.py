"""The actions between maker and checker and of documents, as data (screens.md part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

PROPOSAL_ACTIONS = (
    ActionSpec(
        "decision.approve",
        QT_TRANSLATE_NOOP("Actions", "Approve"),
        "A",
        "decision",
        Act.PROPOSE_DECISION,
    ),
    ActionSpec(
        "decision.approve_with_changes",
        QT_TRANSLATE_NOOP("Actions", "Approve with changes"),
        "C",
        "decision",
        Act.PROPOSE_DECISION,
    ),
    ActionSpec(
        "decision.reject",
        QT_TRANSLATE_NOOP("Actions", "Reject"),
        "R",
        "decision",
        Act.PROPOSE_DECISION,
    ),
    ActionSpec(
        "application.propose",
        QT_TRANSLATE_NOOP("Actions", "Send to checker"),
        "Ctrl+Return",
        "decision",
        Act.PROPOSE_DECISION,
        style="filled",
    ),
    ActionSpec(
        "application.withdraw_proposal",
        QT_TRANSLATE_NOOP("Actions", "Withdraw proposal"),
        context="decision",
        act=Act.PROPOSE_DECISION,
    ),
)
