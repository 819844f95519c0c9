"""What has to hold before a loan is paid out, each check with its state and a sentence.

Source: screens.md S63: agreement, accepted and unexpired Key Facts Statement equal to the loan,
security, insurance, mandate, two people; lending-rules.md 7.2 and 7.3. A check that asks for
something to be typed is *unverified* until it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.rules.cooling_off import last_exit_day
from app.rules.dates import date_shown
from app.rules.key_facts import key_facts_required
from app.rules.money import percent_shown, rupees_shown
from app.rules.prepayment_fee import is_business_purpose
from app.services.steps.disbursed_loan import changed_sections
from app.services.steps.disbursement_case import DisbursementCase
from app.services.steps.disbursement_terms import (
    DisbursementTerms,
    amount_faults,
    day_faults,
    form_faults,
)
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import SecurityRule
from db.vocabulary.loan_life import DocumentKind, LetterStatus

if TYPE_CHECKING:
    from app.rules.products import Product
    from app.services.steps.desk import Desk

_ALWAYS, _WITH_SECURITY = "always", "with_security"
_STOPS = frozenset({PolicyState.FAIL, PolicyState.UNVERIFIED})


class DisbursementCheckCode(StrEnum):
    """The checks in the order in which they are made."""

    APPROVED = "approved"
    KFS = "kfs"
    AGREEMENT = "agreement"
    SECURITY = "security"
    INSURANCE = "insurance"
    MANDATE = "mandate"
    TWO_PEOPLE = "two_people"
    COOLING_OFF = "cooling_off"


@dataclass(frozen=True, slots=True)
class DisbursementCheck:
    """One check: whether it holds, and why in a sentence; `field` is where to put it right."""

    code: DisbursementCheckCode
    state: PolicyState
    sentence: str
    field: str = ""

    @property
    def stops(self) -> bool:
        """Whether the money may not go out yet."""
        return self.state in _STOPS


Code, State = DisbursementCheckCode, PolicyState
Tell = Callable[[DisbursementCheck], None]


def nobody_waits(_check: DisbursementCheck) -> None:
    """Tell nobody of a check before all of them are made."""


def disbursement_checks(
    case: DisbursementCase,
    terms: DisbursementTerms,
    product: "Product",
    desk: "Desk",
    tell: Tell = nobody_waits,
) -> tuple[DisbursementCheck, ...]:
    """All checks of a payment; each is told as soon as it is made.

    Raises:
        Refused: the loan no longer gives a statement.
        NoRuleInForceError: a rule is missing on the day of sanction.
    """
    made: list[DisbursementCheck] = []
    makers: tuple[Callable[[], DisbursementCheck], ...] = (
        lambda: _approved(case, terms, desk),
        lambda: _statement(case, desk),
        lambda: _agreement(case, terms),
        lambda: _security(case, product),
        lambda: _insurance(case, terms, product),
        lambda: _mandate(case, terms, product),
        lambda: _two_people(case, desk),
        lambda: _cooling_off(case, terms, desk),
    )
    for make in makers:
        made.append(make())
        tell(made[-1])
    return tuple(made)


def term_faults(
    case: DisbursementCase, terms: DisbursementTerms, product: "Product", desk: "Desk"
) -> dict[str, str]:
    """What is wrong with the terms, by field; days, account, references and amount."""
    today = desk.clock.today()
    return {
        **amount_faults(terms, case.left_paise, in_parts=product.stage_wise_disbursement),
        **day_faults(terms, case.sanctioned_on, case.accepted_on, today),
        **form_faults(terms, case.customer),
    }


def stopping(checks: Sequence[DisbursementCheck]) -> tuple[DisbursementCheck, ...]:
    """The checks that stand in the way of a proposal; the second person comes after it."""
    return tuple(each for each in checks if each.stops and each.code is not Code.TWO_PEOPLE)


def _approved(case: DisbursementCase, terms: DisbursementTerms, desk: "Desk") -> DisbursementCheck:
    on = case.sanctioned_on
    valid = desk.rulebook().row("sanction_valid_days", on)
    begun = case.loan is not None  # later parts follow their own time
    if not begun and not valid.holds((terms.disbursement_date - on).days):
        last = on + timedelta(days=desk.rulebook().days("sanction_valid_days", on))
        said = f"The sanction held until {date_shown(last)}: have it decided again"
        return DisbursementCheck(Code.APPROVED, State.FAIL, said)
    who = case.letter.names.get(case.letter.step.actor_id, "")
    money, months = rupees_shown(case.terms.amount_paise), case.terms.tenure_months
    said = f"{money} for {months} months at {percent_shown(case.terms.rate_ppm)}"
    by = f" by {who}" if who else ""
    return DisbursementCheck(Code.APPROVED, State.PASS, f"Approved on {date_shown(on)}{by}: {said}")


def _statement(case: DisbursementCase, desk: "Desk") -> DisbursementCheck:
    statement = case.statement
    if statement is None:
        purpose = case.application.loan_purpose
        segment = "MSME" if is_business_purpose(purpose) else "RETAIL"
        if not key_facts_required(desk.rulebook(), segment, case.sanctioned_on):
            said = "No Key Facts Statement was due on the day of sanction"
            return DisbursementCheck(Code.KFS, State.NOT_APPLICABLE, said)
        said = "Issue a Key Facts Statement and have it accepted first"
        return DisbursementCheck(Code.KFS, State.FAIL, said)
    if statement.status is not LetterStatus.ACCEPTED or statement.accepted_on is None:
        return _not_accepted(case, desk)
    changed = changed_sections(case, statement, desk)
    if changed:
        said = f"The loan differs from its statement in {', '.join(changed)}: issue a new one"
        return DisbursementCheck(Code.KFS, State.FAIL, said)
    day = date_shown(statement.accepted_on)
    said = f"{statement.number} was accepted on {day} and equals the loan"
    return DisbursementCheck(Code.KFS, State.PASS, said)


def _not_accepted(case: DisbursementCase, desk: "Desk") -> DisbursementCheck:
    until = None if case.statement is None else case.statement.valid_until
    if until is not None and until < desk.clock.today():
        said = f"The statement could be accepted until {date_shown(until)}: issue a new one"
        return DisbursementCheck(Code.KFS, State.FAIL, said)
    said = "Have the borrower accept the Key Facts Statement first"
    if until is not None:
        said = f"Have the borrower accept the Key Facts Statement by {date_shown(until)}"
    return DisbursementCheck(Code.KFS, State.FAIL, said)


def _agreement(case: DisbursementCase, terms: DisbursementTerms) -> DisbursementCheck:
    if terms.agreement_date is not None:
        said = f"The loan agreement was signed on {date_shown(terms.agreement_date)}"
        return DisbursementCheck(Code.AGREEMENT, State.PASS, said)
    return _paper(
        case,
        DocumentKind.LOAN_AGREEMENT,
        DisbursementCheck(
            Code.AGREEMENT,
            State.UNVERIFIED,
            "Enter the day on which the loan agreement was signed",
            "agreement_date",
        ),
    )


def _security(case: DisbursementCase, product: "Product") -> DisbursementCheck:
    above, amount = product.security_required_above_paise, case.terms.amount_paise
    needed = product.security is SecurityRule.REQUIRED or (above is not None and amount > above)
    given = [each for each in case.application.collateral if each.value_paise > 0]
    fitting = [each for each in given if each.collateral_type in product.security_types]
    if fitting or (given and not needed):
        words = shipped_words()
        said = "; ".join(
            f"{words.label('collateral_type', each.collateral_type)} worth "
            f"{rupees_shown(each.value_paise)}"
            for each in fitting or given
        )
        return DisbursementCheck(Code.SECURITY, State.PASS, said)
    if needed:
        said = "This loan needs security with a value: none is recorded"
        return DisbursementCheck(Code.SECURITY, State.FAIL, said)
    return DisbursementCheck(Code.SECURITY, State.NOT_APPLICABLE, "No security is taken")


def _insurance(
    case: DisbursementCase, terms: DisbursementTerms, product: "Product"
) -> DisbursementCheck:
    asked = DocumentKind.INSURANCE_POLICY in product.documents.get(_WITH_SECURITY, ())
    if not asked or not case.application.collateral:
        said = "This loan needs no insurance of security"
        return DisbursementCheck(Code.INSURANCE, State.NOT_APPLICABLE, said)
    if terms.insurance_reference:
        said = f"The security is insured: policy {terms.insurance_reference}"
        return DisbursementCheck(Code.INSURANCE, State.PASS, said)
    sentence = "Enter the policy that insures the security"
    return _paper(
        case,
        DocumentKind.INSURANCE_POLICY,
        DisbursementCheck(Code.INSURANCE, State.UNVERIFIED, sentence, "insurance_reference"),
    )


def _mandate(
    case: DisbursementCase, terms: DisbursementTerms, product: "Product"
) -> DisbursementCheck:
    if terms.mandate_reference:
        said = f"Instalments are collected under mandate {terms.mandate_reference}"
        return DisbursementCheck(Code.MANDATE, State.PASS, said)
    if DocumentKind.MANDATE_FORM not in product.documents.get(_ALWAYS, ()):
        said = "This product asks for no repayment mandate"
        return DisbursementCheck(Code.MANDATE, State.NOT_APPLICABLE, said)
    sentence = "Enter the reference of the repayment mandate"
    return _paper(
        case,
        DocumentKind.MANDATE_FORM,
        DisbursementCheck(Code.MANDATE, State.UNVERIFIED, sentence, "mandate_reference"),
    )


def _paper(
    case: DisbursementCase, kind: DocumentKind, otherwise: DisbursementCheck
) -> DisbursementCheck:
    """A paper on file serves as well as what would be typed."""
    if kind not in case.papers:
        return otherwise
    label = shipped_words().label("document_kind", kind)
    return DisbursementCheck(otherwise.code, State.PASS, f"On file: {label}")


def _two_people(case: DisbursementCase, desk: "Desk") -> DisbursementCheck:
    waiting, paid = case.waiting, case.last_act
    if waiting is None and case.is_paid and paid is not None and paid.checker_id is not None:
        maker, checker = (
            case.letter.names.get(who, "") for who in (paid.maker_id, paid.checker_id)
        )
        said = f"Proposed by {maker}, confirmed by {checker}"
        return DisbursementCheck(Code.TWO_PEOPLE, State.PASS, said)
    if waiting is None:
        said = "After the proposal another person confirms"
        return DisbursementCheck(Code.TWO_PEOPLE, State.UNVERIFIED, said)
    maker = case.letter.names.get(waiting.maker_id, "")
    if waiting.maker_id == desk.person().user_id:
        said = "You proposed this payment: another person must confirm it"
        return DisbursementCheck(Code.TWO_PEOPLE, State.UNVERIFIED, said)
    said = f"Proposed by {maker}: you may confirm it"
    return DisbursementCheck(Code.TWO_PEOPLE, State.PASS, said)


def _cooling_off(
    case: DisbursementCase, terms: DisbursementTerms, desk: "Desk"
) -> DisbursementCheck:
    if not case.application.digital_loan:
        said = "Given at the branch: no cooling-off"
        return DisbursementCheck(Code.COOLING_OFF, State.NOT_APPLICABLE, said)
    last = last_exit_day(terms.disbursement_date, desk.rulebook(), case.sanctioned_on)
    said = f"Digital loan: the borrower may leave without penalty until {date_shown(last)}"
    return DisbursementCheck(Code.COOLING_OFF, State.NOTE, said)
