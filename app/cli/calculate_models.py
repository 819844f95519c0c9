"""``calculate`` families of the model room: stability, model statistics, fairness."""

from collections.abc import Callable, Mapping

from app.cli.calculate_fields import Answer, Basis, Fields, places
from app.cli.calculate_lists import decimals, fraction_places, wholes
from app.rules.fairness import GroupComparison, GroupCounts, compare_groups, passes_four_fifths
from app.rules.model_statistics import model_statistics
from app.rules.population_stability import stability_index, status_of

_NAMES = ("a", "b")


def population_stability(fields: Fields, basis: Basis) -> Answer:
    """The stability index of two distributions and its band."""
    index = stability_index(
        decimals(fields, "expected_shares"),
        decimals(fields, "actual_shares"),
        basis.rulebook,
        basis.on,
    )
    return {"psi": places(index, 6), "status": status_of(index, basis.rulebook, basis.on).value}


def statistics_of_model(fields: Fields, _: Basis) -> Answer:
    """AUC, Gini, KS and Brier."""
    found = model_statistics(wholes(fields, "outcomes"), decimals(fields, "risk_probabilities"))
    figures = {"auc": found.auc, "gini": found.gini, "ks": found.ks, "brier": found.brier}
    return {name: fraction_places(figure, 6) for name, figure in figures.items()}


def _compared(fields: Fields, counted: str) -> GroupComparison:
    groups = {
        name: GroupCounts(fields.whole(f"{name}_approved"), fields.whole(f"{name}_{counted}"))
        for name in _NAMES
    }
    return compare_groups(groups, counted)


def _rates(found: GroupComparison) -> Answer:
    return {f"{name}_rate": fraction_places(rate, 4) for name, rate in found.rates.items()}


def approval_fairness(fields: Fields, basis: Basis) -> Answer:
    """Approval rates of two groups against each other."""
    found = _compared(fields, "total")
    passes = passes_four_fifths(found.ratio, basis.rulebook, basis.on)
    return {
        **_rates(found),
        "ratio": None if found.ratio is None else fraction_places(found.ratio, 4),
        "four_fifths": "PASS" if passes else "FAIL",
        "parity_gap": fraction_places(found.gap, 4),
    }


def equal_opportunity(fields: Fields, _: Basis) -> Answer:
    """Approval rates of two groups among those who repaid."""
    found = _compared(fields, "repaid")
    return {**_rates(found), "gap": fraction_places(found.gap, 4)}


FAMILIES: Mapping[str, Callable[[Fields, Basis], Answer]] = {
    "population_stability": population_stability,
    "model_statistics": statistics_of_model,
    "approval_fairness": approval_fairness,
    "equal_opportunity": equal_opportunity,
}
