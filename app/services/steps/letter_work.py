"""From a decided application to the values of a letter.

Source: screens.md S44, desktop.md 10. Everything a letter prints is gathered once, before it is
rendered; the same values give the same bytes again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from app.file_formats.figure_out import BARS, FOOT, ROW, waterfall_svg
from app.rules.annual_percentage_rate import AprOutOfRangeError, RepaymentsBelowDisbursedError
from app.rules.bank_time import bank_day
from app.rules.case_standing import Terms
from app.rules.emi import LoanTermsError
from app.rules.field_refusal import FieldRefusedError
from app.rules.key_facts import KeyFacts, key_facts
from app.rules.rule_rows import RuleError
from app.services.steps.bank_facts import BankFacts, bank_facts
from app.services.steps.case_work import terms_of
from app.services.steps.estimate_payload import case_from_payload, estimate_from_payload
from app.services.steps.fact_lines import fact_lines
from app.services.steps.letter_case import APPROVAL_LETTERS, LetterCase
from app.services.steps.letter_decision import (
    Decided,
    FileNote,
    file_note_values,
    note_reasons,
    rejection_values,
    sanction_values,
)
from app.services.steps.letter_kfs import key_facts_values, loan_facts, schedule_values
from app.services.steps.letter_words import LetterWords, letter_words
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.sanctioned_offer import OfferedLoan, Sanctioned, offered_loan
from app.services.steps.waterfall_figure import waterfall_of
from db.records.people import Customer
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

HASH_SHOWN = 12
LANGUAGES = frozenset({Language.EN, Language.HI})
MADE_HERE = APPROVAL_LETTERS | {LetterKind.REJECTION, LetterKind.FILE_NOTE}


@dataclass(frozen=True, slots=True)
class LetterValues:
    """What a template prints, as plain JSON values, and what the record keeps of it."""

    kind: LetterKind
    language: Language
    number: str
    values: Mapping[str, Any]
    valid_until: date | None

    @property
    def text(self) -> str:
        """The values as canonical text."""
        return json.dumps(self.values, ensure_ascii=False, sort_keys=True)

    @property
    def sha256(self) -> str:
        """Hash of the values."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Which letter is wanted, its number, and the business day it carries."""

    kind: LetterKind
    language: Language
    number: str
    issued_on: date


def letter_values(case: LetterCase, order: LetterOrder, desk: "Desk") -> LetterValues:
    """The values of a letter.

    Raises:
        Refused: a term is missing, or the bank's own file cannot be used.
    """
    words = letter_words(order.language)
    bank = bank_facts(desk.data_dir, order.language)
    work = _Work(case, order, words, bank, desk)
    content, valid_until = _CONTENT[order.kind](work)
    values = _page(work) | content
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    values["footer"] = words.say(
        "footer",
        title=values["title"],
        number=order.number,
        hash=digest[:HASH_SHOWN],
        date=words.day(_rules_on(case, order.kind)),
    )
    return LetterValues(order.kind, order.language, order.number, values, valid_until)


class _Work(NamedTuple):
    """One letter on its way."""

    case: LetterCase
    order: LetterOrder
    words: LetterWords
    bank: BankFacts
    desk: "Desk"


def _page(work: _Work) -> dict[str, Any]:
    """What stands on every letter."""
    case, order, words = work.case, work.order, work.words
    return {
        "lang": order.language.value,
        "title": words.say(f"title.{order.kind.value}"),
        "words": words.labels(),
        "number": order.number,
        "date": words.day(order.issued_on),
        "watermark": "",
        "bank": {
            "name": work.bank.name,
            "branch": words.say("branch", code=case.branch_code),
            "address": work.bank.address,
        },
        "customer": {
            "name": case.customer.full_name,
            "address": _address(case.customer, words),
        },
        "signatory": case.names.get(case.step.actor_id, ""),
    }


def _rules_on(case: LetterCase, kind: LetterKind) -> date:
    """The day whose rules the figures of a letter come from."""
    return bank_day(case.step.at) if kind in APPROVAL_LETTERS else case.opened.case.as_of


class _Offered(NamedTuple):
    """The offer, its Key Facts, and the product's name in the language of the letter."""

    loan: OfferedLoan
    facts: KeyFacts
    product: str


