"""The actions of the rule book's pages, as data: rules and products (screens.md part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

RULE_ACTIONS = (
    ActionSpec(
        "rule.propose",
        QT_TRANSLATE_NOOP("Actions", "Propose change"),
        "Ctrl+Return",
        "rules",
        Act.PROPOSE_RULE,
        style="filled",
    ),
    ActionSpec(
        "rule.approve",
        QT_TRANSLATE_NOOP("Actions", "Approve"),
        "A",
        "rules",
        Act.APPROVE_RULE,
        icon="check",
    ),
    ActionSpec(
        "rule.reject",
        QT_TRANSLATE_NOOP("Actions", "Refuse"),
        "R",
        "rules",
        Act.APPROVE_RULE,
        icon="x",
    ),
    ActionSpec(
        "rule.preview_impact",
        QT_TRANSLATE_NOOP("Actions", "Preview impact"),
        "Ctrl+P",
        "rules",
        Act.READ_RULES,
        icon="eye",
    ),
    ActionSpec(
        "product.propose",
        QT_TRANSLATE_NOOP("Actions", "Propose change"),
        "Ctrl+Return",
        "products",
        Act.PROPOSE_RULE,
        style="filled",
    ),
    ActionSpec(
        "product.approve",
        QT_TRANSLATE_NOOP("Actions", "Approve"),
        "A",
        "products",
        Act.APPROVE_RULE,
        icon="check",
    ),
    ActionSpec(
        "product.reject",
        QT_TRANSLATE_NOOP("Actions", "Refuse"),
        "R",
        "products",
        Act.APPROVE_RULE,
        icon="x",
    ),
)
