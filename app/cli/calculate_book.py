"""``calculate`` families of the running book: days, classes, provision, ratios of a portfolio."""

from collections.abc import Callable, Mapping

from app.cli.calculate_fields import Answer, Basis, FieldError, Fields, places_or_none
from app.rules.asset_classification import (
    class_by_age,
    class_by_days,
    class_dates,
    class_of_eroded,
    classes_of_borrower,
    is_npa,
    may_upgrade,
    turns_npa,
)
from app.rules.days_past_due import days_past_due
from app.rules.money import rupees_text
from app.rules.portfolio_ratios import (
    Collections,
    InstalmentCounts,
    NpaBook,
    npa_ratios,
    percent,
    portfolio_at_risk,
)
from app.rules.provisioning import ProvisionCase, provision_required
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

_NPA = "NPA"
_SHORT = {
    AssetClass.STANDARD: "STANDARD",
    AssetClass.SUB_STANDARD: "SUB-STANDARD",
    AssetClass.DOUBTFUL_1: "D1",
    AssetClass.DOUBTFUL_2: "D2",
    AssetClass.DOUBTFUL_3: "D3",
    AssetClass.LOSS: "LOSS",
}


def _short(asset_class: AssetClass) -> str:
    return _SHORT.get(asset_class, asset_class.value)


def _by_days(asset_class: AssetClass) -> str:
    """The short name where only days are known: an NPA has no step yet."""
    return _NPA if is_npa(asset_class) else _short(asset_class)


def past_due(fields: Fields, basis: Basis) -> Answer:
    """Days past due at a day-end and the class they give."""
    day_end = fields.day("day_end")
    days = days_past_due(fields.day("oldest_unpaid_due"), day_end, basis.rulebook)
    found = class_by_days(days, basis.rulebook, day_end)
    return {"days_past_due": days, "asset_class": _by_days(found)}


def dates_of_classes(fields: Fields, basis: Basis) -> Answer:
    """When each class begins if nothing is paid."""
    found = class_dates(fields.day("oldest_unpaid_due"), basis.rulebook, basis.on)
    return {name: day.isoformat() for name, day in found._asdict().items()}


def npa_ageing(fields: Fields, basis: Basis) -> Answer:
    """The class of an NPA by its age."""
    found = class_by_age(fields.day("npa_since"), fields.day("day_end"), basis.rulebook)
    return {"asset_class": _short(found)}


def borrower_npa(fields: Fields, basis: Basis) -> Answer:
    """All loans of one borrower."""
    days = {row.text("loan"): row.whole("days_past_due") for row in fields.rows("loans")}
    classes = classes_of_borrower(days, basis.rulebook, basis.on)
    return {
        "loans": [
            {"loan": loan, "days_past_due": count, "asset_class": _by_days(classes[loan])}
            for loan, count in days.items()
        ]
    }


def npa_upgrade(fields: Fields, basis: Basis) -> Answer:
    """Whether a receipt takes a borrower out of NPA; a restructured one has to prove itself."""
    left = fields.paise("arrears") - fields.paise("received")
    months = 0 if fields.flag("restructured") else None
    upgraded = may_upgrade(left, basis.rulebook, basis.on, months)
    return {"asset_class": _short(AssetClass.STANDARD) if upgraded else _NPA}


def after_part_payment(fields: Fields, basis: Basis) -> Answer:
    """The class after the oldest instalment was paid and later ones are still due."""
    if turns_npa(fields.whole("days_past_due_before"), basis.rulebook, basis.on):
        return {"asset_class": _NPA}
    days = fields.whole("days_past_due_after")
    return {"asset_class": _by_days(class_by_days(days, basis.rulebook, basis.on))}


def security_erosion(fields: Fields, basis: Basis) -> Answer:
    """Where an NPA goes when its security has lost value."""
    found = class_of_eroded(
        fields.paise("security_value"),
        fields.optional_paise("last_assessed_value"),
        fields.optional_paise("outstanding"),
        basis.rulebook,
        basis.on,
    )
    if found is None:
        return {"asset_class": _NPA}
    return {"asset_class": "DOUBTFUL" if found is AssetClass.DOUBTFUL_1 else _short(found)}


