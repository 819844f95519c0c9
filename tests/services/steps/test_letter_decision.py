"""Sanction, rejection and file note as values: the frozen reasons, in both languages."""

import re
from dataclasses import replace

import pytest

from app.services.steps.bank_facts import bank_facts
from app.services.steps.estimate_payload import estimate_from_payload
from app.services.steps.fact_lines import fact_lines
from app.services.steps.letter_case import read_letter_case
from app.services.steps.letter_decision import (
    Decided,
    FileNote,
    file_note_values,
    note_reasons,
    reason_sentences,
    rejection_values,
    sanction_values,
)
from app.services.steps.letter_words import letter_words
from db.records.cases import FrozenReason
from db.vocabulary.decisions import Decision, PolicyState
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from tests.rules.lending_vectors import RULEBOOK
from tests.services.letter_cases import REJECTED, decided
from tests.services.letter_samples import ISSUED, NO_FOLDER

ENGLISH, HINDI = letter_words(Language.EN), letter_words(Language.HI)
LENDER = bank_facts(NO_FOLDER, Language.EN).lender


@pytest.fixture
def case_of(desk, someone, submitted):
    def read(kind, verdict=None):
        decided(desk, someone("bela", Role.SUPERVISOR), submitted, verdict)
        with desk.open_book() as book:
            return read_letter_case(book, submitted.application_id, kind, desk)

    return read


def decided_of(case, **changes):
    made = Decided(
        application=case.opened.application,
        customer_name=case.customer.full_name,
        step=case.step,
        estimate=estimate_from_payload(case.assessment.payload),
        reasons=case.step.reasons,
        until=ISSUED,
    )
    return replace(made, **changes)


def test_a_rejection_prints_the_frozen_reasons_and_what_can_be_done(case_of, rulebook):
    case = case_of(LetterKind.REJECTION, REJECTED)
    values = rejection_values(decided_of(case), LENDER, rulebook, ENGLISH)
    assert values["reasons"] == [reason.text for reason in case.step.reasons]
    assert len(values["reasons"]) == 2
    opening, closing = " ".join(values["opening"]), " ".join(values["closing"])
    assert opening.startswith("Dear Asha Kulkarni, Thank you for your application A-1001 of ")
    assert "₹10,00,000, home renovation" in opening
    for told in (
        "We correct the fact",
        "review by another person",
        "23 Nov 2026",
        LENDER.nodal_phone,
    ):
        assert told in closing
    printed = opening + closing + " ".join(values["reasons"])
    assert not re.search(r"\bscore|model|probab", printed, re.IGNORECASE)


def test_a_reason_of_the_estimate_is_said_again_in_hindi_with_its_figures(case_of, rulebook):
    case = case_of(LetterKind.REJECTION, REJECTED)
    given = decided_of(case)
    reasons = tuple(FrozenReason(str(r.code), r.text) for r in given.estimate.reasons)
    assert reasons
    told = decided_of(case, reasons=reasons)
    english = reason_sentences(told, rulebook, ENGLISH)
    hindi = reason_sentences(told, rulebook, HINDI)
    assert english == tuple(reason.text for reason in reasons)
    for ours, theirs in zip(hindi, english, strict=True):
        assert re.findall(r"[\d,.]*\d", ours) == re.findall(r"[\d,.]*\d", theirs)
        assert not re.search(r"[A-Za-z]{4,}", ours)


def test_two_checks_with_one_reason_keep_the_figures_that_were_frozen(case_of, rulebook):
    """As `frozen_reasons` takes them: the harder one first, and never the later."""
    case = case_of(LetterKind.REJECTION, REJECTED)
    given = decided_of(case)
    line = next(each for each in given.estimate.policy if each.reason == "REJ-FOIR")
    soft = replace(line, state=PolicyState.NOTE, value="51 %")
    hard = replace(line, state=PolicyState.FAIL, value="55 %")
    for lines in ((soft, hard), (hard, soft)):
        estimate = replace(given.estimate, policy=lines)
        told = decided_of(case, estimate=estimate, reasons=(FrozenReason("REJ-FOIR", "55 %"),))
        assert "55 %" in reason_sentences(told, rulebook, HINDI)[0]


