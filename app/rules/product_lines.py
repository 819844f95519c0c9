"""The terms and limits of one product as readers see them, each with the field it comes from.

Source: products-and-rules.md (shape). A limit of null reads "no limit"; nothing is computed.
"""

from dataclasses import dataclass

from app.rules.money import percent_shown, rupees_shown
from app.rules.products import Fee, Product
from app.rules.rule_values import NO_LIMIT, counted


@dataclass(frozen=True, slots=True)
class ProductLimit:
    """One line: what it is, how it reads, and the field of ``products.json`` behind it."""

    label: str
    shown: str
    field: str


def product_limits(product: Product) -> tuple[ProductLimit, ...]:
    """Every figure of a product that an officer asks for, in the order of a product sheet."""
    amount, tenure, rate = product.amount_paise, product.tenure_months, product.rate_ppm
    return (
        ProductLimit("Purposes", ", ".join(product.purposes), "purposes"),
        ProductLimit("Security", _security(product), "security"),
        ProductLimit(
            "Amount",
            f"{rupees_shown(amount.least)} to {rupees_shown(amount.most)}",
            "max_amount_paise",
        ),
        ProductLimit("Tenure", f"{tenure.least} to {tenure.most} months", "max_tenure_months"),
        ProductLimit("Card rate", percent_shown(product.card_rate_ppm), "card_rate_ppm"),
        ProductLimit(
            "Rates", f"{percent_shown(rate.least)} to {percent_shown(rate.most)}", "max_rate_ppm"
        ),
        ProductLimit("Rate type", _rate_type(product), "rate_type"),
        ProductLimit("Rounding of the EMI", str(product.emi_rounding), "emi_rounding"),
        ProductLimit("Repayment", ", ".join(product.repayment_types), "repayment_types"),
        ProductLimit("Moratorium", _moratorium(product), "moratorium"),
        ProductLimit("All dues over income, at most", _dues(product), "foir_cap_ppm"),
        ProductLimit("Loan to income, at most", _months(product.lti_cap_months), "lti_cap_months"),
        ProductLimit(
            "Income, at least", _paise(product.min_monthly_income_paise), "min_monthly_income_paise"
        ),
        ProductLimit("Age at application", _ages(product), "max_age_at_application_years"),
        ProductLimit(
            "Experience, at least",
            counted(product.min_experience_years, "years"),
            "min_experience_years",
        ),
        *_fees(product),
        ProductLimit(
            "Provision as", str(product.provision_segment).replace("_", " "), "provision_segment"
        ),
    )


def _paise(value: int | None) -> str:
    return NO_LIMIT if value is None else rupees_shown(value)


def _dues(product: Product) -> str:
    """The product's cap; where the law measures the whole household instead, its name."""
    if product.foir_cap_ppm is not None:
        return percent_shown(product.foir_cap_ppm)
    return NO_LIMIT if product.household_share_rule is None else "household rule"


def _months(value: int | None) -> str:
    return NO_LIMIT if value is None else f"{value} months of income"


def _ages(product: Product) -> str:
    least, most = product.min_age_at_application_years, product.max_age_at_application_years
    return f"{least} to {most} years"


def _security(product: Product) -> str:
    words = str(product.security).replace("_", " ").lower()
    above = product.security_required_above_paise
    return words if not above else f"{words}, required above {rupees_shown(above)}"


def _rate_type(product: Product) -> str:
    floating = product.floating
    if floating is None:
        return str(product.rate_type)
    return (
        f"{product.rate_type}: {floating.benchmark} + {percent_shown(floating.spread_ppm)}, "
        f"reset every {floating.reset_months} months"
    )


def _moratorium(product: Product) -> str:
    months = product.moratorium.max_months
    return f"up to {counted(months, 'months')}" if months else "none"


def _fees(product: Product) -> tuple[ProductLimit, ...]:
    lines = []
    for fee in product.fees:
        name = str(fee.kind).replace("_", " ").capitalize()
        lines.append(ProductLimit(f"Fee: {name}", _fee(fee), "fees"))
    return tuple(lines)


def _fee(fee: Fee) -> str:
    if fee.amount_paise is not None:
        return rupees_shown(fee.amount_paise)
    basis = str(fee.basis).replace("_", " ").lower()
    if fee.rate_ppm is None:
        return basis
    shown = f"{percent_shown(fee.rate_ppm)} {basis.removeprefix('percent ')}"
    if fee.min_paise:
        shown += f", at least {rupees_shown(fee.min_paise)}"
    return shown if fee.max_paise is None else f"{shown}, at most {rupees_shown(fee.max_paise)}"
