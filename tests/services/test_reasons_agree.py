"""Reasons on drawn applications: sign, value and limit are those of contributions and policy.

600 applications in the quick run, 10,000 with `--long`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from app.file_formats.pdf_out import render_pdf
from app.rules.case_facts import CaseFacts
from app.rules.credit_policy import PolicyLine
from app.rules.decision_reasons import Reason, ReasonKind
from app.rules.maker_checker import Judged, Verdict
from app.rules.rulebook import Rulebook
from app.services.steps.bank_facts import bank_facts
from app.services.steps.case_work import JudgedCase, frozen_reasons
from app.services.steps.drawn_cases import case_of_drawn, product_terms, rebuild_with
from app.services.steps.estimate_payload import estimate_from_payload, estimate_to_payload
from app.services.steps.estimate_risk import estimate_many
from app.services.steps.letter_decision import Decided, reason_sentences, rejection_values
from app.services.steps.letter_words import letter_words
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.decisions import Decision
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import Language, LetterKind
from ml.runtime.model_file import RiskModel
from ml.sample.book_presets import DrawRequest, draw_book
from tests.file_formats.letter_reading import body_of, source_of
from tests.services.letter_samples import FONTS, LETTERS, NO_FOLDER, page

DAY = date(2026, 11, 23)
QUICK, LONG, BLOCK = 600, 10_000, 500
MOST = 4
LIST = "reject_reason"
WORDS = shipped_words()
ENGLISH, HINDI = letter_words(Language.EN), letter_words(Language.HI)
LENDER = bank_facts(NO_FOLDER, Language.EN).lender
FIGURES = re.compile(r"\d(?:[\d,.]*\d)?")
HINDI_LETTER, LATIN_WORD = re.compile("[\u0900-\u097f]"), re.compile("[A-Za-z]{3,}")
# Only what the opening of the letter tells of them.
APPLICATION = SimpleNamespace(
    reference="A-1662",
    application_date=DAY,
    amount_paise=10_00_000_00,
    loan_purpose=LoanPurpose.EDUCATION,
)
STEP = SimpleNamespace(at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


def drawn(rulebook: Rulebook, count: int) -> list[CaseFacts]:
    """Cases of the sample generator, as many as asked for."""
    request = DrawRequest("sample", count // 2, count, 5, product_terms(rulebook, DAY), DAY)
    book = draw_book(request, rebuild_with(rulebook))
    return [case_of_drawn(book.customers[each.customer_index], each) for each in book.applications]


def estimated(
    rulebook: Rulebook, champion: RiskModel, count: int
) -> Iterator[tuple[CaseFacts, RiskEstimate]]:
    cases = drawn(rulebook, count)
    for start in range(0, len(cases), BLOCK):
        block = cases[start : start + BLOCK]
        yield from zip(block, estimate_many(block, rulebook, champion), strict=True)


def first_figure(text: str) -> tuple[Decimal, Decimal]:
    """The first figure of a sentence, and half a unit of its last place."""
    figure = Decimal(FIGURES.search(text).group().rstrip(".,").replace(",", ""))
    sign = -1 if text[: FIGURES.search(text).start()].rstrip("₹").endswith("-") else 1
    return sign * figure, Decimal(10) ** figure.as_tuple().exponent / 2


def check_model_reason(reason: Reason, estimate: RiskEstimate) -> None:
    """It lowered the score itself, in a group that did so in sum, and states its own value."""
    told = {each.feature: each for each in estimate.contributors}[reason.source]
    group = [each.score_points for each in estimate.contributors if each.group == told.group]
    assert told.score_points < 0, reason
    assert sum(group) < 0, reason
    assert reason.group == told.group
    if "{value}" in WORDS.label(LIST, reason.code):
        stated, half = first_figure(reason.text)
        assert abs(stated - Decimal(repr(told.value))) <= half + Decimal("1e-9"), reason


def check_policy_reason(reason: Reason, estimate: RiskEstimate) -> None:
    """Its rule was broken, and it states the value and the limit of that line."""
    line = next(each for each in estimate.policy if each.rule == reason.source)
    assert line.breached
    assert reason.code == line.reason
    template = WORDS.label(LIST, reason.code)
    assert reason.text == template.replace("{value}", line.value).replace("{limit}", line.limit)
    for place, said in (("{value}", line.value), ("{limit}", line.limit)):
        if place in template:
            assert said
            assert said in reason.text


def check_order(estimate: RiskEstimate) -> None:
    """At most four, policy first and hard rules before soft ones, one model reason a group."""
    kinds = [reason.kind for reason in estimate.reasons]
    assert len(kinds) <= MOST
    assert ReasonKind.FAVOURABLE not in kinds
    assert kinds == sorted(kinds, key=[ReasonKind.POLICY, ReasonKind.ADVERSE].index)
    weights: defaultdict[str, float] = defaultdict(float)
    for each in estimate.contributors:
        weights[each.group] += each.score_points
    groups = [each.group for each in estimate.reasons if each.kind is ReasonKind.ADVERSE]
    assert len(groups) == len(set(groups))
    assert groups == sorted(groups, key=lambda name: weights[name])
    codes = [reason.code for reason in estimate.reasons]
    assert len(codes) == len(set(codes))
    if len(codes) < MOST:
        broken = {str(line.reason) for line in _stopping(estimate.policy)}
        assert broken <= set(codes)


def _stopping(lines: tuple[PolicyLine, ...]) -> list[PolicyLine]:
    return [each for each in lines if each.state in {"refer", "fail"} and each.reason is not None]


def rejected(case: CaseFacts, estimate: RiskEstimate) -> Decided:
    """The case rejected for every reason of its estimate, as it is frozen and read again."""
    codes = tuple(str(reason.code) for reason in estimate.reasons)
    judged = Judged(estimate.recommendation, estimate.policy, case.as_of, frozenset(codes))
    found = JudgedCase(judged, estimate, None)
    stored = estimate_from_payload(estimate_to_payload(estimate, case))
    return Decided(
        application=APPLICATION,
        customer_name="Asha Kulkarni",
        step=STEP,
        estimate=stored,
        reasons=frozen_reasons(Verdict(Decision.REJECT, reasons=codes), found),
        until=DAY,
    )


def check_letter(case: CaseFacts, estimate: RiskEstimate, rulebook: Rulebook) -> None:
    """English prints the frozen sentences themselves, Hindi the same reasons and figures."""
    decided = rejected(case, estimate)
    frozen = tuple(reason.text for reason in estimate.reasons)
    assert tuple(reason.text for reason in decided.reasons) == frozen
    assert reason_sentences(decided, rulebook, ENGLISH) == frozen
    hindi = reason_sentences(decided, rulebook, HINDI)
    for ours, theirs, reason in zip(hindi, frozen, decided.reasons, strict=True):
        assert sorted(FIGURES.findall(ours)) == sorted(FIGURES.findall(theirs)), reason.code
        assert HINDI_LETTER.search(ours)
        assert "{" not in ours + theirs
        assert not LATIN_WORD.search(ours), ours


@pytest.mark.parametrize("count", [QUICK, pytest.param(LONG, marks=pytest.mark.long)])
def test_reasons_agree_with_contributions_and_policy(rulebook, champion, count) -> None:
    seen: defaultdict[str, int] = defaultdict(int)
    for case, estimate in estimated(rulebook, champion, count):
        check_order(estimate)
        for reason in estimate.reasons:
            if reason.kind is ReasonKind.POLICY:
                check_policy_reason(reason, estimate)
            else:
                check_model_reason(reason, estimate)
            seen[reason.kind] += 1
        check_letter(case, estimate, rulebook)
        seen["cases"] += 1
    assert seen["cases"] == count
    assert seen[ReasonKind.POLICY] > count / 10
    assert seen[ReasonKind.ADVERSE] > count / 10


def test_a_rejection_letter_prints_the_frozen_reasons_and_nothing_else(rulebook, champion) -> None:
    for case, estimate in list(estimated(rulebook, champion, 60))[:20]:
        decided = rejected(case, estimate)
        for words in (ENGLISH, HINDI):
            values = rejection_values(decided, LENDER, rulebook, words)
            assert values["reasons"] == list(reason_sentences(decided, rulebook, words))
            whole = page(LetterKind.REJECTION, words.language, values)
            pdf = render_pdf("rejection", whole, LETTERS, FONTS).pdf
            assert body_of(pdf, whole) == source_of("rejection", whole)
