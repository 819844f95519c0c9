"""All checks together: order, unknown facts, and the recommendation that follows."""

from dataclasses import replace
from itertools import product as combinations

import pytest

from app.rules.application_figures import figures_of
from app.rules.case_facts import CaseFacts
from app.rules.credit_policy import (
    PERSON_CHECKS,
    PRODUCT_CHECKS,
    Estimate,
    PolicyLine,
    _fact_words,
    policy_lines,
    recommend,
    recommendation_text,
    worst,
)
from app.rules.policy_findings import Finding
from db.vocabulary.decisions import (
    Band,
    PolicyState,
    Recommendation,
    RecommendationText,
    RiskLevel,
)
from db.vocabulary.reasons import PolicyCheck
from tests.rules.case_samples import DAY, SHOWN, WORKED, lines_of, with_terms
from tests.rules.lending_vectors import RULEBOOK, load, wording

APPROVE, REFER, REJECT = Recommendation
LOW = Estimate(Band.CLEAR, RiskLevel.LOW)
SEEN = replace(
    WORKED,
    papers=tuple(
        (check, PolicyState.PASS) for check in (PolicyCheck.DOC_SET, PolicyCheck.DOC_INCOME)
    ),
)


def _lines(case: CaseFacts) -> list[PolicyLine]:
    return list(lines_of(case).values())


def _recommended(case: CaseFacts, estimate: Estimate = LOW) -> Recommendation:
    return recommend(_lines(case), estimate, RULEBOOK, DAY)


def test_every_check_of_the_word_list_is_run_in_its_order() -> None:
    assert set(PERSON_CHECKS) | set(PRODUCT_CHECKS) == set(PolicyCheck)
    assert [line.rule for line in _lines(WORKED)] == list(PolicyCheck)


def test_each_line_carries_what_the_word_list_says() -> None:
    words = {word["code"]: word for word in load("words.json")["lists"]["policy_check"]["words"]}
    for line in _lines(WORKED):
        word = words[line.rule]
        assert (line.on_breach, line.reason, line.measure) == (
            word["on_breach"], word["reason"], word["measure"],
        )  # fmt: skip


def test_every_limit_of_the_word_list_is_a_row_or_a_product_field() -> None:
    fields = load("products.json")["products"][0]
    for word in load("words.json")["lists"]["policy_check"]["words"]:
        source, _, names = word["limit"].partition(":")
        for name in names.split(","):
            assert RULEBOOK.knows(name) if source == "row" else name in fields, word


def test_the_worked_case_breaches_the_guide_alone() -> None:
    breached = [line.rule for line in _lines(SEEN) if line.breached]
    assert breached == [PolicyCheck.FOIR_CAP]
    assert _recommended(SEEN) is REFER


def test_the_offer_of_the_decision_view_passes() -> None:
    offer = with_terms(SEEN, amount_paise=8_20_000_00, tenure_months=72)
    assert [line.rule for line in _lines(offer) if line.breached] == []
    assert _recommended(offer) is APPROVE
    ratio = figures_of(offer, RULEBOOK).fixed_obligation_to_income_ratio
    assert f"{ratio:.2f}" == "45.56"


def test_an_empty_case_passes_nothing_that_has_a_limit() -> None:
    states = {line.rule: line.state for line in _lines(CaseFacts(as_of=DAY))}
    assert states[PolicyCheck.FOIR_CAP] is PolicyState.UNVERIFIED
    passed = {check for check, state in states.items() if state is PolicyState.PASS}
    assert passed == {PolicyCheck.NPA_OWN}
    assert _recommended(CaseFacts(as_of=DAY)) is REFER


def test_the_text_speaks_the_language_of_the_words() -> None:
    lines = policy_lines(WORKED, figures_of(WORKED, RULEBOOK), RULEBOOK, wording("hi"))
    foir = next(line for line in lines if line.rule is PolicyCheck.FOIR_CAP)
    assert "55.95 %" in foir.text
    assert "आय" in foir.text
    seen = next(line for line in lines if line.rule is PolicyCheck.DOC_SET)
    assert seen.text.startswith("सूची")


