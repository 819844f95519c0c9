"""The sanction letter, the rejection letter and the file note as values for their templates.

Source: explanations.md (letters: the frozen reasons, how to correct a fact, how to ask for review
by another person; no score internals) and X15. A reason is printed from the estimate that was
frozen with the decision, in the language of the letter; its figures are those of that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.credit_policy import PolicyLine
from app.rules.decision_reasons import Contribution, adverse_only, pick_reasons
from app.rules.key_facts_parts import LenderFacts
from app.rules.rulebook import Rulebook
from app.services.steps.estimate_risk import shown_score
from app.services.steps.fact_lines import FactLine
from app.services.steps.letter_kfs import Values
from app.services.steps.letter_words import Column, LetterWords, fact, table
from app.services.steps.risk_estimate import RiskEstimate
from db.records.applications import Application
from db.records.cases import CaseStepRecord, FrozenReason
from db.vocabulary.decisions import Decision, PolicyState
from db.vocabulary.loan_life import Language


@dataclass(frozen=True, slots=True)
class Decided:
    """What a letter about a decision is made of.

    Attributes:
        estimate: the one frozen with the decision; None for an unscored case.
        reasons: the codes and English sentences that were frozen.
        until: last day of the approval, or of asking for a review.
    """

    application: Application
    customer_name: str
    step: CaseStepRecord
    estimate: RiskEstimate | None
    reasons: tuple[FrozenReason, ...]
    until: date


def sanction_values(
    decided: Decided, terms: list[dict[str, str]], lender: LenderFacts, words: LetterWords
) -> Values:
    """What the sanction letter prints; `terms` are those of `loan_facts`."""
    conditions = [line.strip() for line in decided.step.conditions.splitlines() if line.strip()]
    return {
        "opening": [
            words.say("dear", name=decided.customer_name),
            words.say("sanction.opening", **_days(decided, words)),
        ],
        "terms": terms,
        "conditions": conditions,
        "closing": [
            words.say("sanction.closing", until=words.day(decided.until)),
            words.say("sanction.ask", **_contact(lender)),
        ],
    }


def rejection_values(
    decided: Decided, lender: LenderFacts, rulebook: Rulebook, words: LetterWords
) -> Values:
    """What the rejection letter prints: at most four reasons, and what the applicant can do."""
    application = decided.application
    purpose = words.word("loan_purpose", application.loan_purpose)
    opening = words.say(
        "rejection.opening",
        amount=words.money(application.amount_paise),
        purpose=purpose.lower() if words.language is Language.EN else purpose,
        **_days(decided, words),
    )
    return {
        "opening": [words.say("dear", name=decided.customer_name), opening],
        "reasons": list(reason_sentences(decided, rulebook, words)),
        "closing": [
            words.say("rejection.correct"),
            words.say("rejection.review", until=words.day(decided.until), **_contact(lender)),
            words.say("rejection.again"),
        ],
    }


def reason_sentences(decided: Decided, rulebook: Rulebook, words: LetterWords) -> tuple[str, ...]:
    """The frozen reasons in the language of the letter, in their order.

    In English the frozen sentences themselves; else the same reasons said again from the same
    frozen figures. One that has no figures there (a person's own) is the word of its list.
    """
    if words.language is Language.EN:
        return tuple(reason.text or _listed(reason.code, words) for reason in decided.reasons)
    said = {} if decided.estimate is None else _said_again(decided.estimate, rulebook, words)
    return tuple(said.get(each.code) or _listed(each.code, words) for each in decided.reasons)


def note_reasons(decided: Decided, rulebook: Rulebook, words: LetterWords) -> tuple[str, ...]:
    """The frozen reasons of any decision, for the bank's own file."""
    if decided.step.decision is Decision.REJECT:
        return reason_sentences(decided, rulebook, words)
    if words.language is Language.EN:
        return tuple(reason.text for reason in decided.reasons)
    listed = "return_reason" if decided.step.decision is Decision.RETURN else "approve_reason"
    return tuple(words.listed.bare(listed, reason.code) for reason in decided.reasons)


def _said_again(estimate: RiskEstimate, rulebook: Rulebook, words: LetterWords) -> dict[str, str]:
    """The sentences of an estimate by code, as `frozen_reasons` took them when it was decided."""
    lines = [_line_again(line, words) for line in estimate.policy]
    parts = [
        Contribution(each.feature, each.group, each.value, each.score_points)
        for each in estimate.contributors
    ]
    found = pick_reasons(lines, parts, words.listed, rulebook, estimate.rules_as_of)
    said = {str(reason.code): reason.text for reason in adverse_only(found)}
    for line in lines:
        if line.breached and line.reason is not None:
            said.setdefault(str(line.reason), line.text)
    return said


def _line_again(line: PolicyLine, words: LetterWords) -> PolicyLine:
    """A policy line whose sentence is in the language of the letter."""
    if line.reason is None:
        return line
    value, limit = words.translated(line.value), words.translated(line.limit)
    said = words.listed.sentence("reject_reason", line.reason, value, limit)
    return replace(line, text=said)


def _listed(code: str, words: LetterWords) -> str:
    return words.listed.bare("reject_reason", code)


def _days(decided: Decided, words: LetterWords) -> dict[str, str]:
    return {
        "reference": decided.application.reference,
        "applied": words.day(decided.application.application_date),
        "decided": words.day(bank_day(decided.step.at)),
    }


def _contact(lender: LenderFacts) -> dict[str, str]:
    return {
        "nodal": lender.nodal_officer,
        "phone": lender.nodal_phone,
        "email": lender.nodal_email,
    }


@dataclass(frozen=True, slots=True)
class FileNote:
    """What the note for the bank's own file is made of; no `waterfall` of an unscored case."""

    decided: Decided
    reasons: Sequence[str]
    facts: Sequence[FactLine]
    steps: Sequence[CaseStepRecord]
    names: Mapping[UUID, str]
    waterfall: Mapping[str, object] | None


def file_note_values(note: FileNote, words: LetterWords) -> Values:
    """What the file note prints: facts, checks, the estimate, reasons, and who did what."""
    decided, estimate = note.decided, note.decided.estimate
    application = decided.application
    return {
        "case": [
            fact(words.say("proposal_number"), application.reference),
            fact(words.say("customer"), decided.customer_name),
            fact(words.say("asked_for"), words.money(application.amount_paise)),
            fact(words.say("decision"), _decision(decided.step, words)),
        ],
        "facts": _fact_table(note.facts, words),
        "policy": _policy_table(estimate, words),
        "estimate": _estimate_facts(estimate, words),
        "waterfall": note.waterfall,
        "waterfall_alt": words.say("waterfall_alt", text=_waterfall_text(estimate, words)),
        "reasons": list(note.reasons),
        "trail": _trail(note, words),
    }


def _decision(step: CaseStepRecord, words: LetterWords) -> str:
    what = "" if step.decision is None else words.word("decision", step.decision)
    return f"{what}, {words.day(bank_day(step.at))}"


def _fact_table(facts: Sequence[FactLine], words: LetterWords) -> Values:
    columns = (
        Column(words.say("fact"), width=1),
        Column(words.say("value"), width=1.4),
        Column(words.say("checked")),
        Column(words.say("source")),
    )
    rows = [
        [
            words.translated(line.label),
            words.translated(line.value_text),
            words.say("yes" if line.checked else "no"),
            words.translated(line.source_text),
        ]
        for line in facts
    ]
    return table(columns, rows)


def _policy_table(estimate: RiskEstimate | None, words: LetterWords) -> Values:
    columns = (
        Column(words.say("check"), width=2.4),
        Column(words.say("result")),
        Column(words.say("value"), numbers=True, width=1),
        Column(words.say("limit"), numbers=True, width=1.1),
        Column(words.say("rule")),
    )
    rows = [
        [
            words.word("policy_check", line.rule),
            words.word("policy_state", line.state),
            words.translated(line.value) or "-",
            words.translated(line.limit) or "-",
            str(line.rule),
        ]
        for line in (() if estimate is None else estimate.policy)
        if line.state is not PolicyState.NOT_APPLICABLE
    ]
    return table(columns, rows)


def _estimate_facts(estimate: RiskEstimate | None, words: LetterWords) -> list[dict[str, str]]:
    if estimate is None:
        return [fact(words.say("score"), "-")]
    return [
        fact(words.say("score"), str(shown_score(estimate))),
        fact(words.say("level"), words.word("risk_level", estimate.risk_level)),
        fact(words.say("band"), words.word("band", estimate.band)),
        fact(words.say("recommendation"), words.word("recommendation", estimate.recommendation)),
        fact(words.say("model"), f"{estimate.model_id}, {estimate.model_sha256[:12]}"),
    ]


def _waterfall_text(estimate: RiskEstimate | None, words: LetterWords) -> str:
    if estimate is None:
        return ""
    steps = [f"{words.say('start')} {estimate.start_points}"]
    steps += [
        f"{words.word('model_group', each.group)} {each.shown_points:+d}"
        for each in estimate.groups
    ]
    return ", ".join(steps)


def _trail(note: FileNote, words: LetterWords) -> Values:
    columns = (
        Column(words.say("step")),
        Column(words.say("by")),
        Column(words.say("when")),
        Column(words.say("what"), width=1),
    )
    rows = [
        [
            words.word("case_step", step.step),
            note.names.get(step.actor_id, ""),
            words.day(bank_day(step.at)),
            _what(step, words),
        ]
        for step in note.steps
    ]
    return table(columns, rows)


def _what(step: CaseStepRecord, words: LetterWords) -> str:
    parts = [] if step.decision is None else [words.word("decision", step.decision)]
    parts += [step.note] if step.note else []
    return ". ".join(parts)
