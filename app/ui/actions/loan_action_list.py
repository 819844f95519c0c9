"""The actions of a loan's account and of its pages, as data (screens.md part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

LOAN_ACTIONS = (
    ActionSpec("loan.open", QT_TRANSLATE_NOOP("Actions", "Open"), context="loans", hint="Enter"),
    ActionSpec(
        "list.export",
        QT_TRANSLATE_NOOP("Actions", "Save list as CSV"),
        context="loans",
        act=Act.EXPORT_ROWS,
    ),
    ActionSpec(
        "loan.statement", QT_TRANSLATE_NOOP("Actions", "Statement"), "S", "loan", Act.READ_LOANS
    ),
    ActionSpec(
        "statement.make",
        QT_TRANSLATE_NOOP("Actions", "Save statement"),
        "Ctrl+Return",
        "statement",
        Act.EXPORT_ROWS,
        style="filled",
    ),
)
