"""Sanctions of every product, and whole pages of their letters, without a book."""

from datetime import date
from pathlib import Path
from typing import Any

from app.resource_files import resource
from app.rules.case_facts import ApplicantFacts, CaseFacts, CollateralFacts, LoanTerms
from app.rules.case_standing import Terms
from app.rules.key_facts import key_facts
from app.services.steps.bank_facts import bank_facts
from app.services.steps.letter_kfs import key_facts_values
from app.services.steps.letter_words import letter_words
from app.services.steps.sanctioned_offer import Sanctioned, offered_loan
from db.vocabulary.lending import CollateralType, RepaymentType
from db.vocabulary.loan_life import Language, LetterKind

APPLIED, SANCTIONED, ISSUED = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 23)
LETTERS, FONTS = resource("letters"), resource("fonts")
NO_FOLDER = Path("/a folder that is not there")


def sanctioned(product_code: str, terms: Terms, **changes: Any) -> Sanctioned:
    """A sanction of that product; changes go to the terms of the application or the sanction."""
    own = {name: changes.pop(name) for name in ("issued_on", "digital") if name in changes}
    collateral = changes.pop("collateral", ())
    case = CaseFacts(
        as_of=APPLIED,
        applicant=ApplicantFacts(monthly_income_paise=6_000_000),
        terms=LoanTerms(
            product_code=product_code,
            amount_paise=terms.amount_paise,
            tenure_months=terms.tenure_months,
            rate_ppm=terms.rate_ppm,
            **changes,
        ),
        collateral=collateral,
    )
    return Sanctioned(
        reference="A-1662",
        case=case,
        terms=terms,
        product_code=product_code,
        sanctioned_on=SANCTIONED,
        issued_on=own.get("issued_on", ISSUED),
        digital=own.get("digital", False),
    )


HOME = sanctioned(
    "HOME_PURCHASE",
    Terms(4_500_000_00, 360, 87_500),
    collateral=(CollateralFacts(CollateralType.PROPERTY, 7_000_000_00),),
    insurance_premium_paise=21_240_00,
    other_charges_paise=1_12_500_00,
)
STUDIES = sanctioned("EDUCATION", Terms(12_00_000_00, 120, 105_000), moratorium_months=36)
BUSINESS = sanctioned(
    "BUSINESS_TERM", Terms(8_00_000_00, 48, 130_000), moratorium_months=6, digital=True
)
GOLD = sanctioned(
    "GOLD_CONSUMPTION", Terms(1_80_000_00, 12, 96_000), repayment_type=RepaymentType.BULLET
)
LATE = sanctioned(
    "PERSONAL", Terms(2_50_000_00, 24, 142_500), first_due_date=date(2027, 1, 10), digital=True
)
EVERY = {"home": HOME, "studies": STUDIES, "business": BUSINESS, "gold": GOLD, "late": LATE}


def page(kind: LetterKind, language: Language, content: dict[str, object]) -> dict[str, Any]:
    """The values of a whole letter round its content."""
    words = letter_words(language)
    bank = bank_facts(NO_FOLDER, language)
    return {
        "lang": language.value,
        "title": words.say(f"title.{kind.value}"),
        "words": words.labels(),
        "number": f"{kind.value.upper()}-1662-1",
        "date": words.day(ISSUED),
        "watermark": "",
        "bank": {
            "name": bank.name,
            "branch": words.say("branch", code="0412"),
            "address": bank.address,
        },
        "customer": {"name": "Asha Kulkarni", "address": ["12 Station Road", "Mysuru 570001"]},
        "signatory": "Anand Kulkarni",
        "footer": "",
        **content,
    }


def kfs_content(given: Sanctioned, rulebook: Any, language: Language) -> dict[str, object]:
    """What the Key Facts Statement of a sanction prints."""
    words = letter_words(language)
    lender = bank_facts(NO_FOLDER, language).lender
    loan = offered_loan(given, lender, rulebook)
    facts = key_facts(loan.offer, rulebook)
    product = loan.offer.product.name(language.value)
    return key_facts_values(facts, loan.schedule, product, words)
