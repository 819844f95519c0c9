"""``calculate`` families of a portfolio: expected loss, stress, cohorts, rolls, concentration."""

from collections.abc import Callable, Mapping

from app.cli.calculate_fields import Answer, Basis, FieldError, Fields, places
from app.cli.calculate_lists import amounts, decimals, fraction_places, wholes, words
from app.rules import expected_credit_loss as ecl
from app.rules.cohorts import FirstBad, ever_bad_curve
from app.rules.concentration import concentration
from app.rules.early_warning import InstalmentState, late_streak
from app.rules.money import rupees_text
from app.rules.roll_rates import roll_row
from app.rules.stress import ApplicantDues, LossParts, stress_applicant, stress_loss
from db.vocabulary.lending import EmiRounding
from db.vocabulary.loan_life import EclSegment


def ecl_twelve_month(fields: Fields, _: Basis) -> Answer:
    """The loss of the next twelve months."""
    loss = ecl.twelve_month_loss(fields.decimal("pd"), fields.decimal("lgd"), fields.paise("ead"))
    return {"ecl": rupees_text(loss)}


def ecl_lifetime(fields: Fields, _: Basis) -> Answer:
    """The discounted loss of all years."""
    loss = ecl.lifetime_loss(
        decimals(fields, "marginal_pds"),
        fields.decimal("lgd"),
        amounts(fields, "year_eads"),
        fields.ppm("discount_rate"),
    )
    return {"ecl": rupees_text(loss)}


def ecl_floor(fields: Fields, basis: Basis) -> Answer:
    """The floor, and what is booked where floors are switched on; stage 3 takes ``npa_since``."""
    case = ecl.EclCase(
        segment=fields.word("segment", EclSegment),
        stage=fields.whole("stage"),
        ead_paise=fields.paise("ead"),
        npa_since=fields.day("npa_since") if fields.given("npa_since") else None,
    )
    floor = ecl.floor_of(case, basis.rulebook, fields.day("rule_date"))
    booked = ecl.larger_of(fields.paise("model_ecl"), floor)
    return {"floor": rupees_text(floor), "booked": rupees_text(booked)}


def ecl_stage(fields: Fields, basis: Basis) -> Answer:
    """The stage of each count of days."""
    days = wholes(fields, "days_past_due")
    return {"stage": [ecl.stage_of(count, basis.rulebook, basis.on) for count in days]}


def stressed_applicant(fields: Fields, _: Basis) -> Answer:
    """Dues over income before and after a shock."""
    applicant = ApplicantDues(
        monthly_income_paise=fields.optional_paise("monthly_income") or 0,
        existing_emis_paise=fields.paise("existing_emis"),
        principal_paise=fields.paise("principal"),
        rate_ppm=fields.ppm("rate"),
        tenure_months=fields.whole("months"),
        rounding=fields.word("rounding", EmiRounding),
    )
    found = stress_applicant(
        applicant, fields.ppm("income_shock_percent"), fields.ppm("rate_shock_points")
    )
    return {
        "base_foir": places(found.base_foir),
        "stressed_emi": rupees_text(found.stressed_emi_paise),
        "stressed_income": rupees_text(found.stressed_income_paise),
        "stressed_foir": places(found.stressed_foir),
    }


def stressed_portfolio(fields: Fields, _: Basis) -> Answer:
    """Expected loss before and after a shock."""
    found = stress_loss(
        LossParts(fields.decimal("pd"), fields.decimal("lgd"), fields.paise("ead")),
        fields.decimal("pd_multiplier"),
        fields.ppm("lgd_shock_points"),
    )
    return {
        "base_loss": rupees_text(found.base_paise),
        "stressed_loss": rupees_text(found.stressed_paise),
        "change": rupees_text(found.change_paise),
    }


def vintage(fields: Fields, _: Basis) -> Answer:
    """The share of a cohort ever 90+ by each month on book."""
    firsts = [FirstBad(month) for month in wholes(fields, "first_90_plus_months")]
    curve = ever_bad_curve(fields.whole("loans"), firsts, wholes(fields, "months_on_book"))
    return {"ever_90_plus": [fraction_places(share, 2) for share in curve]}


def roll_rates(fields: Fields, _: Basis) -> Answer:
    """Where the opening balance of one bucket went."""
    moves = fields.rows("moves")
    moved = {row.text("bucket"): row.paise("balance") for row in moves}
    if len(moved) != len(moves):
        raise FieldError(field="moves", wanted="a list that names each bucket once")
    rates = roll_row(fields.paise("opening_balance"), moved)
    return {
        "rates": [
            {"bucket": bucket, "rate": fraction_places(rate, 2)} for bucket, rate in rates.items()
        ]
    }


def streak(fields: Fields, basis: Basis) -> Answer:
    """Whether the run of late instalments that stands raises the early warning."""
    found = late_streak(words(fields, "instalments", InstalmentState), basis.rulebook, basis.on)
    return {"warning": found.raised_at is not None, "raised_at": found.raised_at}


def spread(fields: Fields, _: Basis) -> Answer:
    """The Herfindahl index and the largest shares."""
    found = concentration(amounts(fields, "exposures"))
    return {
        "hhi": fraction_places(found.index, 6),
        "hhi_points": fraction_places(found.index_points, 2),
        "effective_number": fraction_places(found.effective_number, 4),
        "top1_share": fraction_places(found.top_share(1), 2),
        "top3_share": fraction_places(found.top_share(3), 2),
    }


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "ecl_twelve_month": ecl_twelve_month,
    "ecl_lifetime": ecl_lifetime,
    "ecl_floor": ecl_floor,
    "ecl_stage": ecl_stage,
    "stress_applicant": stressed_applicant,
    "stress_portfolio": stressed_portfolio,
    "vintage": vintage,
    "roll_rates": roll_rates,
    "late_streak": streak,
    "concentration": spread,
}
