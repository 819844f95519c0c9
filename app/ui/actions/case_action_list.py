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


def _queue(name: str, words: str, keys: str = "", style: str = "plain") -> ActionSpec:
    return ActionSpec(f"queue.{name}", words, keys, "queue", Act.DECIDE_APPLICATION, style=style)


QUEUE_ACTIONS = (
    _queue("approve", QT_TRANSLATE_NOOP("Actions", "Approve"), "A"),
    _queue("approve_with_changes", QT_TRANSLATE_NOOP("Actions", "With changes"), "C"),
    _queue("reject", QT_TRANSLATE_NOOP("Actions", "Reject"), "R"),
    _queue("return", QT_TRANSLATE_NOOP("Actions", "Return"), "T"),
    _queue("forward", QT_TRANSLATE_NOOP("Actions", "Forward"), "F"),
    _queue("note", QT_TRANSLATE_NOOP("Actions", "Note"), "N"),
    _queue("claim", QT_TRANSLATE_NOOP("Actions", "Take up"), "K"),
    _queue("release", QT_TRANSLATE_NOOP("Actions", "Give back")),
    _queue("confirm", QT_TRANSLATE_NOOP("Actions", "Confirm"), "Ctrl+Return", "filled"),
    _queue("recall", QT_TRANSLATE_NOOP("Actions", "Recall")),
    _queue("next", QT_TRANSLATE_NOOP("Actions", "Next in the queue"), "Ctrl+Down"),
    _queue("previous", QT_TRANSLATE_NOOP("Actions", "Previous in the queue"), "Ctrl+Up"),
)


def _document(name: str, words: str, keys: str = "", style: str = "plain") -> ActionSpec:
    return ActionSpec(
        f"document.{name}", words, keys, "documents", Act.ISSUE_DOCUMENTS, style=style
    )


DOCUMENT_ACTIONS = (
    ActionSpec(
        "decision.show_documents",
        QT_TRANSLATE_NOOP("Actions", "Documents"),
        "D",
        "decision",
        Act.READ_APPLICATIONS,
        icon="file-text",
    ),
    _document("make", QT_TRANSLATE_NOOP("Actions", "Make"), "Ctrl+Return", "filled"),
    ActionSpec(
        "document.preview",
        QT_TRANSLATE_NOOP("Actions", "Show pages"),
        "Ctrl+P",
        "documents",
        Act.READ_APPLICATIONS,
    ),
    ActionSpec(
        "document.print",
        QT_TRANSLATE_NOOP("Actions", "Save as PDF"),
        "P",
        "documents",
        Act.READ_APPLICATIONS,
    ),
    _document("void", QT_TRANSLATE_NOOP("Actions", "Make void"), "V"),
    _document("record_acceptance", QT_TRANSLATE_NOOP("Actions", "Record acceptance")),
)
