"""Customers, their work, their dues, their consents; gender kept apart.

PAN and the other numbers are sealed in the program and found by blind index; of Aadhaar only the
last four digits and the index are kept (data-and-sync.md 8).
"""

from sqlalchemy import Column, Index, Table

from db.tables.bureau import bureau_columns
from db.tables.columns import (
    METADATA,
    Instant,
    Words,
    at_least,
    branch,
    day,
    instant,
    key,
    number,
    paise,
    parent,
    sealed,
    text,
    truth,
    word,
    word_check,
)
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    ConsentChannel,
    ConsentPurpose,
    CustomerSegment,
    EmploymentType,
    Gender,
    IncomeSource,
    KycRisk,
    KycStatus,
    OtherIdType,
    State,
)

customers = Table(
    "customers",
    METADATA,
    branch(),
    key("customer_id", primary=True),
    number("number"),
    text("full_name"),
    text("search_name"),
    text("full_name_local"),
    day("date_of_birth", optional=True),  # files of other banks may not say
    text("phone"),
    text("email"),
    text("address"),
    text("city"),
    word("state", State, optional=True),
    text("pincode"),
    word("segment", CustomerSegment),
    truth("form_60"),
    sealed("pan_sealed"),
    sealed("pan_index"),
    text("aadhaar_last4", optional=True),
    sealed("aadhaar_index"),
    word("other_id_type", OtherIdType, optional=True),
    sealed("other_id_sealed"),
    day("other_id_expiry", optional=True),
    sealed("bank_account_sealed"),
    text("ifsc_code", optional=True),
    word("kyc_status", KycStatus),
    word("kyc_risk", KycRisk),
    day("kyc_due_on", optional=True),
    *bureau_columns(),
    day("customer_since"),
    instant("created_at"),
    key("officer_id", optional=True),
    key("import_id", optional=True),
    number("version"),
    word_check("state", State),
    word_check("segment", CustomerSegment),
    word_check("other_id_type", OtherIdType),
    word_check("kyc_status", KycStatus),
    word_check("kyc_risk", KycRisk),
    word_check("bureau_name", BureauName),
    word_check("bureau_score_state", BureauScoreState),
    at_least("version", 1),
    Index("uq_customers_number", "branch_id", "number", unique=True),
    Index("uq_customers_pan_index", "branch_id", "pan_index", unique=True),
    Index("ix_customers_search_name", "branch_id", "search_name", "customer_id"),
    Index("ix_customers_city", "branch_id", "city", "customer_id"),
    Index("ix_customers_created_at", "branch_id", "created_at", "customer_id"),
    Index("ix_customers_kyc_status", "branch_id", "kyc_status", "search_name", "customer_id"),
    Index("ix_customers_segment", "branch_id", "segment", "search_name", "customer_id"),
    Index("ix_customers_phone", "branch_id", "phone"),
    Index("ix_customers_date_of_birth", "branch_id", "date_of_birth"),
    Index("ix_customers_officer", "branch_id", "officer_id", "search_name", "customer_id"),
    Index("ix_customers_import", "branch_id", "import_id"),
)

employment = Table(
    "employment",
    METADATA,
    branch(),
    key("customer_id", primary=True),
    word("employment_type", EmploymentType, optional=True),
    text("employer_name"),
    text("job_title"),
    day("employment_start_date", optional=True),
    paise("monthly_income_paise"),
    word("income_source", IncomeSource, optional=True),
    number("experience_months", optional=True),
    word_check("employment_type", EmploymentType),
    word_check("income_source", IncomeSource),
    at_least("monthly_income_paise", 0),
    at_least("experience_months", 0),
    parent("customer_id", "customers"),
)

obligations = Table(
    "obligations",
    METADATA,
    branch(),
    key("obligation_id", primary=True),
    key("customer_id"),
    number("position"),
    text("lender_name"),
    word("obligation_type", ObligationType),
    paise("monthly_amount_paise"),
    paise("outstanding_paise", optional=True),
    day("end_date", optional=True),
    word_check("obligation_type", ObligationType),
    at_least("monthly_amount_paise", 0),
    at_least("outstanding_paise", 0),
    parent("customer_id", "customers"),
    Index("ix_obligations_customer", "branch_id", "customer_id", "position"),
)

consents = Table(
    "consents",
    METADATA,
    branch(),
    key("customer_id", primary=True),
    # Purpose and moment complete the key: withdrawn and given again is two rows.
    Column("purpose", Words(ConsentPurpose), primary_key=True),
    Column("given_at", Instant(), primary_key=True),
    word("channel", ConsentChannel),
    text("notice_version"),
    instant("withdrawn_at", optional=True),
    word_check("purpose", ConsentPurpose),
    word_check("channel", ConsentChannel),
    parent("customer_id", "customers"),
)

# Read by the fairness report only, so it never stands beside what a score is made of.
protected_attributes = Table(
    "protected_attributes",
    METADATA,
    branch(),
    key("customer_id", primary=True),
    word("gender", Gender),
    word_check("gender", Gender),
    parent("customer_id", "customers"),
)
