"""``calculate`` families of a person: ratios, loan to value, score, identity, KYC."""

from collections.abc import Callable, Mapping

from app.cli.calculate_fields import Answer, Basis, Fields, places, rupees_of
from app.rules.affordability import (
    LoanToValue,
    foir_band,
    largest_housing_loan,
    largest_loan,
    ltv_gold,
    ltv_housing,
    months_of_income,
    ratio_flags,
    ratio_to_income,
    years_of_income,
)
from app.rules.emi import emi
from app.rules.kyc_review import kyc_due_on
from app.rules.money import percent_text, rupees_text, share_of
from app.rules.score_bands import (
    LogOddsScale,
    credit_score,
    display_score,
    level_action,
    risk_level,
)
from app.services.steps.check_identity_numbers import (
    IdentityCheck,
    check_aadhaar,
    check_gstin,
    check_ifsc,
    check_mobile,
    check_pan,
    check_pin_code,
    verhoeff_check_digit,
)
from db.vocabulary.lending import EmiRounding
from db.vocabulary.people import KycRisk


def applicant_ratios(fields: Fields, basis: Basis) -> Answer:
    """Dues and loan over income, the band and the flags."""
    income = fields.optional_paise("monthly_income")
    existing, principal = fields.paise("existing_emis"), fields.paise("principal")
    rounding = fields.word("rounding", EmiRounding)
    instalment = emi(principal, fields.ppm("rate"), fields.whole("months"), rounding)
    foir = ratio_to_income(existing + instalment, income)
    months = months_of_income(principal, income)
    return {
        "emi": rupees_text(instalment),
        "new_emi_ratio": places(ratio_to_income(instalment, income)),
        "foir": places(foir),
        "lti_months": places(months),
        "lti_years": places(years_of_income(principal, income)),
        "foir_band": foir_band(foir, basis.rulebook, basis.on),
        "flags": list(ratio_flags(foir, months, income or 0, basis.rulebook, basis.on)),
    }


def dues_band(fields: Fields, basis: Basis) -> Answer:
    """The band of all dues over income."""
    income = fields.optional_paise("monthly_income")
    foir = ratio_to_income(fields.paise("monthly_obligations"), income)
    return {"foir": places(foir), "foir_band": foir_band(foir, basis.rulebook, basis.on)}


def loan_for_income(fields: Fields, _: Basis) -> Answer:
    """The largest loan for a cap on all dues."""
    income = fields.optional_paise("monthly_income")
    ratio_to_income(0, income)  # refuses an income that is nothing or unknown
    room = share_of(income or 0, fields.ppm("foir_cap")) - fields.paise("existing_emis")
    exact, offered = largest_loan(
        room,
        fields.ppm("rate"),
        fields.whole("months"),
        fields.paise("round_down_to"),
        fields.word("rounding", EmiRounding),
    )
    return {
        "emi_room": rupees_text(room),
        "exact_loan": rupees_of(exact),
        "offered_loan": rupees_text(offered),
    }


def _against_value(found: LoanToValue) -> Answer:
    return {
        "cap": percent_text(found.cap_ppm),
        "ltv": places(found.percent),
        "result": "PASS" if found.passes else "FAIL",
    }


def housing(fields: Fields, basis: Basis) -> Answer:
    """A housing loan against the value of the house."""
    value, on = fields.paise("property_value"), fields.day("rule_date")
    found = ltv_housing(fields.paise("loan"), value, basis.rulebook, on)
    largest = largest_housing_loan(value, basis.rulebook, on)
    return {**_against_value(found), "largest_loan": rupees_of(largest)}


def gold(fields: Fields, basis: Basis) -> Answer:
    """A gold loan for personal use against the value of the gold."""
    bullet = None
    if fields.given("bullet_months"):
        bullet = (fields.whole("bullet_months"), fields.ppm("bullet_rate"))
    loan, value = fields.paise("loan"), fields.paise("gold_value")
    found = ltv_gold(loan, value, bullet, basis.rulebook, fields.day("rule_date"))
    return {"exposure": rupees_text(found.exposure_paise), **_against_value(found)}


def score_linear(fields: Fields, basis: Basis) -> Answer:
    """The internal score of a probability."""
    score = credit_score(fields.decimal("risk_probability"), basis.rulebook, basis.on)
    return {"credit_score": places(score), "display_score": display_score(score)}


def score_log_odds(fields: Fields, _: Basis) -> Answer:
    """The score on a scale of odds given with the input."""
    scale = LogOddsScale(
        base_score=fields.whole("base_score"),
        base_odds=fields.whole("base_odds"),
        points_to_double_odds=fields.whole("points_to_double_odds"),
        least=fields.whole("minimum"),
        most=fields.whole("maximum"),
    )
    return {"credit_score": places(scale.score(fields.decimal("risk_probability")))}


def decision_band(fields: Fields, basis: Basis) -> Answer:
    """The risk level of a probability and what it routes to."""
    level = risk_level(fields.decimal("risk_probability"), basis.rulebook, basis.on)
    action = level_action(level, basis.rulebook, basis.on)
    return {"risk_level": level.value, "action": action}


def _identity(check: Callable[[str], IdentityCheck], **names: str) -> Callable[..., Answer]:
    """A family that checks one number and answers named parts of the result."""

    def family(fields: Fields, _: Basis) -> Answer:
        found = check(fields.text("value"))
        parts = {name: getattr(found, part) for name, part in names.items()}
        return {"valid": found.valid, **parts}

    return family


def verhoeff(fields: Fields, _: Basis) -> Answer:
    """The check digit of a row of digits."""
    return {"check_digit": verhoeff_check_digit(fields.text("digits"))}


def kyc_due(fields: Fields, basis: Basis) -> Answer:
    """The next review of the identity papers."""
    risk = fields.word("risk", KycRisk)
    due = kyc_due_on(fields.day("last_kyc_on"), risk, basis.rulebook, basis.on)
    return {"due_on": due.isoformat()}


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "applicant_ratios": applicant_ratios,
    "foir_band": dues_band,
    "largest_loan": loan_for_income,
    "ltv_housing": housing,
    "ltv_gold": gold,
    "score_linear": score_linear,
    "score_log_odds": score_log_odds,
    "decision_band": decision_band,
    "aadhaar": _identity(check_aadhaar, shown="masked"),
    "verhoeff_digit": verhoeff,
    "pan": _identity(check_pan, holder="detail", masked="masked"),
    "gstin": _identity(check_gstin, pan="detail"),
    "ifsc": _identity(check_ifsc),
    "mobile": _identity(check_mobile, stored="value"),
    "pin_code": _identity(check_pin_code),
    "kyc_due": kyc_due,
}
