"""The actions of a loan's account and of its pages, as data (screens.md part F)."""

from app.rules.permissions import Act
from app.ui.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec


def _payment(name: str, words: str, act: Act, keys: str = "", style: str = "plain") -> ActionSpec:
    return ActionSpec(f"payment.{name}", words, keys, "payment", act, style=style)


PAYMENT_ACTIONS = (
    _payment(
        "post",
        QT_TRANSLATE_NOOP("Actions", "Post payment"),
        Act.POST_REPAYMENT,
        "Ctrl+Return",
        "filled",
    ),
    _payment("reverse", QT_TRANSLATE_NOOP("Actions", "Reverse"), Act.REVERSE_REPAYMENT, "R"),
    _payment(
        "confirm_reversal",
        QT_TRANSLATE_NOOP("Actions", "Confirm reversal"),
        Act.CONFIRM_REVERSAL,
        "C",
    ),
    _payment(
        "decline_reversal",
        QT_TRANSLATE_NOOP("Actions", "Decline reversal"),
        Act.CONFIRM_REVERSAL,
        "D",
    ),
    _payment(
        "withdraw_reversal",
        QT_TRANSLATE_NOOP("Actions", "Withdraw reversal"),
        Act.REVERSE_REPAYMENT,
        "W",
    ),
    _payment(
        "print_receipt", QT_TRANSLATE_NOOP("Actions", "Save receipt"), Act.POST_REPAYMENT, "Ctrl+P"
    ),
    _payment("copy_receipt", QT_TRANSLATE_NOOP("Actions", "Copy text"), Act.POST_REPAYMENT),
)

LOAN_ACTIONS = (
    ActionSpec("loan.open", QT_TRANSLATE_NOOP("Actions", "Open"), context="loans", hint="Enter"),
    ActionSpec(
        "list.export",
        QT_TRANSLATE_NOOP("Actions", "Save list"),
        context="loans",
        act=Act.EXPORT_ROWS,
    ),
    ActionSpec(
        "list.keep_view", QT_TRANSLATE_NOOP("Actions", "Keep this view"), "V", "loans", style="link"
    ),
    ActionSpec(
        "list.forget_view",
        QT_TRANSLATE_NOOP("Actions", "Forget this view"),
        "F",
        "loans",
        style="link",
    ),
    ActionSpec(
        "loan.record_payment",
        QT_TRANSLATE_NOOP("Actions", "Record payment"),
        "P",
        "loan",
        Act.POST_REPAYMENT,
        style="filled",
    ),
    ActionSpec(
        "loan.print_receipt",
        QT_TRANSLATE_NOOP("Actions", "Save receipt"),
        "Ctrl+P",
        "loan",
        Act.POST_REPAYMENT,
    ),
    ActionSpec(
        "loan.disburse", QT_TRANSLATE_NOOP("Actions", "Pay out"), "D", "loan", Act.DISBURSE_LOAN
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
    ActionSpec(
        "loan.change", QT_TRANSLATE_NOOP("Actions", "Change"), "C", "loan", Act.PROPOSE_RESTRUCTURE
    ),
    ActionSpec(
        "loan.quote", QT_TRANSLATE_NOOP("Actions", "Closing quote"), "Q", "loan", Act.READ_LOANS
    ),
    ActionSpec(
        "loan_change.quote",
        QT_TRANSLATE_NOOP("Actions", "Closing quote"),
        "Q",
        "loan_change",
        Act.READ_LOANS,
    ),
    ActionSpec(
        "loan_change.propose",
        QT_TRANSLATE_NOOP("Actions", "Propose"),
        "Ctrl+Return",
        "loan_change",
        Act.PROPOSE_RESTRUCTURE,
        style="filled",
    ),
    ActionSpec(
        "loans.waiting",
        QT_TRANSLATE_NOOP("Actions", "Waiting for a second person"),
        "W",
        "loans",
        Act.READ_LOANS,
    ),
    ActionSpec(
        "loan_change.confirm",
        QT_TRANSLATE_NOOP("Actions", "Confirm what waits"),
        "W",
        "loan_change",
        Act.READ_LOANS,
    ),
    ActionSpec(
        "loan_act.confirm",
        QT_TRANSLATE_NOOP("Actions", "Confirm"),
        "Ctrl+Return",
        "loan_acts",
        Act.READ_LOANS,
        style="filled",
    ),
    ActionSpec(
        "loan_act.decline",
        QT_TRANSLATE_NOOP("Actions", "Decline"),
        "D",
        "loan_acts",
        Act.READ_LOANS,
    ),
    ActionSpec(
        "loan_act.withdraw",
        QT_TRANSLATE_NOOP("Actions", "Withdraw"),
        "W",
        "loan_acts",
        Act.READ_LOANS,
    ),
    ActionSpec(
        "loans.day_end", QT_TRANSLATE_NOOP("Actions", "Day-end"), "E", "loans", Act.CLOSE_DAY
    ),
    ActionSpec(
        "day_end.preview",
        QT_TRANSLATE_NOOP("Actions", "Dry run"),
        "D",
        "day_end",
        Act.CLOSE_DAY,
    ),
    ActionSpec(
        "day_end.run",
        QT_TRANSLATE_NOOP("Actions", "Close the day"),
        "Ctrl+Return",
        "day_end",
        Act.CLOSE_DAY,
        style="filled",
    ),
    ActionSpec("day_end.stop", QT_TRANSLATE_NOOP("Actions", "Stop"), "S", "day_end", Act.CLOSE_DAY),
    ActionSpec(
        "day_end.export_journal",
        QT_TRANSLATE_NOOP("Actions", "Journal"),
        "J",
        "day_end",
        Act.CLOSE_DAY,
    ),
    ActionSpec(
        "day_end.make_report",
        QT_TRANSLATE_NOOP("Actions", "Report"),
        "R",
        "day_end",
        Act.CLOSE_DAY,
    ),
)