def provision(fields: Fields, basis: Basis) -> Answer:
    """The provision of one loan."""
    short = fields.text("asset_class")
    classes = {name: found for found, name in _SHORT.items()}
    if short not in classes:
        raise FieldError(field="asset_class", wanted=f"one of {', '.join(classes)}")
    loan = ProvisionCase(
        asset_class=classes[short],
        outstanding_paise=fields.paise("outstanding"),
        security_paise=fields.paise("security_value"),
        segment=fields.word("segment", ProvisionSegment),
        unsecured_ab_initio=fields.flag("unsecured_ab_initio"),
    )
    required = provision_required(loan, basis.rulebook, fields.day("rule_date"))
    return {"provision_required": rupees_text(required)}


def ratios_of_npa(fields: Fields, _: Basis) -> Answer:
    """Gross and net NPA ratios."""
    found = npa_ratios(
        NpaBook(
            gross_advances_paise=fields.paise("gross_advances"),
            gross_npa_paise=fields.paise("gross_npa"),
            npa_provisions_paise=fields.paise("npa_provisions"),
            interest_suspense_paise=fields.paise("interest_suspense"),
            other_deductions_paise=fields.paise("other_deductions"),
        )
    )
    return {
        "npa_ratio": places_or_none(found.npa_ratio),
        "net_npa": rupees_text(found.net_npa_paise),
        "net_advances": rupees_text(found.net_advances_paise),
        "net_npa_ratio": places_or_none(found.net_npa_ratio),
        "provision_coverage_ratio": places_or_none(found.provision_coverage_ratio),
    }


def provision_coverage(fields: Fields, _: Basis) -> Answer:
    """Provisions over gross NPA; null where there is no NPA."""
    found = percent(fields.paise("npa_provisions"), fields.paise("gross_npa"))
    return {"provision_coverage_ratio": places_or_none(found)}


def at_risk(fields: Fields, basis: Basis) -> Answer:
    """Portfolio at risk beyond 30, 60 and 90 days."""
    loans = [(row.paise("balance"), row.whole("days_past_due")) for row in fields.rows("loans")]
    shares = portfolio_at_risk(loans, basis.rulebook, basis.on)
    return {segment.lower(): places_or_none(share) for segment, share in shares.items()}


def on_time_share(fields: Fields, _: Basis) -> Answer:
    """Instalments paid on time and paid at all, of those due."""
    counts = InstalmentCounts(fields.whole("on_time"), fields.whole("late"), fields.whole("unpaid"))
    return {
        "on_time_share": places_or_none(counts.on_time_share),
        "paid_share": places_or_none(counts.paid_share),
    }


def collection_efficiency(fields: Fields, _: Basis) -> Answer:
    """Three ways to measure collection; prepayments stay out of all."""
    found = Collections(
        current_demand_paise=fields.paise("current_demand"),
        collected_on_current_paise=fields.paise("collected_on_current"),
        opening_arrears_paise=fields.paise("opening_arrears"),
        collected_on_arrears_paise=fields.paise("collected_on_arrears"),
    )
    return {
        "current_efficiency": places_or_none(found.current_efficiency),
        "overall_efficiency": places_or_none(found.overall_efficiency),
        "headline_efficiency": places_or_none(found.headline_efficiency),
    }


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "days_past_due": past_due,
    "class_dates": dates_of_classes,
    "npa_ageing": npa_ageing,
    "borrower_npa": borrower_npa,
    "npa_upgrade": npa_upgrade,
    "class_after_part_payment": after_part_payment,
    "security_erosion": security_erosion,
    "provision": provision,
    "npa_ratios": ratios_of_npa,
    "provision_coverage": provision_coverage,
    "portfolio_at_risk": at_risk,
    "on_time_share": on_time_share,
    "collection_efficiency": collection_efficiency,
}
