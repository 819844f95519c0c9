"""The loan as it starts on the day of payment, beside the statement that the borrower accepted.

Source: lending-rules.md 2 and 7.2. The statement is made again from the loan's own terms, as of its
day: what differs from what was accepted was changed since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.emi import LoanTermsError
from app.rules.field_refusal import FieldRefusedError
from app.rules.key_facts_parts import LenderFacts
from app.rules.loan_plan import plan_of
from app.rules.loan_start import StartedLoan, paid_contract, started_bullet, started_loan
from app.rules.rule_rows import RuleError
from app.rules.stage_disbursement import Stage
from app.rules.staged_schedule import staged_loan
from app.rules.upfront_charges import UpfrontCharges, upfront_charges
from app.services.steps.bank_facts import bank_facts
from app.services.steps.disbursement_case import DisbursementCase, standing_payments
from app.services.steps.disbursement_terms import DisbursementTerms
from app.services.steps.letter_work import LetterOrder, letter_values, sanctioned_of
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.sanctioned_offer import (
    OfferedLoan,
    Sanctioned,
    contract_of,
    offered_loan,
)
from db.records.documents import DocumentRecord
from db.vocabulary.lending import RepaymentType
from db.vocabulary.loan_life import Language, LetterKind

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk

# Sections of a statement that are terms of the loan, and what people call them.
_SECTIONS: Mapping[str, str] = {
    "part_one": "the loan",
    "fees": "fees",
    "contingent": "charges",
    "apr_table": "the yearly cost",
    "schedule": "the schedule",
    "part_two": "other terms",
}


@dataclass(frozen=True, slots=True)
class DisbursedLoan:
    """The loan that a payment starts.

    Attributes:
        charges: taken off the money before the first of it is paid out.
        net_paise: what is credited of this payment.
        rule_rows: ids of the dated rows it stands on.
    """

    started: StartedLoan
    charges: UpfrontCharges
    net_paise: int
    rule_rows: tuple[str, ...]


def changed_sections(
    case: DisbursementCase, statement: DocumentRecord, desk: "Desk"
) -> tuple[str, ...]:
    """The parts of the accepted statement that the loan does not keep; none where it is equal.

    Raises:
        Refused: the loan no longer gives a statement.
    """
    order = LetterOrder(
        LetterKind.KFS, statement.language, statement.number, bank_day(statement.made_at)
    )
    again = letter_values(case.letter, order, desk).text
    was, now = json.loads(case.statement_values), json.loads(again)
    return tuple(label for name, label in _SECTIONS.items() if was.get(name) != now.get(name))


def disbursed_loan(case: DisbursementCase, terms: DisbursementTerms, desk: "Desk") -> DisbursedLoan:
    """The loan paid out in one go, as its statement says and from the real day on.

    Without a statement it is shown as one of the day of payment would say it.

    Raises:
        Refused: dates, amounts or rules do not go together; `fields` names each.
    """
    if case.loan is not None and terms.first_due_date != case.loan.first_due_date:
        agreed = date_shown(case.loan.first_due_date)
        raise bad_input({"first_due_date": f"The first part agreed on {agreed}: choose it"})
    statement = case.statement
    issued = terms.disbursement_date if statement is None else bank_day(statement.made_at)
    sanctioned = sanctioned_of(case.letter, case.terms, issued)
    lender = bank_facts(desk.data_dir, Language.EN).lender
    try:
        return loan_paid_on(sanctioned, terms, lender, desk.rulebook(), earlier_parts(case))
    except FieldRefusedError as refusal:
        raise bad_input({refusal.field: str(refusal)}) from refusal
    except LoanTermsError as refusal:
        raise Refused(RefusalKind.BAD_INPUT, str(refusal)) from refusal
    except RuleError as gap:
        raise Refused(RefusalKind.CONFIGURATION, str(gap)) from gap


def earlier_parts(case: DisbursementCase) -> tuple[Stage, ...]:
    """The parts of the loan that are out, in date order; one that was taken back is none."""
    return tuple(
        Stage(each.disbursement_date, each.amount_paise) for each in standing_payments(case.paid)
    )


def loan_paid_on(
    sanctioned: Sanctioned,
    terms: DisbursementTerms,
    lender: LenderFacts,
    rulebook: "Rulebook",
    earlier: tuple[Stage, ...] = (),
) -> DisbursedLoan:
    """The loan of a sanction whose statement was issued on its day, paid out on another.

    Fees are taken off the first part. With `earlier` parts, or with less than was sanctioned, the
    loan is one in parts.

    Raises:
        Refused: a term is missing.
        FieldRefusedError, LoanTermsError: the terms or days do not go together.
        NoRuleInForceError: a rule or the product is not in force on the day of sanction.
    """
    recording = rulebook.recording()
    offered = offered_loan(sanctioned, lender, recording)
    if earlier or terms.amount_paise < sanctioned.terms.amount_paise:
        started = _in_parts(offered, sanctioned, terms, recording, earlier)
    else:
        started = _started(offered, sanctioned, terms, recording)
    charges = upfront_charges(offered.offer.case, offered.offer.product, recording)
    if charges is None:
        raise Refused(RefusalKind.BAD_INPUT, "The fees of this loan are not known")
    taken = 0 if earlier else charges.total_paise + started.upfront_interest_paise
    net = terms.amount_paise - taken
    rows = (*recording.used_rows, offered.offer.product.row_id)
    return DisbursedLoan(started, charges, net, rows)


def _started(
    offered: OfferedLoan, sanctioned: Sanctioned, terms: DisbursementTerms, rulebook: "Rulebook"
) -> StartedLoan:
    facts, product = offered.offer.case, offered.offer.product
    day = terms.disbursement_date
    if facts.terms.repayment_type is not RepaymentType.EMI:
        plan = plan_of(replace(facts, as_of=day), product, rulebook)
        if plan is None:
            raise Refused(RefusalKind.BAD_INPUT, "The terms give no repayment plan")
        started = started_bullet(plan, sanctioned.terms.amount_paise)
        _check_end(terms.first_due_date, started.first_due)
        return started
    stated = contract_of(facts, product, sanctioned, rulebook)
    agreed = facts.terms.first_due_date is not None
    contract = paid_contract(stated, day, terms.first_due_date, agreed=agreed)
    return started_loan(contract, rulebook, sanctioned.sanctioned_on)


def _in_parts(
    offered: OfferedLoan,
    sanctioned: Sanctioned,
    terms: DisbursementTerms,
    rulebook: "Rulebook",
    earlier: tuple[Stage, ...],
) -> StartedLoan:
    facts = offered.offer.case
    stages = (*earlier, Stage(terms.disbursement_date, terms.amount_paise))
    if stages[-1].on < stages[0].on:
        raise bad_input({"disbursement_date": "A part follows the one before it"})
    stated = contract_of(facts, offered.offer.product, sanctioned, rulebook)
    agreed = facts.terms.first_due_date is not None
    contract = paid_contract(stated, stages[0].on, terms.first_due_date, agreed=agreed)
    paid = sum(stage.amount_paise for stage in stages)
    contract = replace(contract, principal_paise=paid)
    return staged_loan(contract, stages, rulebook, sanctioned.sanctioned_on)


def _check_end(typed: date | None, end: date) -> None:
    if typed is not None and typed != end:
        raise bad_input(
            {"first_due_date": f"All of it is paid back on {date_shown(end)}: leave this empty"}
        )
