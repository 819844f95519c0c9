"""Words about customers, staff and what they consented to.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class Gender(StrEnum):
    """List ``gender``."""

    FEMALE = "Female"
    MALE = "Male"
    OTHER = "Other"
    NOT_STATED = "Not stated"


class EmploymentType(StrEnum):
    """List ``employment_type``."""

    SALARIED = "Salaried"
    SELF_EMPLOYED = "Self-Employed"
    BUSINESS = "Business"


class IncomeSource(StrEnum):
    """List ``income_source``."""

    SALARY = "Salary"
    BUSINESS_PROFIT = "Business profit"
    PROFESSIONAL_FEES = "Professional fees"
    PENSION = "Pension"
    RENT = "Rent"
    AGRICULTURE = "Agriculture"
    INTEREST_AND_DIVIDENDS = "Interest and dividends"
    DAILY_WAGES = "Daily wages"
    OTHER = "Other"


class Relationship(StrEnum):
    """List ``relationship``."""

    FATHER = "Father"
    MOTHER = "Mother"
    SPOUSE = "Spouse"
    SIBLING = "Sibling"
    FRIEND = "Friend"
    SON = "Son"
    DAUGHTER = "Daughter"
    GRANDPARENT = "Grandparent"
    IN_LAW = "In-law"
    BUSINESS_PARTNER = "Business partner"
    EMPLOYER = "Employer"
    OTHER = "Other"


class CustomerSegment(StrEnum):
    """List ``customer_segment``."""

    RETAIL = "Retail"
    PRIORITY = "Priority"
    MICRO = "Micro"
    AGRICULTURE = "Agriculture"
    STAFF = "Staff"


class OtherIdType(StrEnum):
    """List ``other_id_type``."""

    VOTER_ID = "Voter Id"
    DRIVING_LICENCE = "Driving Licence"
    PASSPORT = "Passport"


class KycStatus(StrEnum):
    """List ``kyc_status``."""

    COMPLETE = "Complete"
    INCOMPLETE = "Incomplete"
    EXPIRED = "Expired"


class KycRisk(StrEnum):
    """List ``kyc_risk``."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


class ConsentPurpose(StrEnum):
    """List ``consent_purpose``."""

    BUREAU = "bureau"
    DATA_USE = "data_use"
    CONTACT = "contact"
    AADHAAR = "aadhaar"


class ConsentChannel(StrEnum):
    """List ``consent_channel``."""

    PAPER = "Paper"
    DESK = "Desk"
    ONE_TIME_CODE = "One-time code"


class FactSource(StrEnum):
    """List ``fact_source``."""

    TOLD = "told"
    DOCUMENT = "document"
    BUREAU = "bureau"
    SYSTEM = "system"


class BureauName(StrEnum):
    """List ``bureau_name``."""

    CIBIL = "CIBIL"
    EXPERIAN = "Experian"
    EQUIFAX = "Equifax"
    CRIF = "CRIF"


class BureauScoreState(StrEnum):
    """List ``bureau_score_state``."""

    SCORED = "SCORED"
    NO_HISTORY = "NO_HISTORY"
    THIN = "THIN"
    NO_REPORT = "NO_REPORT"
    OLD_INDEX = "OLD_INDEX"


class State(StrEnum):
    """List ``state``."""

    JAMMU_AND_KASHMIR = "Jammu and Kashmir"
    HIMACHAL_PRADESH = "Himachal Pradesh"
    PUNJAB = "Punjab"
    CHANDIGARH = "Chandigarh"
    UTTARAKHAND = "Uttarakhand"
    HARYANA = "Haryana"
    DELHI = "Delhi"
    RAJASTHAN = "Rajasthan"
    UTTAR_PRADESH = "Uttar Pradesh"
    BIHAR = "Bihar"
    SIKKIM = "Sikkim"
    ARUNACHAL_PRADESH = "Arunachal Pradesh"
    NAGALAND = "Nagaland"
    MANIPUR = "Manipur"
    MIZORAM = "Mizoram"
    TRIPURA = "Tripura"
    MEGHALAYA = "Meghalaya"
    ASSAM = "Assam"
    WEST_BENGAL = "West Bengal"
    JHARKHAND = "Jharkhand"
    ODISHA = "Odisha"
    CHHATTISGARH = "Chhattisgarh"
    MADHYA_PRADESH = "Madhya Pradesh"
    GUJARAT = "Gujarat"
    DADRA_AND_NAGAR_HAVELI_AND_DAMAN_AND_DIU = "Dadra and Nagar Haveli and Daman and Diu"
    MAHARASHTRA = "Maharashtra"
    KARNATAKA = "Karnataka"
    GOA = "Goa"
    LAKSHADWEEP = "Lakshadweep"
    KERALA = "Kerala"
    TAMIL_NADU = "Tamil Nadu"
    PUDUCHERRY = "Puducherry"
    ANDAMAN_AND_NICOBAR_ISLANDS = "Andaman and Nicobar Islands"
    TELANGANA = "Telangana"
    ANDHRA_PRADESH = "Andhra Pradesh"
    LADAKH = "Ladakh"


class Role(StrEnum):
    """List ``role``."""

    OFFICER = "Officer"
    ASSISTANT = "Assistant"
    SUPERVISOR = "Supervisor"
    RISK_ANALYST = "Risk analyst"
    COLLECTIONS = "Collections"
    ADMIN = "Admin"
    AUDITOR = "Auditor"


class SanctionAuthority(StrEnum):
    """List ``sanction_authority``."""

    SUPERVISOR = "Supervisor"
    REGIONAL_CREDIT_DESK = "Regional credit desk"


class UserState(StrEnum):
    """List ``user_state``."""

    ACTIVE = "Active"
    DISABLED = "Disabled"
    LOCKED = "Locked"


class Scope(StrEnum):
    """List ``scope``."""

    MINE = "mine"
    BRANCH = "branch"
