"""The shipped products are whole: ranges, fees, caps and rule rows they point at."""

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

from app.rules.money import PPM_PER_PERCENT
from app.rules.products import Moratorium, Steps, parse_products
from db.vocabulary.lending import CollateralType, FeeBasis, FeeKind, SecurityRule
from db.vocabulary.people import EmploymentType
from tests.rules.lending_vectors import RULEBOOK, TODAY, load

DOCUMENT = load("products.json")
PRODUCTS = parse_products(DOCUMENT)


def test_there_are_ten_products_with_ids_of_their_own() -> None:
    assert len(PRODUCTS) == 10
    assert len({product.row_id for product in PRODUCTS}) == 10


def test_ranges_are_ordered_and_the_card_rate_lies_on_the_card() -> None:
    for product, fields in zip(PRODUCTS, DOCUMENT["products"], strict=True):
        for steps in (product.amount_paise, product.tenure_months, product.rate_ppm):
            assert 0 < steps.least <= steps.most
            assert steps.step > 0
        assert product.rate_ppm.on_step(product.card_rate_ppm), product.product_code
        shown = Decimal(fields["card_rate_percent"]) * PPM_PER_PERCENT
        assert shown == product.card_rate_ppm
        if product.floating is not None:
            benchmark = RULEBOOK.ppm("benchmark_rate", TODAY, product.floating.benchmark)
            assert benchmark + product.floating.spread_ppm == product.card_rate_ppm


def test_steps_say_what_lies_inside_and_what_a_slider_reaches() -> None:
    steps = PRODUCTS[0].tenure_months
    assert steps.allows(steps.least)
    assert steps.allows(steps.most)
    assert not steps.allows(steps.most + 1)
    assert steps.allows(steps.least + 1)
    assert not steps.on_step(steps.least + 1)


def test_every_rule_a_product_names_is_in_the_book() -> None:
    for product in PRODUCTS:
        named = {
            product.household_income_rule, product.household_share_rule,
            product.foir_exempt_up_to_rule, product.emi_refer_rule, product.emi_reject_rule,
            *(cap.cap_rule for cap in product.ltv), *(fee.gst_rule for fee in product.fees),
        } - {None}  # fmt: skip
        assert all(RULEBOOK.knows(str(rule)) for rule in named), product.product_code


def test_every_security_taken_has_a_cap_and_every_kind_of_work_an_age() -> None:
    for product in PRODUCTS:
        assert {cap.collateral_type for cap in product.ltv} == set(product.security_types)
        assert set(product.max_age_at_maturity_years) >= set(product.employment_types)
        assert (product.security is SecurityRule.NOT_TAKEN) == (not product.security_types)
        for kind in CollateralType:
            assert (product.ltv_cap(kind) is None) == (kind not in product.security_types)


def test_fees_carry_the_figure_of_their_basis() -> None:
    for product in PRODUCTS:
        processing = product.fee(FeeKind.PROCESSING)
        assert processing is not None
        for fee in product.fees:
            assert (fee.rate_ppm is not None) == fee.basis.startswith("PERCENT")
            assert (fee.amount_paise is not None) == (fee.basis is FeeBasis.FLAT)


def test_names_fall_back_to_english() -> None:
    product = PRODUCTS[0]
    assert product.name("en") == "Home loan"
    assert product.name("kn") == "Home loan"
    assert product.name("hi") != "Home loan"
    assert product.in_force(TODAY)
    assert EmploymentType.SALARIED in product.employment_types


def test_a_product_carries_what_the_file_says() -> None:
    for product, fields in zip(PRODUCTS, DOCUMENT["products"], strict=True):
        household, dti = fields["household_rule"] or {}, fields["dti_policy"] or {}
        assert product.ecl_segment_unsecured == fields["ecl_segment_unsecured"]
        assert (product.household_income_rule, product.household_share_rule) == (
            household.get("income_rule"), household.get("share_rule"),
        )  # fmt: skip
        assert (product.emi_refer_rule, product.emi_reject_rule) == (
            dti.get("refer_rule"), dti.get("reject_rule"),
        )  # fmt: skip
        floating = None if product.floating is None else asdict(product.floating)
        assert floating == fields["floating"]
        assert _listed(product.moratorium) == fields["moratorium"]
        for name, figure in asdict(product.penal).items():
            assert figure == fields["penal"].get(name)
        assert [asdict(cap) for cap in product.ltv] == fields["ltv"]


def _listed(moratorium: Moratorium) -> dict[str, object]:
    return {**asdict(moratorium), "treatments": list(moratorium.treatments)}


def test_a_fee_carries_what_the_file_says() -> None:
    optional = dict.fromkeys(("rate_ppm", "amount_paise", "min_paise", "max_paise", "note"))
    for product, fields in zip(PRODUCTS, DOCUMENT["products"], strict=True):
        for kind in FeeKind:
            fee, given = product.fee(kind), fields["fees"].get(kind)
            if given is None:
                assert fee is None
            else:
                assert fee is not None
                assert asdict(fee) == {**optional, "kind": kind, **given}


def test_a_product_is_offered_from_its_first_to_its_last_day() -> None:
    closed = {**DOCUMENT["products"][0], "effective_to": "2026-12-31"}
    (product,) = parse_products({"products": [closed]})
    first, last = product.effective_from, date(2026, 12, 31)
    assert product.effective_to == last
    days = (first - timedelta(days=1), first, last, last + timedelta(days=1))
    assert [product.in_force(day) for day in days] == [False, True, True, False]


def test_steps_count_from_the_least() -> None:
    steps = Steps(least=3, most=33, step=10)
    assert [value for value in range(40) if steps.on_step(value)] == [3, 13, 23, 33]