def test_a_reason_without_a_sentence_is_that_of_its_list(case_of, rulebook):
    case = case_of(LetterKind.REJECTION, REJECTED)
    bare = (FrozenReason("REJ-TITLE", ""), FrozenReason("REJ-MISMATCH", ""))
    for estimate in (None, decided_of(case).estimate):
        told = decided_of(case, reasons=bare, estimate=estimate)
        assert reason_sentences(told, rulebook, ENGLISH) == (
            "Ownership of the security is not clear from its papers.",
            "The papers do not agree with the application.",
        )
        assert "{" not in "".join(reason_sentences(told, rulebook, HINDI))


def test_a_sanction_prints_terms_and_every_condition(case_of):
    case = case_of(LetterKind.SANCTION)
    step = replace(case.step, conditions="\n".join([f"Condition {n}" for n in range(10)] + ["  "]))
    terms = [{"label": "A", "value": "1"}]
    values = sanction_values(decided_of(case, step=step), terms, LENDER, ENGLISH)
    assert values["conditions"] == [f"Condition {n}" for n in range(10)]
    assert values["terms"] == terms
    assert "holds until 23 Nov 2026" in values["closing"][0]
    bare = sanction_values(decided_of(case), [], LENDER, HINDI)
    assert bare["conditions"] == []


def note_of(case, words=ENGLISH, **changes):
    facts = fact_lines(case.opened.application, case.customer, case.opened.case)
    drawn = {"svg": "<svg/>"}
    decided = decided_of(case, **changes)
    reasons = note_reasons(decided, RULEBOOK, words)
    return FileNote(decided, reasons, facts, case.opened.steps, case.names, drawn)


@pytest.mark.parametrize("words", [ENGLISH, HINDI])
def test_a_file_note_tells_facts_checks_estimate_and_trail(case_of, words):
    case = case_of(LetterKind.FILE_NOTE)
    note = note_of(case, words)
    values, estimate = file_note_values(note, words), note.decided.estimate
    assert len(values["facts"]["rows"]) == len(note.facts)
    checked = [row[-1] for row in values["policy"]["rows"]]
    assert checked == [
        each.rule for each in estimate.policy if each.state is not PolicyState.NOT_APPLICABLE
    ]
    told = {each["label"]: each["value"] for each in values["estimate"]}
    assert told[words.say("score")] == str(
        int(estimate.credit_score.to_integral_value("ROUND_HALF_UP"))
    )
    for group in estimate.groups:
        assert f"{group.shown_points:+d}" in values["waterfall_alt"]
    assert [row[1] for row in values["trail"]["rows"]] == ["Ravi.Reddy", "Bela", "Bela"]
    reason = case.step.reasons[0]
    hindi = HINDI.word("approve_reason", reason.code)
    assert values["reasons"] == [reason.text if words is ENGLISH else hindi]
    if words is HINDI:
        told = [text for row in values["facts"]["rows"] for text in (row[0], row[-1])]
        assert not [text for text in told if re.search("[A-Za-z]", text)]


def test_a_file_note_of_an_unscored_case_has_no_estimate(case_of):
    case = case_of(LetterKind.FILE_NOTE)
    values = file_note_values(note_of(case, estimate=None), ENGLISH)
    assert values["policy"]["rows"] == []
    assert values["estimate"] == [{"label": "Internal score", "value": "-"}]


def test_the_note_of_a_rejection_says_its_reasons_in_the_language(case_of):
    case = case_of(LetterKind.FILE_NOTE, REJECTED)
    for words in (ENGLISH, HINDI):
        told = note_reasons(decided_of(case), RULEBOOK, words)
        assert told == reason_sentences(decided_of(case), RULEBOOK, words)


def test_the_note_of_a_return_says_what_is_to_be_put_right(case_of):
    case = case_of(LetterKind.FILE_NOTE)
    step = replace(case.step, decision=Decision.RETURN)
    told = decided_of(case, step=step, reasons=(FrozenReason("RET-INCOME-PROOF", "Show it."),))
    assert note_reasons(told, RULEBOOK, ENGLISH) == ("Show it.",)
    hindi = note_reasons(told, RULEBOOK, HINDI)
    assert hindi == (HINDI.word("return_reason", "RET-INCOME-PROOF"),)
