"""Words about products, terms, security and fees.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class LoanPurpose(StrEnum):
    """List ``loan_purpose``."""

    HOME_PURCHASE = "Home Purchase"
    VEHICLE_PURCHASE = "Vehicle Purchase"
    BUSINESS_EXPANSION = "Business Expansion"
    EDUCATION = "Education"
    MEDICAL_EMERGENCY = "Medical Emergency"
    DEBT_CONSOLIDATION = "Debt Consolidation"
    HOME_RENOVATION = "Home Renovation"
    WEDDING_EXPENSES = "Wedding Expenses"


class CollateralType(StrEnum):
    """List ``collateral_type``."""

    PROPERTY = "Property"
    VEHICLE = "Vehicle"
    GOLD = "Gold"
    SECURITIES = "Securities"
    OTHER = "Other"


class GoldItem(StrEnum):
    """List ``gold_item``."""

    GOLD_ORNAMENTS = "GOLD_ORNAMENTS"
    SILVER_ORNAMENTS = "SILVER_ORNAMENTS"
    GOLD_COINS = "GOLD_COINS"
    SILVER_COINS = "SILVER_COINS"


class CollateralStatus(StrEnum):
    """List ``collateral_status``."""

    OFFERED = "Offered"
    ACCEPTED = "Accepted"
    CHARGED = "Charged"
    RELEASED = "Released"


class ObligationType(StrEnum):
    """List ``obligation_type``."""

    HOME_LOAN = "Home Loan"
    VEHICLE_LOAN = "Vehicle Loan"
    TWO_WHEELER_LOAN = "Two-Wheeler Loan"
    PERSONAL_LOAN = "Personal Loan"
    CONSUMER_LOAN = "Consumer Loan"
    EDUCATION_LOAN = "Education Loan"
    GOLD_LOAN = "Gold Loan"
    BUSINESS_LOAN = "Business Loan"
    MICROFINANCE_LOAN = "Microfinance Loan"
    CREDIT_CARD = "Credit Card"
    OVERDRAFT = "Overdraft"
    LOAN_FROM_EMPLOYER = "Loan From Employer"
    OTHER_DEBT = "Other Debt"
    RENT = "Rent"
    INSURANCE_PREMIUM = "Insurance Premium"
    SCHOOL_FEES = "School Fees"
    MAINTENANCE = "Maintenance"
    CHIT_OR_SAVINGS_SCHEME = "Chit Or Savings Scheme"
    OTHER_FIXED_COST = "Other Fixed Cost"


class RateType(StrEnum):
    """List ``rate_type``."""

    FIXED = "Fixed"
    FLOATING = "Floating"


class Benchmark(StrEnum):
    """List ``benchmark``."""

    REPO = "REPO"
    TBILL_3M = "TBILL_3M"
    TBILL_6M = "TBILL_6M"
    MCLR_1Y = "MCLR_1Y"


class RepaymentType(StrEnum):
    """List ``repayment_type``."""

    EMI = "EMI"
    BULLET = "Bullet"
    STEP = "Step"


class EmiRounding(StrEnum):
    """List ``emi_rounding``."""

    PAISA = "PAISA"
    RUPEE = "RUPEE"
    CEIL = "CEIL"


class AppropriationOrder(StrEnum):
    """List ``appropriation_order``."""

    CIP = "CIP"
    FIFO_IPC = "FIFO_IPC"
    VERT_IPC = "VERT_IPC"


class InterestMethod(StrEnum):
    """List ``interest_method``."""

    MONTHLY_REST = "MONTHLY_REST"
    DAILY = "DAILY"


class DayCount(StrEnum):
    """List ``day_count``."""

    ACT_365F = "ACT_365F"
    ACT_ACT = "ACT_ACT"


class BrokenPeriodCollection(StrEnum):
    """List ``broken_period_collection``."""

    WITH_FIRST_INSTALMENT = "WITH_FIRST_INSTALMENT"
    UPFRONT = "UPFRONT"


class MissingDay(StrEnum):
    """List ``missing_day``."""

    LAST_DAY_OF_MONTH = "LAST_DAY_OF_MONTH"
    FIRST_DAY_AFTER = "FIRST_DAY_AFTER"


class MoratoriumTreatment(StrEnum):
    """List ``moratorium_treatment``."""

    SERVICED = "SERVICED"
    CAPITALISED_MONTHLY = "CAPITALISED_MONTHLY"
    CAPITALISED_SIMPLE = "CAPITALISED_SIMPLE"


class IncomeBase(StrEnum):
    """List ``income_base``."""

    GROSS = "GROSS"
    NET = "NET"


class AprMethod(StrEnum):
    """List ``apr_method``."""

    IRR_TIMES_12 = "IRR_TIMES_12"


class AprFirstPeriod(StrEnum):
    """List ``apr_first_period``."""

    DAYS_OVER_30 = "DAYS_OVER_30"


class LtvValueBasis(StrEnum):
    """List ``ltv_value_basis``."""

    LOWER_OF_AGREEMENT_AND_VALUATION = "LOWER_OF_AGREEMENT_AND_VALUATION"
    LOWER_OF_30_DAY_AVERAGE_AND_PREVIOUS_DAY = "LOWER_OF_30_DAY_AVERAGE_AND_PREVIOUS_DAY"
    VALUATION = "VALUATION"


class PenalMethod(StrEnum):
    """List ``penal_method``."""

    PERCENT_PER_YEAR = "PERCENT_PER_YEAR"
    FLAT = "FLAT"


class PenalBase(StrEnum):
    """List ``penal_base``."""

    OVERDUE_INSTALMENT = "OVERDUE_INSTALMENT"


class ExcessChoice(StrEnum):
    """List ``excess_choice``."""

    HOLD_AS_ADVANCE = "HOLD_AS_ADVANCE"
    PREPAY = "PREPAY"


class PrepaymentKeep(StrEnum):
    """List ``prepayment_keep``."""

    EMI = "emi"
    TENURE = "tenure"


class LenderClass(StrEnum):
    """List ``lender_class``."""

    COMMERCIAL_BANK = "COMMERCIAL_BANK"
    SMALL_FINANCE_BANK = "SMALL_FINANCE_BANK"
    REGIONAL_RURAL_BANK = "REGIONAL_RURAL_BANK"
    UCB_TIER_4 = "UCB_TIER_4"
    UCB_TIER_3 = "UCB_TIER_3"
    UCB_TIER_1_2 = "UCB_TIER_1_2"
    STATE_COOPERATIVE_BANK = "STATE_COOPERATIVE_BANK"
    CENTRAL_COOPERATIVE_BANK = "CENTRAL_COOPERATIVE_BANK"
    NBFC_UPPER = "NBFC_UPPER"
    NBFC_MIDDLE = "NBFC_MIDDLE"
    NBFC_BASE = "NBFC_BASE"
    ALL_INDIA_FI = "ALL_INDIA_FI"


class BorrowerType(StrEnum):
    """List ``borrower_type``."""

    INDIVIDUAL = "INDIVIDUAL"
    MICRO_SMALL_ENTERPRISE = "MICRO_SMALL_ENTERPRISE"
    OTHER = "OTHER"


class FeeKind(StrEnum):
    """List ``fee_kind``."""

    PROCESSING = "PROCESSING"
    LEGAL_VALUATION = "LEGAL_VALUATION"
    ASSAY = "ASSAY"
    INSURANCE = "INSURANCE"
    STAMP_AND_REGISTRY = "STAMP_AND_REGISTRY"
    OTHER = "OTHER"
    BOUNCE = "BOUNCE"
    PREPAYMENT = "PREPAYMENT"
    RATE_SWITCH = "RATE_SWITCH"


class FeeBasis(StrEnum):
    """List ``fee_basis``."""

    PERCENT_OF_SANCTION = "PERCENT_OF_SANCTION"
    PERCENT_OF_PRINCIPAL = "PERCENT_OF_PRINCIPAL"
    FLAT = "FLAT"
    AT_COST = "AT_COST"
    NONE = "NONE"


class FeePaidTo(StrEnum):
    """List ``fee_paid_to``."""

    LENDER = "LENDER"
    THIRD_PARTY = "THIRD_PARTY"


class FeeTiming(StrEnum):
    """List ``fee_timing``."""

    UPFRONT = "UPFRONT"
    RECURRING = "RECURRING"
    CONTINGENT = "CONTINGENT"


class SecurityRule(StrEnum):
    """List ``security_rule``."""

    REQUIRED = "REQUIRED"
    OPTIONAL = "OPTIONAL"
    NOT_TAKEN = "NOT_TAKEN"