@pytest.mark.parametrize(
    ("band", "level", "expected"),
    [
        (Band.CLEAR, RiskLevel.LOW, APPROVE),
        (None, RiskLevel.LOW, APPROVE),
        (Band.CLEAR, RiskLevel.MEDIUM, REFER),
        (Band.CLEAR, RiskLevel.HIGH, REJECT),
        (Band.BORDERLINE, RiskLevel.LOW, REFER),
        (Band.OUT_OF_RANGE, RiskLevel.LOW, REFER),
        (Band.BORDERLINE, RiskLevel.HIGH, REJECT),
        (None, None, REFER),
    ],
)
def test_the_model_pulls_as_its_rule_rows_say(
    band: Band | None, level: RiskLevel | None, expected: Recommendation
) -> None:
    assert recommend([], Estimate(band, level), RULEBOOK, DAY) is expected


def test_the_worst_pull_wins_and_not_checked_is_at_most_refer() -> None:
    line = _lines(WORKED)[0]
    hard = replace(line, on_breach=PolicyState.FAIL)
    pulls = {
        PolicyState.PASS: APPROVE,
        PolicyState.NOTE: APPROVE,
        PolicyState.NOT_APPLICABLE: APPROVE,
        PolicyState.UNVERIFIED: REFER,
        PolicyState.REFER: REFER,
        PolicyState.FAIL: REJECT,
    }
    for one, other in combinations(pulls, pulls):
        lines = [replace(hard, state=one), replace(hard, state=other)]
        order = [APPROVE, REFER, REJECT]
        worst = max(pulls[one], pulls[other], key=order.index)
        assert recommend(lines, LOW, RULEBOOK, DAY) is worst
    soft = replace(line, on_breach=PolicyState.NOTE, state=PolicyState.UNVERIFIED)
    assert recommend([soft], LOW, RULEBOOK, DAY) is APPROVE


def test_each_recommendation_has_its_sentence() -> None:
    soft = [replace(_lines(WORKED)[0], state=PolicyState.REFER)]
    text = RecommendationText
    for lines, estimate, recommendation, expected in (
        ([], LOW, APPROVE, text.SUPPORTS),
        (soft, LOW, REJECT, text.DOES_NOT_SUPPORT),
        (soft, Estimate(Band.OUT_OF_RANGE, RiskLevel.LOW), REFER, text.OUT_OF_RANGE),
        (soft, Estimate(Band.BORDERLINE, RiskLevel.LOW), REFER, text.BORDERLINE),
        (soft, LOW, REFER, text.JUDGEMENT),
        ([], Estimate(Band.CLEAR, RiskLevel.MEDIUM), REFER, text.JUDGEMENT),
        ([], LOW, REFER, text.NOT_ENOUGH),
        ([], Estimate(), REFER, text.NOT_ENOUGH),
    ):
        assert recommendation_text(lines, estimate, recommendation) is expected
    assert SHOWN.label("recommendation_text", text.SUPPORTS) == "Supports approval"


def _texts(case: CaseFacts) -> dict[PolicyCheck, str]:
    return {check: line.text for check, line in lines_of(case).items()}


def test_a_line_says_its_figure_and_only_a_breach_its_yardstick() -> None:
    found = _texts(with_terms(rate_ppm=123_000))
    card = "Rate on the card: 12.30 %; the card says 11.75 – 13.50 %"  # noqa: RUF001  # a range
    assert found[PolicyCheck.PROD_RATE] == card
    assert _texts(WORKED)[PolicyCheck.PROD_RATE] == "Rate on the card: 12.25 %"
    assert found[PolicyCheck.DOC_SET] == "All papers of the checklist: not checked"
    assert found[PolicyCheck.NPA_OWN] == "No NPA with this bank"
    assert lines_of(WORKED)[PolicyCheck.NPA_OWN].label == "No NPA with this bank"
    without_limit = Finding(holds=False, value="7")
    assert _fact_words("A check", without_limit, breached=True) == "A check: 7"


def test_nothing_at_all_supports_approval() -> None:
    assert worst([]) is APPROVE
