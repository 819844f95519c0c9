"""The actions of follow-up, on its own page and on others, as data (screens.md S70, part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec


def _follow_up(name: str, words: str, keys: str, style: str = "plain") -> ActionSpec:
    return ActionSpec(
        f"follow_up.{name}", words, keys, "follow_up", Act.FOLLOW_UP_BORROWER, style=style
    )


FOLLOW_UP_ACTIONS = (
    _follow_up("log_call", QT_TRANSLATE_NOOP("Actions", "Log call"), "L", "filled"),
    _follow_up("promise", QT_TRANSLATE_NOOP("Actions", "Promise"), "P"),
    _follow_up("visit", QT_TRANSLATE_NOOP("Actions", "Visit"), "V"),
    _follow_up("message", QT_TRANSLATE_NOOP("Actions", "Message"), "M"),
    _follow_up("snooze", QT_TRANSLATE_NOOP("Actions", "Put off"), "S"),
    _follow_up("next", QT_TRANSLATE_NOOP("Actions", "Next"), "N"),
    _follow_up("save", QT_TRANSLATE_NOOP("Actions", "Save entry"), "Ctrl+Return", "filled"),
    ActionSpec(
        "contact.save", QT_TRANSLATE_NOOP("Actions", "Save entry"), "Ctrl+Return", "contact",
        Act.FOLLOW_UP_BORROWER, style="filled",
    ),
    ActionSpec(
        "loan.log_contact", QT_TRANSLATE_NOOP("Actions", "Log contact"), "L", "loan",
        Act.FOLLOW_UP_BORROWER,
    ),
    ActionSpec(
        "customer.log_contact", QT_TRANSLATE_NOOP("Actions", "Log contact"), "L", "customer",
        Act.FOLLOW_UP_BORROWER,
    ),
    ActionSpec(
        "follow_up.open", QT_TRANSLATE_NOOP("Actions", "Open loan"), context="follow_up",
        act=Act.READ_LOANS, hint="Enter",
    ),
)  # fmt: skip
