"""Words about payments, documents, loans and their class.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class PaymentMethod(StrEnum):
    """List ``payment_method``."""

    BANK_TRANSFER = "Bank Transfer"
    CHEQUE = "Cheque"
    CASH = "Cash"
    UPI = "UPI"
    CARD = "Card"
    MANDATE = "Mandate"


class DisbursementMode(StrEnum):
    """List ``disbursement_mode``."""

    ACCOUNT_CREDIT = "Account Credit"
    CHEQUE = "Cheque"
    DEMAND_DRAFT = "Demand Draft"
    PAID_TO_SELLER = "Paid To Seller"


class PostingStatus(StrEnum):
    """List ``posting_status``."""

    PROPOSED = "Proposed"
    PENDING = "Pending"
    POSTED = "Posted"
    REVERSED = "Reversed"


class ChangeType(StrEnum):
    """List ``change_type``."""

    FORECLOSURE = "FORECLOSURE"
    PART_PREPAYMENT = "PART_PREPAYMENT"
    RATE_CHANGE = "RATE_CHANGE"
    RESCHEDULE = "RESCHEDULE"
    MORATORIUM = "MORATORIUM"
    RESTRUCTURE = "RESTRUCTURE"


class DocumentKind(StrEnum):
    """List ``document_kind``."""

    PAN_CARD = "PAN_CARD"
    FORM_60 = "FORM_60"
    AADHAAR_MASKED = "AADHAAR_MASKED"
    VOTER_ID = "VOTER_ID"
    PASSPORT = "PASSPORT"
    DRIVING_LICENCE = "DRIVING_LICENCE"
    PHOTO = "PHOTO"
    ADDRESS_PROOF = "ADDRESS_PROOF"
    PAYSLIP = "PAYSLIP"
    BANK_STATEMENT = "BANK_STATEMENT"
    FORM_16 = "FORM_16"
    ITR = "ITR"
    FINANCIAL_STATEMENTS = "FINANCIAL_STATEMENTS"
    GST_RETURNS = "GST_RETURNS"
    PENSION_SLIP = "PENSION_SLIP"
    HOUSEHOLD_INCOME_FORM = "HOUSEHOLD_INCOME_FORM"
    BUSINESS_PROOF = "BUSINESS_PROOF"
    EMPLOYMENT_PROOF = "EMPLOYMENT_PROOF"
    PURPOSE_ESTIMATE = "PURPOSE_ESTIMATE"
    SALE_AGREEMENT = "SALE_AGREEMENT"
    APPROVED_PLAN = "APPROVED_PLAN"
    VEHICLE_QUOTATION = "VEHICLE_QUOTATION"
    ADMISSION_LETTER = "ADMISSION_LETTER"
    FEE_SCHEDULE = "FEE_SCHEDULE"
    MARK_SHEETS = "MARK_SHEETS"
    HOSPITAL_ESTIMATE = "HOSPITAL_ESTIMATE"
    CLOSURE_STATEMENTS = "CLOSURE_STATEMENTS"
    TITLE_DEED = "TITLE_DEED"
    ENCUMBRANCE_CERTIFICATE = "ENCUMBRANCE_CERTIFICATE"
    VALUATION_REPORT = "VALUATION_REPORT"
    LEGAL_OPINION = "LEGAL_OPINION"
    REGISTRATION_CERTIFICATE = "REGISTRATION_CERTIFICATE"
    GOLD_ASSAY = "GOLD_ASSAY"
    OWNERSHIP_DECLARATION = "OWNERSHIP_DECLARATION"
    HOLDING_STATEMENT = "HOLDING_STATEMENT"
    INSURANCE_POLICY = "INSURANCE_POLICY"
    BUREAU_REPORT = "BUREAU_REPORT"
    MANDATE_FORM = "MANDATE_FORM"
    CANCELLED_CHEQUE = "CANCELLED_CHEQUE"
    CONSENT_FORM = "CONSENT_FORM"
    LOAN_AGREEMENT = "LOAN_AGREEMENT"
    GUARANTEE_DEED = "GUARANTEE_DEED"


class LetterKind(StrEnum):
    """List ``letter_kind``."""

    KFS = "kfs"
    SANCTION = "sanction"
    REJECTION = "rejection"
    SCHEDULE = "schedule"
    STATEMENT = "statement"
    FILE_NOTE = "file-note"
    ACKNOWLEDGEMENT = "acknowledgement"
    RECEIPT = "receipt"


class LetterStatus(StrEnum):
    """List ``letter_status``."""

    PROVISIONAL = "Provisional"
    ISSUED = "Issued"
    ACCEPTED = "Accepted"
    VOID = "Void"


class Language(StrEnum):
    """List ``language``."""

    EN = "en"
    HI = "hi"
    KN = "kn"


class FileFormat(StrEnum):
    """List ``file_format``."""

    PDF = "PDF"
    XLSX = "XLSX"


class ApplicationStatus(StrEnum):
    """List ``application_status``."""

    DRAFT = "Draft"
    PENDING = "Pending"
    PROPOSED = "Proposed"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    RETURNED = "Returned"
    WITHDRAWN = "Withdrawn"
    DISBURSED = "Disbursed"


class LoanStatus(StrEnum):
    """List ``loan_status``."""

    ACTIVE = "Active"
    CLOSED = "Closed"
    DEFAULTED = "Defaulted"
    WRITTEN_OFF = "Written-off"


class AssetClass(StrEnum):
    """List ``asset_class``."""

    STANDARD = "Standard"
    SMA_0 = "SMA-0"
    SMA_1 = "SMA-1"
    SMA_2 = "SMA-2"
    SUB_STANDARD = "Sub-Standard"
    DOUBTFUL_1 = "Doubtful-1"
    DOUBTFUL_2 = "Doubtful-2"
    DOUBTFUL_3 = "Doubtful-3"
    LOSS = "Loss"


class ProvisionSegment(StrEnum):
    """List ``provision_segment``."""

    OTHER = "OTHER"
    HOUSING = "HOUSING"
    SME_MICRO_SMALL = "SME_MICRO_SMALL"
    AGRI = "AGRI"
    CRE = "CRE"
    CRE_RH = "CRE_RH"
    HOUSING_TEASER = "HOUSING_TEASER"
    RESTRUCTURED = "RESTRUCTURED"


class EclSegment(StrEnum):
    """List ``ecl_segment``."""

    SECURED_RETAIL = "SECURED_RETAIL"
    UNSECURED_RETAIL = "UNSECURED_RETAIL"
    HOUSING_INDIVIDUAL = "HOUSING_INDIVIDUAL"
    GOLD = "GOLD"
    MICRO_SMALL = "MICRO_SMALL"
    MEDIUM = "MEDIUM"


class EclStanding(StrEnum):
    """List ``ecl_standing``."""

    SHADOW = "SHADOW"
    BINDING = "BINDING"
