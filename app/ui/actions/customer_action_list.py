"""Notes and corrections on a customer's page, as data (screens.md part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec

CUSTOMER_LIFE_ACTIONS = (
    ActionSpec(
        "customer.add_note",
        QT_TRANSLATE_NOOP("Actions", "Add note"),
        context="customer",
        act=Act.ADD_NOTE,
        icon="note",
        hint="Ctrl+Enter",
    ),
    ActionSpec(
        "customer.propose_correction",
        QT_TRANSLATE_NOOP("Actions", "Correct"),
        "C",
        "customer",
        Act.PROPOSE_CORRECTION,
        icon="pencil",
    ),
    ActionSpec(
        "customer.withdraw_correction",
        QT_TRANSLATE_NOOP("Actions", "Withdraw"),
        context="customer",
        act=Act.PROPOSE_CORRECTION,
        icon="arrow-back-up",
    ),
    ActionSpec(
        "customer.approve_correction",
        QT_TRANSLATE_NOOP("Actions", "Approve"),
        "A",
        "customer",
        Act.DECIDE_CORRECTION,
        icon="check",
    ),
    ActionSpec(
        "customer.refuse_correction",
        QT_TRANSLATE_NOOP("Actions", "Refuse"),
        "R",
        "customer",
        Act.DECIDE_CORRECTION,
        icon="x",
    ),
)
