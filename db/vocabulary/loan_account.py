"""Words about a loan's account: its ledger, its charges, acts of two people, buckets of days.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class DpdBucket(StrEnum):
    """List ``dpd_bucket``."""

    NONE = "0"
    TO_30 = "1-30"
    TO_60 = "31-60"
    TO_90 = "61-90"
    OVER_90 = "90+"


class RepaymentKind(StrEnum):
    """List ``repayment_kind``."""

    RECEIPT = "Receipt"
    REVERSAL = "Reversal"
    REALLOCATION = "Reallocation"
    ADVANCE_USED = "Advance Used"
    PREPAYMENT = "Prepayment"
    CLOSURE = "Closure"
    CAPITALISATION = "Capitalisation"
    RECOVERY = "Recovery"


class ChargeEntry(StrEnum):
    """List ``charge_entry``."""

    LEVIED = "Levied"
    WAIVED = "Waived"
    REVERSED = "Reversed"


class ChargeKind(StrEnum):
    """List ``charge_kind``."""

    PENAL = "PENAL"
    BOUNCE = "BOUNCE"
    PREPAYMENT_FEE = "PREPAYMENT_FEE"
    GST = "GST"
    OTHER = "OTHER"


class LoanAct(StrEnum):
    """List ``loan_act``."""

    DISBURSEMENT = "DISBURSEMENT"
    DISBURSEMENT_REVERSAL = "DISBURSEMENT_REVERSAL"
    RECEIPT_REVERSAL = "RECEIPT_REVERSAL"
    CHARGE_WAIVER = "CHARGE_WAIVER"
    FORECLOSURE = "FORECLOSURE"
    PART_PREPAYMENT = "PART_PREPAYMENT"
    RATE_CHANGE = "RATE_CHANGE"
    RESCHEDULE = "RESCHEDULE"
    MORATORIUM = "MORATORIUM"
    RESTRUCTURE = "RESTRUCTURE"
    WRITE_OFF = "WRITE_OFF"
    LOSS = "LOSS"


class ActState(StrEnum):
    """List ``act_state``."""

    PROPOSED = "Proposed"
    POSTED = "Posted"
    DECLINED = "Declined"
    WITHDRAWN = "Withdrawn"
