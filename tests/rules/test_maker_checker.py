"""What a proposal and a decision must say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.case_standing import Terms
from app.rules.maker_checker import (
    APPROVING,
    Judged,
    Verdict,
    blocking,
    decided_terms_faults,
    is_override,
    limits_by_authority,
    proposed_terms_faults,
    sanction_limit_paise,
    verdict_faults,
)
from db.vocabulary.decisions import Decision, PolicyState, Recommendation
from db.vocabulary.people import SanctionAuthority
from db.vocabulary.reasons import ApproveReason, PolicyCheck, RejectReason, ReturnReason
from tests.rules.case_samples import DAY, SHOWN, WORKED, lines_of
from tests.rules.lending_vectors import RULEBOOK

NOTE = "Seen with the papers here"  # 25 characters; the rule row asks for 20
LINES = tuple(lines_of(WORKED).values())
PRODUCT = RULEBOOK.product("HOME_RENOVATION", DAY)
ASKED = Terms(10_00_000_00, 60, 122_500)


def judged(said: Recommendation = Recommendation.REFER, *states: PolicyState, **more) -> Judged:
    """A judgement whose EMI-MAX check, a knock-out, has the states given."""
    line = lines_of(WORKED)[PolicyCheck.EMI_MAX]
    assert line.on_breach is PolicyState.FAIL
    return Judged(said, tuple(replace(line, state=state) for state in states), DAY, **more)


def faults(verdict: Verdict, case: Judged) -> dict[str, str]:
    return verdict_faults(verdict, case, RULEBOOK, SHOWN)


def approval(reason: str = ApproveReason.APP_JUDGEMENT, **fields) -> Verdict:
    return Verdict(Decision.APPROVE, reasons=(reason,), note=NOTE, **fields)


def test_a_sound_approval_has_no_fault() -> None:
    assert faults(approval(), judged()) == {}
    plain = Verdict(Decision.APPROVE, reasons=(ApproveReason.APP_POLICY,))
    assert faults(plain, judged(Recommendation.APPROVE)) == {}


@pytest.mark.parametrize("state", [PolicyState.FAIL, PolicyState.UNVERIFIED])
def test_a_knock_out_that_failed_or_was_not_checked_blocks_an_approval(state) -> None:
    case = judged(Recommendation.REJECT, state)
    assert [line.state for line in blocking(case.lines)] == [state]
    override = approval(ApproveReason.APP_OVERRIDE, override_reason="OVR-SECURITY")
    assert "decision" in faults(override, case)


def test_softer_breaches_do_not_block() -> None:
    soft = [line for line in LINES if line.on_breach is not PolicyState.FAIL]
    hurt = [replace(line, state=PolicyState.UNVERIFIED) for line in soft]
    assert blocking(hurt) == ()


@pytest.mark.parametrize(
    ("verdict", "said", "field"),
    [
        (Verdict(Decision.APPROVE), Recommendation.APPROVE, "reason"),
        (approval("REJ-TITLE"), Recommendation.APPROVE, "reason"),
        (approval(ApproveReason.APP_POLICY), Recommendation.REFER, "reason"),
        (approval(ApproveReason.APP_JUDGEMENT), Recommendation.REJECT, "reason"),
        (approval(ApproveReason.APP_OVERRIDE), Recommendation.REJECT, "override_reason"),
        (
            approval(ApproveReason.APP_OVERRIDE, override_reason="OVR-INCOME-DOUBT"),
            Recommendation.REJECT,
            "override_reason",
        ),
        (replace(approval(), note="x" * 19), Recommendation.REFER, "note"),
        (approval(conflict_of_interest=True), Recommendation.REFER, "conflict_of_interest"),
    ],
)
def test_faults_of_an_approval(verdict: Verdict, said: Recommendation, field: str) -> None:
    assert field in faults(verdict, judged(said))


def test_an_override_needs_its_code_and_its_note() -> None:
    sound = approval(ApproveReason.APP_OVERRIDE, override_reason="OVR-SECURITY")
    assert faults(sound, judged(Recommendation.REJECT)) == {}
    assert "note" in faults(replace(sound, note=" " * 30), judged(Recommendation.REJECT))
    both_ways = replace(sound, override_reason="OVR-OLD-FACT")
    assert faults(both_ways, judged(Recommendation.REJECT)) == {}


def rejection(*codes: str, **fields) -> Verdict:
    return Verdict(Decision.REJECT, reasons=codes, **fields)


def test_a_rejection_gives_reasons_that_exist() -> None:
    assert faults(rejection("REJ-TITLE"), judged()) == {}
    assert "reason" in faults(rejection(), judged())
    assert "reason" in faults(rejection("REJ-TITLE", "NONSENSE"), judged())
    too_many = ("REJ-TITLE", "REJ-MISMATCH", "REJ-END-USE", "REJ-PAPERS", "REJ-KYC")
    assert faults(rejection(*too_many[:4]), judged()) == {}
    assert "at most 4" in faults(rejection(*too_many), judged())["reason"]


def test_a_reason_of_the_model_must_be_its_own() -> None:
    code = RejectReason.REJ_M_DTI
    assert "reason" in faults(rejection(code), judged())
    assert faults(rejection(code), judged(model_reasons=frozenset({str(code)}))) == {}


def test_a_rule_that_the_case_keeps_is_no_reason() -> None:
    code = RejectReason.REJ_EMI_SHARE
    for state in (PolicyState.PASS, PolicyState.UNVERIFIED, PolicyState.NOT_APPLICABLE):
        case = judged(Recommendation.REFER, state)
        assert "must be one that this case broke" in faults(rejection(code), case)["reason"]
    assert faults(rejection(code), judged(Recommendation.REFER, PolicyState.REFER)) == {}
    assert faults(rejection(RejectReason.REJ_PAPERS), judged()) == {}


def test_a_failed_rule_stays_among_the_reasons() -> None:
    case = judged(Recommendation.REJECT, PolicyState.FAIL)
    assert "failed rule" in faults(rejection("REJ-TITLE"), case)["reason"]
    assert faults(rejection(RejectReason.REJ_EMI_SHARE, "REJ-TITLE"), case) == {}


def test_a_rejection_against_the_recommendation_is_an_override() -> None:
    case = judged(Recommendation.APPROVE)
    assert set(faults(rejection("REJ-TITLE"), case)) == {"note", "override_reason"}
    sound = rejection("REJ-TITLE", note=NOTE, override_reason="OVR-PAPERS-DOUBT")
    assert faults(sound, case) == {}
    wrong_way = replace(sound, override_reason="OVR-SECURITY")
    assert set(faults(wrong_way, case)) == {"override_reason"}


def test_a_return_asks_something() -> None:
    sound = Verdict(Decision.RETURN, reasons=(ReturnReason.RET_KYC,), note="Which address?")
    assert faults(sound, judged()) == {}
    assert set(faults(Verdict(Decision.RETURN), judged())) == {"reason", "return_questions"}
    assert set(faults(replace(sound, reasons=("REJ-KYC",)), judged())) == {"reason"}


@pytest.mark.parametrize("decision", list(Decision))
def test_refer_leaves_it_to_the_person(decision: Decision) -> None:
    assert not is_override(decision, Recommendation.REFER)


TERMS = st.builds(
    Terms,
    st.integers(1, 2 * ASKED.amount_paise),
    st.integers(1, 120),
    st.integers(PRODUCT.rate_ppm.least, PRODUCT.rate_ppm.most),
)


@given(TERMS, TERMS)
def test_a_checker_never_loosens(decided: Terms, proposed: Terms) -> None:
    verdict = Verdict(Decision.APPROVE_WITH_CHANGES, decided)
    loose = (
        decided.amount_paise > proposed.amount_paise
        or decided.tenure_months > proposed.tenure_months
        or decided.rate_ppm < proposed.rate_ppm
    )
    assert (decided_terms_faults(verdict, proposed) == {}) == (not loose and decided != proposed)


@given(TERMS)
def test_a_maker_never_proposes_more_than_asked_for(terms: Terms) -> None:
    verdict = Verdict(Decision.APPROVE_WITH_CHANGES, terms)
    more = terms.amount_paise > ASKED.amount_paise
    found = proposed_terms_faults(verdict, ASKED, PRODUCT)
    assert ("approved_amount" in found) == more
    assert (found == {}) == (not more and terms != ASKED)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(ASKED, amount_paise=0), "approved_amount"),
        (replace(ASKED, amount_paise=-1), "approved_amount"),
        (replace(ASKED, tenure_months=0), "approved_tenure_months"),
        (replace(ASKED, rate_ppm=PRODUCT.rate_ppm.most + 1), "final_interest_rate"),
        (None, "approved_amount"),
    ],
)
def test_terms_a_maker_may_not_propose(terms: Terms | None, field: str) -> None:
    verdict = Verdict(Decision.APPROVE_WITH_CHANGES, terms)
    assert field in proposed_terms_faults(verdict, ASKED, PRODUCT)


@pytest.mark.parametrize(
    "look",
    [lambda v: proposed_terms_faults(v, ASKED, PRODUCT), lambda v: decided_terms_faults(v, ASKED)],
)
def test_changed_terms_have_their_own_word(look) -> None:
    assert look(Verdict(Decision.APPROVE, ASKED)) == {}
    smaller = replace(ASKED, amount_paise=ASKED.amount_paise - 1)
    assert set(look(Verdict(Decision.APPROVE, smaller))) == {"decision"}
    assert set(look(Verdict(Decision.APPROVE_WITH_CHANGES, ASKED))) == {"decision"}
    assert set(look(Verdict(Decision.APPROVE_WITH_CHANGES, None))) == {"approved_amount"}
    assert look(Verdict(Decision.REJECT)) == {}
    assert set(look(Verdict(Decision.REJECT, ASKED))) == {"decision"}


@pytest.mark.parametrize("fault", [{"amount_paise": 0}, {"tenure_months": 0}])
def test_a_checker_sanctions_something(fault: dict[str, int]) -> None:
    verdict = Verdict(Decision.APPROVE_WITH_CHANGES, replace(ASKED, **fault))
    assert len(decided_terms_faults(verdict, ASKED)) == 1


def test_the_lower_limit_counts_and_authorities_rise() -> None:
    for product in RULEBOOK.products_on(DAY):
        limits = limits_by_authority(product, RULEBOOK, DAY)
        assert list(limits) == list(SanctionAuthority)
        for who, limit in limits.items():
            own = product.sanction_limits_paise.get(who)
            assert limit == sanction_limit_paise(who, product, RULEBOOK, DAY)
            assert own is None or limit <= own
    assert {Decision.APPROVE, Decision.APPROVE_WITH_CHANGES} == APPROVING


def test_a_word_that_nobody_proposes_has_no_faults_of_its_own() -> None:
    assert faults(Verdict(Decision.HOLD), judged()) == {}
