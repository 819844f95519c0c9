"""Which role may do what: one small table, read by services, verbs and the action registry.

Source: screens.md A1. The screen only hides; the services refuse. One person may hold several
roles; acts that need two people are rule rows (``two_person_required``).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from db.vocabulary.people import Role


class Act(StrEnum):
    """What a person may be allowed to do."""

    REGISTER_CUSTOMER = "register_customer"
    READ_CUSTOMERS = "read_customers"
    REVEAL_PAN = "reveal_pan"
    ADD_NOTE = "add_note"
    PROPOSE_CORRECTION = "propose_correction"
    DECIDE_CORRECTION = "decide_correction"
    ENTER_APPLICATION = "enter_application"
    READ_APPLICATIONS = "read_applications"
    SCORE_APPLICATION = "score_application"
    PROPOSE_DECISION = "propose_decision"
    DECIDE_APPLICATION = "decide_application"
    ISSUE_DOCUMENTS = "issue_documents"
    READ_LOANS = "read_loans"
    POST_REPAYMENT = "post_repayment"
    REVERSE_REPAYMENT = "reverse_repayment"
    CONFIRM_REVERSAL = "confirm_reversal"
    DISBURSE_LOAN = "disburse_loan"
    CLOSE_DAY = "close_day"
    FOLLOW_UP_BORROWER = "follow_up_borrower"
    PROPOSE_RESTRUCTURE = "propose_restructure"
    PROPOSE_LOAN_CHANGE = "propose_loan_change"
    CONFIRM_LOAN_CHANGE = "confirm_loan_change"
    SEE_MONITOR = "see_monitor"
    ANSWER_ALERT = "answer_alert"
    RUN_STRESS_TEST = "run_stress_test"
    TRAIN_MODEL = "train_model"
    PROMOTE_MODEL = "promote_model"
    READ_MODELS = "read_models"
    READ_RULES = "read_rules"
    PROPOSE_RULE = "propose_rule"
    APPROVE_RULE = "approve_rule"
    IMPORT_ROWS = "import_rows"
    EXPORT_ROWS = "export_rows"
    READ_AUDIT = "read_audit"
    MANAGE_USERS = "manage_users"
    MAINTAIN_DESK = "maintain_desk"


_READS = frozenset({Act.READ_CUSTOMERS, Act.READ_APPLICATIONS, Act.READ_LOANS, Act.READ_RULES})

ROLE_ACTS: Mapping[Role, frozenset[Act]] = {
    Role.OFFICER: _READS
    | {
        Act.REGISTER_CUSTOMER,
        Act.REVEAL_PAN,
        Act.ADD_NOTE,
        Act.PROPOSE_CORRECTION,
        Act.ENTER_APPLICATION,
        Act.SCORE_APPLICATION,
        Act.PROPOSE_DECISION,
        Act.ISSUE_DOCUMENTS,
        Act.POST_REPAYMENT,
        Act.REVERSE_REPAYMENT,
        Act.DISBURSE_LOAN,
        Act.PROPOSE_RESTRUCTURE,
        Act.PROPOSE_LOAN_CHANGE,
        Act.FOLLOW_UP_BORROWER,
        Act.IMPORT_ROWS,
        Act.EXPORT_ROWS,
    },
    Role.ASSISTANT: _READS
    | {Act.REGISTER_CUSTOMER, Act.ADD_NOTE, Act.PROPOSE_CORRECTION, Act.ENTER_APPLICATION},
    Role.SUPERVISOR: _READS
    | {
        Act.REVEAL_PAN,
        Act.ADD_NOTE,
        Act.DECIDE_CORRECTION,
        Act.SCORE_APPLICATION,
        Act.DECIDE_APPLICATION,
        Act.ISSUE_DOCUMENTS,
        Act.POST_REPAYMENT,
        Act.REVERSE_REPAYMENT,
        Act.CONFIRM_REVERSAL,
        Act.DISBURSE_LOAN,
        Act.PROPOSE_RESTRUCTURE,
        Act.PROPOSE_LOAN_CHANGE,
        Act.CONFIRM_LOAN_CHANGE,
        Act.CLOSE_DAY,
        Act.FOLLOW_UP_BORROWER,
        Act.SEE_MONITOR,
        Act.ANSWER_ALERT,
        Act.APPROVE_RULE,
        Act.READ_MODELS,
        Act.EXPORT_ROWS,
        Act.READ_AUDIT,
    },
    Role.RISK_ANALYST: _READS
    | {
        Act.SEE_MONITOR,
        Act.ANSWER_ALERT,
        Act.RUN_STRESS_TEST,
        Act.TRAIN_MODEL,
        Act.PROMOTE_MODEL,
        Act.READ_MODELS,
        Act.PROPOSE_RULE,
        Act.EXPORT_ROWS,
    },
    Role.COLLECTIONS: frozenset(
        {
            Act.READ_CUSTOMERS,
            Act.READ_LOANS,
            Act.READ_RULES,
            Act.ADD_NOTE,
            Act.FOLLOW_UP_BORROWER,
            Act.PROPOSE_RESTRUCTURE,
            Act.EXPORT_ROWS,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Act.READ_RULES,
            Act.READ_MODELS,
            Act.MANAGE_USERS,
            Act.MAINTAIN_DESK,
            Act.IMPORT_ROWS,
            Act.READ_AUDIT,
        }
    ),
    Role.AUDITOR: _READS | {Act.READ_MODELS, Act.SEE_MONITOR, Act.READ_AUDIT},
}


class NotPermittedError(PermissionError):
    """The person's roles do not allow the act; the sentence says whose do."""

    def __init__(self, act: Act) -> None:
        self.act = act
        who = ", ".join(role.value for role in roles_for(act))
        super().__init__(f"Your role does not allow this. It can be done by: {who}")


def roles_for(act: Act) -> tuple[Role, ...]:
    """The roles that allow an act, in the order of the word list."""
    return tuple(role for role in Role if act in ROLE_ACTS[role])


def may(roles: Iterable[Role], act: Act) -> bool:
    """Whether any of a person's roles allows the act.

    >>> may([Role.OFFICER], Act.POST_REPAYMENT), may([Role.ADMIN], Act.DECIDE_APPLICATION)
    (True, False)
    """
    return any(act in ROLE_ACTS[role] for role in roles)


def require(roles: Iterable[Role], act: Act) -> None:
    """Refuse an act that none of the roles allows.

    Raises:
        NotPermittedError: names the roles that may.
    """
    if not may(roles, act):
        raise NotPermittedError(act)
