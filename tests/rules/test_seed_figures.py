"""What the original printed against what our rules compute; its errors are never expected."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.cli.calculate_fields import places, rupees_of
from app.rules.affordability import months_of_income, ratio_to_income
from app.rules.emi import emi, exact_emi
from app.rules.money import ppm_of_percent, round_half_up
from app.rules.portfolio_ratios import default_rate, percent
from app.rules.score_bands import credit_score
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import RULEBOOK, TODAY, same, vectors_of

Figures = dict[str, Any]


def _paise(rupees: str) -> int:
    return round_half_up(Decimal(rupees) * 100)


def _share(part: int, whole: int, count: int = 2) -> str:
    found = percent(part, whole)
    assert found is not None
    return places(found, count)


def _npa(given: Figures) -> Figures:
    part, whole = _paise(given["gross_npa"]), _paise(given["outstanding"])
    return {"npa_ratio": _share(part, whole), "npa_ratio_unrounded": _share(part, whole, 6)}


def _rates(given: Figures) -> Figures:
    rate = default_rate(given["defaulted_loans"], given["loans"])
    assert rate is not None
    approval = _share(given["loans"], given["applications"])
    return {"default_rate": places(rate), "approval_rate": approval}


def _outstanding(given: Figures) -> Figures:
    return {"outstanding": rupees_of(Decimal(_paise(given["disbursed"]) - _paise(given["repaid"])))}


def _average(given: Figures) -> Figures:
    disbursed = Decimal(_paise(given["disbursed"]))
    average = rupees_of(disbursed / given["loans"])
    return {"disbursed_crore": places(disbursed / 10**9), "average_loan": average}


def _scores(given: Figures) -> Figures:
    found = [credit_score(Decimal(p), RULEBOOK, TODAY) for p in given["risk_probabilities"]]
    return {"credit_scores": [places(score) for score in found]}


def _loan(given: Figures, principal: str, months: int) -> Figures:
    paise, income = _paise(principal), _paise(given["monthly_income"])
    instalment = emi(paise, ppm_of_percent(Decimal(given["rate"])), months, EmiRounding.RUPEE)
    flat = Decimal(paise) / months
    return {
        "new_emi_ratio": places(ratio_to_income(instalment, income)),
        "lti_months": places(months_of_income(paise, income)),
        "flat_instalment": rupees_of(flat),
        "flat_instalment_ratio": places(100 * flat / income),
    }


def _example(given: Figures) -> Figures:
    other = _loan(given, "1000000.00", 60)
    del other["flat_instalment"]
    belongs = {"principal": "1000000.00", "months": 60, **other}
    own = _loan(given, given["principal"], given["months"])
    return {**own, "printed_belongs_to": belongs}


def _classes(given: Figures) -> Figures:
    counts = given["class_counts"]
    shares = [_share(count, sum(counts)) for count in counts]
    total = sum(map(Decimal, shares))
    return {"loans": sum(counts), "shares": shares, "shares_total": places(total)}


def _confusion(given: Figures) -> Figures:
    hit, miss = given["true_positive"], given["false_negative"]
    alarm, rows = given["false_positive"], sum(given.values())
    return {
        "rows": rows,
        "accuracy": _share(hit + given["true_negative"], rows),
        "precision": _share(hit, hit + alarm),
        "recall": _share(hit, hit + miss),
        "f1": _share(2 * hit, 2 * hit + alarm + miss),
    }


def _instalments(given: Figures) -> Figures:
    paise, rate = _paise(given["principal"]), ppm_of_percent(Decimal(given["rate"]))
    return {"emi": [rupees_of(exact_emi(paise, rate, months)) for months in given["months"]]}


RIGHT: dict[str, Callable[[Figures], Figures]] = {
    "V135": _npa,
    "V136": _rates,
    "V137": _outstanding,
    "V138": _average,
    "V139": _scores,
    "V140": _example,
    "V141": _classes,
    "V142": _confusion,
    "V144": _instalments,
}


@vectors_of("seed_figures")
def test_vector(vector: dict[str, Any]) -> None:
    printed, right = vector["input"]["printed"], vector["expected"]["right"]
    if vector["id"] == "V143":  # a statement about two sums, nothing to compute it from
        samples, targets = sum(printed["samples"]), sum(printed["targets"])
        found = {"samples_total": samples, "targets_total": targets}
        found["difference"] = targets - samples
        agrees = samples == targets
    else:
        found = RIGHT[vector["id"]](vector["input"]["given"])
        agrees = all(same(found[name], value) for name, value in printed.items())
    assert same(found, right)
    assert agrees is vector["expected"]["agrees"]
