"""What the bundled champion is worth on fresh loans whose true probabilities are known.

The quick tests draw 3,000 applications; with --long the full figures of the design are shown:
20,000 disbursed loans, and 1,000 applicants x 200 points x 5 levers.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.rules.case_facts import CaseFacts, CollateralFacts, ObligationFacts
from app.rules.rulebook import Rulebook
from app.services.steps.assemble_features import assemble_features
from app.services.steps.drawn_cases import case_of_drawn
from app.services.steps.training_draw import (
    STANDARD_LOANS,
    Drawing,
    applications_for,
    labelled_table,
    labels_of_book,
    matured,
)
from db.vocabulary.lending import CollateralType, ObligationType
from ml.features import position
from ml.runtime.model_file import RiskModel, load_model, read_keys
from ml.sample.drawn_book import DrawnBook
from ml.training.band_coverage import band_coverage
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import area_under_curve, brier
from ml.training.fit_boosting import BoostingShape, fit_boosting
from ml.training.fit_calibration import probability_table
from ml.training.model_card import filled, fills_of
from ml.training.splits import groups_of, split_by_time

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
DAY = date(2026, 9, 30)
ROUNDING = 1e-12


@pytest.fixture(scope="module")
def champion() -> RiskModel:
    return load_model(MODELS / "champion", read_keys(MODELS / "keys.json", DAY))


@pytest.fixture(scope="module")
def fresh(rulebook: Rulebook) -> DrawnBook:
    return matured(Drawing(rulebook, DAY, 5_042), 3_000)


def _disbursed(book: DrawnBook):
    lent = np.array([word == "Approved" for word in book.verdicts])
    return book.rows[lent], book.defaults[lent].astype(np.int64), book.true_probabilities[lent]


def _expected_auc(true, index) -> float:
    """The AUC without the luck of the draw: every loan counts as bad by its true probability."""
    order = np.argsort(index, kind="stable")
    bad, good = true[order], 1 - true[order]
    below = np.cumsum(good) - good
    return float((bad * below).sum() / (bad.sum() * good.sum() - (bad * good).sum()))


def _gap(book: DrawnBook, champion: RiskModel) -> tuple[float, float]:
    rows, _, true = _disbursed(book)
    index = champion.probabilities(rows)
    calibrated = champion.facts.table.rates_of(index)
    limit = float((true * (1 - true)).mean())
    expected_brier = limit + float(((calibrated - true) ** 2).mean())
    return _expected_auc(true, true) - _expected_auc(true, index), expected_brier / limit


def test_the_gap_to_the_limit_is_small_on_a_small_draw(
    fresh: DrawnBook, champion: RiskModel
) -> None:
    """True probabilities instead of outcomes: no luck of the draw, so few loans suffice."""
    auc_gap, brier_ratio = _gap(fresh, champion)
    assert 0.0 < auc_gap <= 0.03
    assert 1.0 < brier_ratio <= 1.05


def _assert_covered(champion: RiskModel, labels, index) -> None:
    card = champion.card
    bads = card["bads"]["train"]
    calibration = (card["rows"]["train"] - bads, bads)
    found = band_coverage(champion.facts.conformal, (labels, index), calibration, 3)
    assert all(row[name]["holds"] for row in found for name in ("good", "bad")), found


def test_coverage_per_class_on_a_small_draw(fresh: DrawnBook, champion: RiskModel) -> None:
    rows, labels, _ = _disbursed(fresh)
    _assert_covered(champion, labels, champion.probabilities(rows))


def _levers(case: CaseFacts, points: int) -> dict[str, list[CaseFacts]]:
    """Five levers, each swept in the direction in which risk may only rise."""
    rising = np.linspace(0.2, 4.0, points)

    def amount(share: float) -> CaseFacts:
        paise = int(case.terms.amount_paise * share) // 100 * 100
        return replace(case, terms=replace(case.terms, amount_paise=max(paise, 1_000_000)))

    def income(share: float) -> CaseFacts:
        paise = int(case.applicant.monthly_income_paise / share) // 100 * 100
        return replace(case, applicant=replace(case.applicant, monthly_income_paise=paise))

    def security(share: float) -> CaseFacts:
        value = int(case.terms.amount_paise * 2 / share)
        return replace(case, collateral=(CollateralFacts(CollateralType.PROPERTY, value),))

    def dues(share: float) -> CaseFacts:
        due = ObligationFacts(
            "",
            ObligationType.PERSONAL_LOAN,
            int(case.applicant.monthly_income_paise * share / 8),
            0,
        )
        return replace(case, obligations=(due,))

    def helper(share: float) -> CaseFacts:
        own = int(case.applicant.monthly_income_paise / share)
        return replace(case, co_applicants=1, co_applicant_income_paise=own)

    levers = {"amount": amount, "income": income, "security": security}
    levers |= {"dues": dues, "co-applicant": helper}
    return {name: [move(float(at)) for at in rising] for name, move in levers.items()}


def _violations(
    book: DrawnBook, champion: RiskModel, rulebook: Rulebook, sizes: tuple[int, int]
) -> dict[str, int]:
    applicants, points = sizes
    wrong: dict[str, int] = {}
    for item in book.applications[:applicants]:
        case = case_of_drawn(book.customers[item.customer_index], item)
        for name, cases in _levers(case, points).items():
            rows = np.array([assemble_features(each, rulebook) for each in cases])
            moves = np.diff(champion.probabilities(rows))
            wrong[name] = wrong.get(name, 0) + int((moves < -ROUNDING).sum())
    return wrong


NO_WRONG_WAY = {"amount": 0, "income": 0, "security": 0, "dues": 0, "co-applicant": 0}


def test_no_lever_lowers_the_risk_the_wrong_way(
    fresh: DrawnBook, champion: RiskModel, rulebook: Rulebook
) -> None:
    assert _violations(fresh, champion, rulebook, (12, 40)) == NO_WRONG_WAY


@pytest.mark.long
def test_1000_applicants_by_200_points_by_5_levers(
    fresh: DrawnBook, champion: RiskModel, rulebook: Rulebook
) -> None:
    assert _violations(fresh, champion, rulebook, (1_000, 200)) == NO_WRONG_WAY


@pytest.mark.long
def test_gaps_of_forest_and_boosting_on_20_000_realistic_loans(
    champion: RiskModel, rulebook: Rulebook
) -> None:
    rows, labels, true = _disbursed(
        matured(Drawing(rulebook, DAY, 1_042), applications_for(20_000))
    )
    assert len(rows) == 20_000
    limit, best = area_under_curve(labels, true), brier(labels, true)
    index = champion.probabilities(rows)
    forest = area_under_curve(labels, index)
    assert limit is not None
    assert forest is not None
    assert limit - forest <= 0.03
    assert brier(labels, champion.facts.table.rates_of(index)) <= 1.05 * best
    _assert_covered(champion, labels, index)

    drawing = Drawing(rulebook, DAY, 42)
    source = matured(drawing, applications_for(STANDARD_LOANS))
    table = labelled_table(source, labels_of_book(source, drawing.label_rule(), DAY))
    groups = groups_of(table["customers"], table["rows"])
    train = split_by_time(table["months"], groups, 0.25).train
    fills = fills_of(table["rows"][train])
    known = table["labels"][train]
    fitted = fit_boosting(
        filled(table["rows"][train], fills), known, groups[train], BoostingShape()
    )
    answers = bad_share(fitted.model, filled(rows, fills))
    boosting = area_under_curve(labels, answers)
    assert boosting is not None
    assert limit - boosting <= 0.02
    steps = probability_table(fitted.cross_fitted, known, synthetic=True, min_rows=200)
    assert brier(labels, steps.rates_of(answers)) <= 1.05 * best


def test_a_missing_score_counts_as_risk(fresh: DrawnBook, champion: RiskModel) -> None:
    """The forest learnt that no score is worse than the median score that fills it."""
    rows = fresh.rows[:300].copy()
    at, flag = position("bureau_score"), position("bureau_score_missing")
    rows[:, at], rows[:, flag] = champion.facts.fills[at], 0.0
    known = champion.probabilities(rows)
    rows[:, at], rows[:, flag] = np.nan, 1.0
    assert float((champion.probabilities(rows) - known).mean()) > 0.02
