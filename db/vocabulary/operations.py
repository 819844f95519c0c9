"""Words about follow-up, alerts, models, imports and the desk itself.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class PromiseStatus(StrEnum):
    """List ``promise_status``."""

    OPEN = "Open"
    KEPT = "Kept"
    BROKEN = "Broken"


class RuleState(StrEnum):
    """List ``rule_state``."""

    PROPOSED = "Proposed"
    APPROVED = "Approved"
    REFUSED = "Refused"
    CLOSED = "Closed"


class CommandState(StrEnum):
    """List ``command_state``."""

    APPLIED = "applied"
    REFUSED = "refused"
    CONFLICT = "conflict"
    PARKED = "parked"
    PENDING = "pending"


class ConflictChoice(StrEnum):
    """List ``conflict_choice``."""

    MINE = "mine"
    THEIRS = "theirs"


class ModelRole(StrEnum):
    """List ``model_role``."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"
    RETIRED = "retired"


class ImportDuplicates(StrEnum):
    """List ``import_duplicates``."""

    SKIP = "skip"
    UPDATE = "update"
    ASK = "ask"


class CheckState(StrEnum):
    """List ``check_state``."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class SamplePreset(StrEnum):
    """List ``sample_preset``."""

    SAMPLE = "sample"
    REALISTIC = "realistic"
    STRESS = "stress"
    README = "readme"


class ImportKind(StrEnum):
    """List ``import_kind``."""

    APPLICATIONS = "applications"
    CUSTOMERS = "customers"
    LOANS = "loans"
    REPAYMENTS = "repayments"


class Edition(StrEnum):
    """List ``edition``."""

    FULL = "full"
    BRANCH = "branch"
    LAB = "lab"


class TwoPersonAct(StrEnum):
    """List ``two_person_act``."""

    SANCTION = "SANCTION"
    OVERRIDE = "OVERRIDE"
    RATE_OR_FEE_CHANGE = "RATE_OR_FEE_CHANGE"
    DISBURSEMENT = "DISBURSEMENT"
    REVERSAL = "REVERSAL"
    WRITE_OFF = "WRITE_OFF"
    WAIVER = "WAIVER"
    RESTRUCTURING = "RESTRUCTURING"
    RULE_CHANGE = "RULE_CHANGE"
    MODEL_CHANGE = "MODEL_CHANGE"
    USER_OR_ROLE_CHANGE = "USER_OR_ROLE_CHANGE"


class ReauthenticatedAct(StrEnum):
    """List ``reauthenticated_act``."""

    SANCTION_ABOVE_LIMIT = "SANCTION_ABOVE_LIMIT"
    DISBURSEMENT = "DISBURSEMENT"
    RESTORE = "RESTORE"


class EarlyWarningTrigger(StrEnum):
    """List ``early_warning_trigger``."""

    LATE_STREAK = "LATE_STREAK"
    DPD_JUMP = "DPD_JUMP"
    BOUNCE = "BOUNCE"
    SMA1_CROSSED = "SMA1_CROSSED"
    BROKEN_PROMISES = "BROKEN_PROMISES"
    LTV_BREACH = "LTV_BREACH"
    INSURANCE_LAPSED = "INSURANCE_LAPSED"
    SCORE_FALL = "SCORE_FALL"
    COSIGNER_DEFAULT = "COSIGNER_DEFAULT"
    CONTACT_LOST = "CONTACT_LOST"
    SALARY_DROP = "SALARY_DROP"
    HIGH_UTILISATION = "HIGH_UTILISATION"
    BUREAU_DEFAULT = "BUREAU_DEFAULT"


class CallOutcome(StrEnum):
    """List ``call_outcome``."""

    PROMISE = "Promise"
    PAID = "Paid"
    CALL_BACK = "Call back"
    NO_ANSWER = "No answer"
    WRONG_NUMBER = "Wrong number"
    HARDSHIP = "Hardship"
    DISPUTE = "Dispute"
    REFUSED = "Refused"
    VISITED = "Visited"


class ContactChannel(StrEnum):
    """List ``contact_channel``."""

    CALL = "Call"
    VISIT = "Visit"
    MESSAGE = "Message"
    LETTER = "Letter"


class AlertLevel(StrEnum):
    """List ``alert_level``."""

    WARNING = "warning"
    CRITICAL = "critical"


class Alert(StrEnum):
    """List ``alert``."""

    NPA_RATIO = "NPA_RATIO"
    DEFAULT_RATE = "DEFAULT_RATE"
    ON_TIME = "ON_TIME"
    DTI_MEAN_SHIFT = "DTI_MEAN_SHIFT"
    MODEL_ACCURACY = "MODEL_ACCURACY"


class StressPreset(StrEnum):
    """List ``stress_preset``."""

    RATE_UP = "RATE_UP"
    INCOME_DOWN = "INCOME_DOWN"
    UNEMPLOYMENT_UP = "UNEMPLOYMENT_UP"
    PROPERTY_DOWN = "PROPERTY_DOWN"
    COMBINED = "COMBINED"


class ConcentrationKey(StrEnum):
    """List ``concentration_key``."""

    PURPOSE = "purpose"
    PRODUCT = "product"
    STATE = "state"
    CITY = "city"
    SEGMENT = "segment"
    EMPLOYER = "employer"
    OFFICER = "officer"
    TICKET = "ticket"


class CohortMeasure(StrEnum):
    """List ``cohort_measure``."""

    LOANS = "loans"
    AMOUNT = "amount"


class CollectionVariant(StrEnum):
    """List ``collection_variant``."""

    CURRENT = "CURRENT"
    OVERALL = "OVERALL"
    HEADLINE = "HEADLINE"


class PsiStatus(StrEnum):
    """List ``psi_status``."""

    STABLE = "STABLE"
    WATCH = "WATCH"
    SHIFTED = "SHIFTED"
    TOO_FEW = "TOO_FEW"


class ModelGroup(StrEnum):
    """List ``model_group``."""

    BURDEN = "B"
    SECURITY = "S"
    WORK = "W"
    TERMS = "T"
    HISTORY = "H"
    OTHER = "O"
