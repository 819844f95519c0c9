"""Figures of a model, held against their definitions pair by pair."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import model_statistics as measure
from app.rules.exact_fractions import rounded
from app.rules.measure_inputs import MeasureInputError
from app.rules.model_statistics import Confusion, ModelStatistics
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

CASES = st.lists(
    st.tuples(st.integers(0, 1), st.decimals(0, 1, places=2)), min_size=2, max_size=40
).filter(lambda cases: {outcome for outcome, _ in cases} == {0, 1})


def _figures(cases: list[tuple[int, Decimal]]) -> ModelStatistics:
    return measure.model_statistics(*map(list, zip(*cases, strict=True)))


@vectors_of("model_statistics")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(CASES)
def test_they_are_their_definitions(cases: list[tuple[int, Decimal]]) -> None:
    found = _figures(cases)
    goods = [p for outcome, p in cases if outcome == 0]
    bads = [p for outcome, p in cases if outcome == 1]
    won = sum(Fraction((bad > good) * 2 + (bad == good), 2) for bad in bads for good in goods)
    assert found.auc == won / (len(goods) * len(bads))
    assert found.ks == max(
        abs(
            Fraction(sum(p <= cut for p in goods), len(goods))
            - Fraction(sum(p <= cut for p in bads), len(bads))
        )
        for _, cut in cases
    )
    distances = [(Fraction(p) - outcome) ** 2 for outcome, p in cases]
    assert found.brier == sum(distances) / len(cases)


@given(CASES)
def test_flipping_the_outcomes_mirrors_the_auc(cases: list[tuple[int, Decimal]]) -> None:
    found, flipped = _figures(cases), _figures([(1 - outcome, p) for outcome, p in cases])
    assert 0 <= found.auc <= 1
    assert flipped.auc == 1 - found.auc
    assert flipped.gini == -found.gini
    assert flipped.ks == found.ks
    assert 0 <= found.ks <= 1
    assert 0 <= found.brier <= 1
    assert abs(found.gini) <= found.ks * 2


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_does_not_matter(cases, random) -> None:
    shuffled = list(cases)
    random.shuffle(shuffled)
    assert _figures(shuffled) == _figures(cases)


@pytest.mark.parametrize(
    ("outcomes", "probabilities", "field"),
    [
        ([], [], "outcomes"),
        ([0, 1], ["0.5"], "risk_probabilities"),
        ([0, 1], ["0.5", "1.01"], "risk_probabilities"),
        ([0, 1], ["NaN", "1"], "risk_probabilities"),
        ([0, 0], ["0.5", "0.5"], "outcomes"),
        ([1, 1], ["0.5", "0.5"], "outcomes"),
        ([0, 1, 2], ["0.5", "0.5", "0.5"], "outcomes"),
    ],
)
def test_cases_without_a_figure_are_refused(outcomes, probabilities, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        measure.model_statistics(outcomes, [Decimal(each) for each in probabilities])
    assert refusal.value.field == field


def test_confusion_figures_are_those_of_the_seed_s_matrix() -> None:
    found = Confusion(true_negative=136, false_positive=5, false_negative=10, true_positive=106)
    figures = (found.accuracy, found.precision, found.recall, found.f1)
    assert found.rows == 257
    assert [str(rounded(100 * each, 2)) for each in figures if each is not None] == [
        "94.16", "95.50", "91.38", "93.39",
    ]  # fmt: skip


@given(st.builds(Confusion, *[st.integers(0, 50)] * 4))
def test_f1_is_the_harmonic_mean_and_nothing_has_no_figure(found: Confusion) -> None:
    assert (found.accuracy is None) == (found.rows == 0)
    if found.true_positive:
        assert found.precision is not None
        assert found.recall is not None
        mean = 2 * found.precision * found.recall / (found.precision + found.recall)
        assert found.f1 == mean
    else:
        assert found.precision in {None, 0}
        assert found.recall in {None, 0}


def test_a_probability_at_the_cut_is_called_bad() -> None:
    good = [Decimal(each) for each in ("0.4", "0.5", "0.9")]
    bad = [Decimal(each) for each in ("0", "0.4", "0.4", "0.5", "0.5", "0.9", "1")]
    found = measure.confusion_of([0] * 3 + [1] * 7, good + bad, Decimal("0.50"))
    assert found == Confusion(true_negative=1, false_positive=2, false_negative=3, true_positive=4)
    assert measure.confusion_of([], [], Decimal("0.5")) == Confusion(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        (lambda: measure.confusion_of([0], [], Decimal(0)), "risk_probabilities"),
        (lambda: measure.confusion_of([2], [Decimal(0)], Decimal(0)), "outcomes"),
        (lambda: measure.confusion_of([1], [Decimal(2)], Decimal(0)), "risk_probabilities"),
        (lambda: measure.confusion_of([1], [Decimal(1)], Decimal(2)), "called_bad_from"),
        (lambda: measure.check_confusion(Confusion(0, 0, 0, 0)), "rows"),
        (lambda: measure.check_confusion(Confusion(1, -1, 1, 1)), "false_positive"),
    ],
)
def test_counts_that_do_not_fit_are_refused(refused, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        refused()
    assert refusal.value.field == field


def test_counts_that_fit_are_not() -> None:
    measure.check_confusion(Confusion(0, 0, 0, 1))


def _with(auc: str, ks: str, brier: str) -> ModelStatistics:
    return ModelStatistics(Fraction(auc), Fraction(ks), Fraction(brier))


def test_alerts_fire_beyond_their_rows_only() -> None:
    before = _with("0.80", "0.50", "0.10")
    at_the_lines = _with("0.75", "0.40", "0.12")
    assert measure.worsened(before, at_the_lines, RULEBOOK, TODAY) == ()
    beyond = _with("0.7499", "0.3999", "0.1201")
    assert measure.worsened(before, beyond, RULEBOOK, TODAY) == (
        "AUC_DROP", "KS_DROP", "BRIER_RISE",
    )  # fmt: skip
    perfect = _with("1", "1", "0")
    assert measure.worsened(perfect, _with("1", "1", "0.3"), RULEBOOK, TODAY) == ()


@given(st.integers(0, 3), st.integers(-2, 2))
def test_many_probabilities_are_put_in_order_across_all_parts(parts: int, more: int) -> None:
    count = max(parts * 1_000 + more, 0)
    shuffled = [Decimal(place * 7_919 % max(count, 1)) for place in range(count)]
    assert list(measure.lowest_first(shuffled)) == sorted(shuffled)


def test_nothing_long_is_sorted_in_one_piece(monkeypatch) -> None:
    count, lengths = 5_000, []

    def watched(values):
        listed = list(values)
        lengths.append(len(listed))
        return sorted(listed)

    monkeypatch.setattr(measure, "sorted", watched, raising=False)
    chances = [Decimal(place * 7_919 % count) / count for place in range(count)]
    measure.model_statistics([place % 50 == 0 for place in range(count)], chances)
    assert sum(lengths) == count
    assert max(lengths) <= 1_000  # longer ones keep Python's lock from the window


@given(st.lists(st.tuples(st.sampled_from((Decimal("0.1"), Decimal("0.2"))), st.integers(0, 1))))
def test_every_case_is_counted(cases) -> None:
    assert measure.counted(cases) == Counter(cases)
