"""Every action of the program, as data (screens.md A3 and part F).

Menus, buttons, the shortcut sheet and tests read this list. Entries of later steps come with
their screens.
"""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec
from app.ui.actions.case_action_list import DOCUMENT_ACTIONS, PROPOSAL_ACTIONS, QUEUE_ACTIONS
from app.ui.actions.customer_action_list import CUSTOMER_LIFE_ACTIONS
from app.ui.actions.entry_action_list import ENTRY_ACTIONS
from app.ui.actions.follow_up_action_list import FOLLOW_UP_ACTIONS
from app.ui.actions.loan_action_list import LOAN_ACTIONS, PAYMENT_ACTIONS
from app.ui.actions.loan_start_action_list import DISBURSEMENT_ACTIONS
from app.ui.actions.monitor_action_list import MONITOR_ACTIONS
from app.ui.actions.rule_action_list import RULE_ACTIONS
from app.ui.actions.shell_action_list import SHELL_ACTIONS

_SIGN_IN = (
    ActionSpec(
        "session.sign_in",
        QT_TRANSLATE_NOOP("Actions", "Sign in"),
        context="sign_in",
        style="filled",
        hint="Enter",
    ),
    ActionSpec(
        "session.create_first_user",
        QT_TRANSLATE_NOOP("Actions", "Create the first user"),
        context="sign_in",
        style="filled",
    ),
    ActionSpec(
        "session.use_sample_data",
        QT_TRANSLATE_NOOP("Actions", "Try with sample data"),
        context="sign_in",
    ),
)

_TODAY = (
    ActionSpec(
        "today.open", QT_TRANSLATE_NOOP("Actions", "Next step"), context="today", hint="Enter"
    ),
    ActionSpec("today.done", QT_TRANSLATE_NOOP("Actions", "Done"), "X", "today", icon="check"),
    ActionSpec("today.snooze", QT_TRANSLATE_NOOP("Actions", "Snooze"), "S", "today", icon="clock"),
)

_CUSTOMERS = (
    ActionSpec(
        "customer.open", QT_TRANSLATE_NOOP("Actions", "Open"), context="customers", hint="Enter"
    ),
    ActionSpec(
        "customer.new",
        QT_TRANSLATE_NOOP("Actions", "New customer"),
        context="customers",
        act=Act.REGISTER_CUSTOMER,
        icon="user-plus",
        style="filled",
        hint="Ctrl+N",
    ),
    ActionSpec(
        "customer.start_application",
        QT_TRANSLATE_NOOP("Actions", "Start application"),
        "N",
        "customers",
        Act.ENTER_APPLICATION,
        icon="file-plus",
    ),
    ActionSpec(
        "customer.edit",
        QT_TRANSLATE_NOOP("Actions", "Edit"),
        "E",
        "customer",
        Act.REGISTER_CUSTOMER,
        icon="pencil",
    ),
    ActionSpec(
        "customer.reveal_pan",
        QT_TRANSLATE_NOOP("Actions", "Show the PAN for 15 seconds"),
        context="customer",
        act=Act.REVEAL_PAN,
        icon="eye",
        style="link",
    ),
    *CUSTOMER_LIFE_ACTIONS,
    ActionSpec(
        "customer.save",
        QT_TRANSLATE_NOOP("Actions", "Save customer"),
        "Ctrl+Return",
        "customer_form",
        Act.REGISTER_CUSTOMER,
        style="filled",
    ),
    ActionSpec(
        "customer.save_and_apply",
        QT_TRANSLATE_NOOP("Actions", "Save and start application"),
        "Ctrl+Shift+Return",
        "customer_form",
        Act.ENTER_APPLICATION,
    ),
    ActionSpec(
        "customer.open_similar",
        QT_TRANSLATE_NOOP("Actions", "Open the similar customer"),
        context="customer_form",
        style="link",
    ),
    ActionSpec(
        "obligation.add",
        QT_TRANSLATE_NOOP("Actions", "Add obligation"),
        context="customer_form",
        style="link",
        icon="plus",
    ),
    ActionSpec(
        "obligation.remove",
        QT_TRANSLATE_NOOP("Actions", "Remove obligation"),
        context="customer_form",
        style="link",
        icon="trash",
    ),
)

_APPLICATIONS = (
    ActionSpec(
        "application.open",
        QT_TRANSLATE_NOOP("Actions", "Open"),
        context="applications",
        hint="Enter",
    ),
    ActionSpec(
        "application.new",
        QT_TRANSLATE_NOOP("Actions", "New application"),
        context="applications",
        act=Act.ENTER_APPLICATION,
        icon="file-plus",
        style="filled",
        hint="Ctrl+N",
    ),
    ActionSpec(
        "application.duplicate",
        QT_TRANSLATE_NOOP("Actions", "Duplicate"),
        "Ctrl+D",
        "applications",
        Act.ENTER_APPLICATION,
        icon="copy",
    ),
    ActionSpec(
        "application.withdraw",
        QT_TRANSLATE_NOOP("Actions", "Withdraw"),
        context="applications",
        act=Act.ENTER_APPLICATION,
    ),
    ActionSpec(
        "application.check", QT_TRANSLATE_NOOP("Actions", "Check"), context="application_form"
    ),
    ActionSpec(
        "application.submit",
        QT_TRANSLATE_NOOP("Actions", "Score and review"),
        "Ctrl+Return",
        "application_form",
        Act.ENTER_APPLICATION,
        style="filled",
    ),
    ActionSpec(
        "schedule.preview",
        QT_TRANSLATE_NOOP("Actions", "Schedule preview"),
        context="application_form",
        style="link",
    ),
)

_DECISION = (
    ActionSpec(
        "decision.correct_fact",
        QT_TRANSLATE_NOOP("Actions", "Correct a fact"),
        "E",
        "decision",
        Act.ENTER_APPLICATION,
        style="link",
    ),
    ActionSpec(
        "decision.rescore",
        QT_TRANSLATE_NOOP("Actions", "Score again"),
        context="decision",
        act=Act.SCORE_APPLICATION,
        icon="refresh",
    ),
    ActionSpec(
        "decision.copy_factors",
        QT_TRANSLATE_NOOP("Actions", "Copy as text"),
        context="decision",
        style="link",
        icon="copy",
        hint="Ctrl+C",
    ),
    ActionSpec(
        "decision.show_source",
        QT_TRANSLATE_NOOP("Actions", "Where this comes from"),
        context="decision",
        style="link",
    ),
)

ACTIONS: tuple[ActionSpec, ...] = (
    *SHELL_ACTIONS,
    *_SIGN_IN,
    *_TODAY,
    *_CUSTOMERS,
    *_APPLICATIONS,
    *ENTRY_ACTIONS,
    *_DECISION,
    *PROPOSAL_ACTIONS,
    *QUEUE_ACTIONS,
    *DOCUMENT_ACTIONS,
    *LOAN_ACTIONS,
    *PAYMENT_ACTIONS,
    *DISBURSEMENT_ACTIONS,
    *FOLLOW_UP_ACTIONS,
    *MONITOR_ACTIONS,
    *RULE_ACTIONS,
)