def _offered(work: _Work) -> _Offered:
    terms, rulebook = terms_of(work.case.step), work.desk.rulebook()
    if terms is None:
        raise Refused(RefusalKind.CONFLICT, "This decision has no terms to print")
    sanctioned = sanctioned_of(work.case, terms, work.order.issued_on)
    try:
        loan = offered_loan(sanctioned, work.bank.lender, rulebook)
        facts = key_facts(loan.offer, rulebook)
    except FieldRefusedError as refusal:
        raise bad_input({refusal.field: str(refusal)}) from refusal
    except (AprOutOfRangeError, RepaymentsBelowDisbursedError, LoanTermsError) as refusal:
        raise Refused(RefusalKind.BAD_INPUT, str(refusal)) from refusal
    except RuleError as gap:
        raise Refused(RefusalKind.CONFIGURATION, str(gap)) from gap
    return _Offered(loan, facts, loan.offer.product.name(work.order.language.value))


def sanctioned_of(case: LetterCase, terms: Terms, issued_on: date) -> Sanctioned:
    """What was decided, as the offer needs it."""
    application = case.opened.application
    facts = case.opened.case
    if case.assessment is not None:
        facts = case_from_payload(case.assessment.payload)
    return Sanctioned(
        reference=application.reference,
        case=facts,
        terms=terms,
        product_code=application.product_code,
        sanctioned_on=bank_day(case.step.at),
        issued_on=issued_on,
        digital=application.digital_loan,
    )


Made = tuple[dict[str, object], date | None]


def _kfs(work: _Work) -> Made:
    loan, facts, product = _offered(work)
    return key_facts_values(facts, loan.schedule, product, work.words), facts.valid_until


def _schedule(work: _Work) -> Made:
    loan, facts, product = _offered(work)
    return schedule_values(facts, loan.schedule, product, work.words), None


def _sanction(work: _Work) -> Made:
    loan, facts, product = _offered(work)
    decided_on = bank_day(work.case.step.at)
    days = work.desk.rulebook().days("sanction_valid_days", decided_on)
    decided = _decided(work.case, decided_on + timedelta(days=days))
    terms = loan_facts(facts.part_one, loan.schedule, product, work.words)
    return sanction_values(decided, terms, work.bank.lender, work.words), None


def _rejection(work: _Work) -> Made:
    rulebook, issued_on = work.desk.rulebook(), work.order.issued_on
    days = rulebook.days("review_request_days", issued_on)
    decided = _decided(work.case, issued_on + timedelta(days=days))
    return rejection_values(decided, work.bank.lender, rulebook, work.words), None


def _file_note(work: _Work) -> Made:
    case, estimate = work.case, _estimate(work.case)
    reference = case.opened.application.reference
    picture = None if estimate is None else _waterfall(estimate, reference, work.words)
    decided = _decided(case, case.opened.case.as_of)
    note = FileNote(
        decided=decided,
        reasons=note_reasons(decided, work.desk.rulebook(), work.words),
        facts=fact_lines(case.opened.application, case.customer, case.opened.case),
        steps=case.opened.steps,
        names=case.names,
        waterfall=picture,
    )
    return file_note_values(note, work.words), None


def _waterfall(estimate: RiskEstimate, title: str, words: LetterWords) -> dict[str, object]:
    """The drawing, the labels of its rows, and its measures in inches."""
    plain = waterfall_of(estimate, title, words.listed)
    figure = replace(plain, ends=(words.say("start"), words.say("score")))
    return {
        "svg": waterfall_svg(figure),
        "labels": [*figure.labels, words.say("points")],
        "row": ROW,
        "foot": FOOT,
        "width": BARS,
    }


_CONTENT: Mapping[LetterKind, Callable[[_Work], Made]] = {
    LetterKind.KFS: _kfs,
    LetterKind.SANCTION: _sanction,
    LetterKind.REJECTION: _rejection,
    LetterKind.SCHEDULE: _schedule,
    LetterKind.FILE_NOTE: _file_note,
}


def _estimate(case: LetterCase) -> RiskEstimate | None:
    return None if case.assessment is None else estimate_from_payload(case.assessment.payload)


def _decided(case: LetterCase, until: date) -> Decided:
    return Decided(
        application=case.opened.application,
        customer_name=case.customer.full_name,
        step=case.step,
        estimate=_estimate(case),
        reasons=case.step.reasons,
        until=until,
    )


def _address(customer: Customer, words: LetterWords) -> list[str]:
    state = "" if customer.state is None else words.word("state", customer.state)
    place = " ".join(part for part in (customer.city, customer.pincode) if part)
    return [part for part in (customer.address, place, state) if part]
