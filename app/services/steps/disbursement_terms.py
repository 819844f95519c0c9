"""What a maker types to have a loan paid out, how it is kept, and what is wrong with it.

Source: screens.md S63, commands.md (`disburse`). Kept as the terms of the act, so that the second
person confirms exactly what was typed; the account number is sealed, and masked in the terms.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.steps.check_identity_numbers import check_ifsc
from app.services.steps.command import canonical
from app.services.steps.free_text import text_fault, tidy_text
from app.services.steps.plain_json import from_plain, to_plain
from db.identifiers import mask_tail
from db.records.loans import LoanActRecord
from db.records.people import Customer
from db.vocabulary.loan_life import DisbursementMode

LONGEST_REFERENCE = 40
ACCOUNT_DIGITS = range(6, 19)
CREDITED = frozenset({DisbursementMode.ACCOUNT_CREDIT, DisbursementMode.PAID_TO_SELLER})

Faults = dict[str, str]


@dataclass(frozen=True, slots=True)
class DisbursementTerms:
    """The payment as it is proposed.

    Attributes:
        first_due_date: None takes the one that the statement gives.
        beneficiary_account, ifsc_code: empty for the account on the customer's record.
        agreement_date: the day on which the loan agreement was signed.
        mandate_reference: of the order to collect the instalments; a paper on file serves too.
        insurance_reference: of the policy on the security; a paper on file serves too.
    """

    amount_paise: int
    disbursement_date: date
    mode: DisbursementMode
    first_due_date: date | None = None
    beneficiary_account: str = field(default="", repr=False)
    ifsc_code: str = ""
    agreement_date: date | None = None
    mandate_reference: str = ""
    insurance_reference: str = ""

    @property
    def masked(self) -> "DisbursementTerms":
        """The same with the account number by its mask."""
        return replace(self, beneficiary_account=mask_tail(self.beneficiary_account) or "")

    def put_into(self, act: LoanActRecord) -> LoanActRecord:
        """The act with these terms; the account number apart from them, to be sealed."""
        text = canonical(to_plain(self.masked))
        return replace(act, terms=text, account=self.beneficiary_account or None)


def terms_kept(act: LoanActRecord) -> DisbursementTerms:
    """The terms that an act keeps.

    Raises:
        PlainFormError, ValueError: the act does not hold them.
    """
    terms = from_plain(DisbursementTerms, json.loads(act.terms))
    return terms if act.account is None else replace(terms, beneficiary_account=act.account)


def tidy_terms(terms: DisbursementTerms) -> DisbursementTerms:
    """The same without spaces that nobody meant; the branch code in capitals."""
    return DisbursementTerms(
        amount_paise=terms.amount_paise,
        disbursement_date=terms.disbursement_date,
        mode=terms.mode,
        first_due_date=terms.first_due_date,
        beneficiary_account="".join(terms.beneficiary_account.split()),
        ifsc_code="".join(terms.ifsc_code.split()).upper(),
        agreement_date=terms.agreement_date,
        mandate_reference=_one_line(terms.mandate_reference),
        insurance_reference=_one_line(terms.insurance_reference),
    )


def _one_line(text: str) -> str:
    return " ".join(tidy_text(text).split())


def form_faults(terms: DisbursementTerms, customer: Customer) -> Faults:
    """What is wrong with the account and the references, by field."""
    faults: Faults = {}
    if terms.mode in CREDITED:
        faults |= _account_faults(terms, customer)
    for name in ("mandate_reference", "insurance_reference"):
        fault = text_fault("The reference", getattr(terms, name), LONGEST_REFERENCE)
        if fault is not None:
            faults[name] = fault
    return faults


def amount_faults(terms: DisbursementTerms, left_paise: int, *, in_parts: bool) -> Faults:
    """An amount that is not what is left of the sanction; a product in parts takes less too."""
    amount, left = terms.amount_paise, rupees_shown(left_paise)
    if amount > left_paise:
        return {"amount": f"At most {left} is left of what was sanctioned"}
    if amount <= 0:
        return {"amount": "The amount must be more than ₹0"}
    if amount < left_paise and not in_parts:
        return {"amount": f"This product is paid out in one amount: {left}"}
    return {}


def day_faults(
    terms: DisbursementTerms, sanctioned_on: date, accepted_on: date | None, today: date
) -> Faults:
    """Days that do not go together: payment after sanction, acceptance and agreement."""
    faults: Faults = {}
    first = sanctioned_on if accepted_on is None else max(sanctioned_on, accepted_on)
    if not first <= terms.disbursement_date <= today:
        faults["disbursement_date"] = f"Enter a day from {date_shown(first)} to {date_shown(today)}"
    agreed = terms.agreement_date
    if agreed is not None and not first <= agreed <= terms.disbursement_date:
        last = date_shown(terms.disbursement_date)
        faults["agreement_date"] = (
            f"The agreement is signed from {date_shown(first)} to {last}, the day of payment"
        )
    return faults


def account_shown(terms: DisbursementTerms, customer: Customer) -> str:
    """Where the money goes: the account typed, or the customer's own, by its mask."""
    if terms.mode not in CREDITED:
        return ""
    if terms.beneficiary_account:
        return f"{terms.ifsc_code} {terms.masked.beneficiary_account}"
    return own_account(customer)


def own_account(customer: Customer) -> str:
    """The account on the customer's record by its mask; empty where there is none."""
    if not customer.bank_account_masked:
        return ""
    return f"{customer.ifsc_code or ''} {customer.bank_account_masked}".strip()


def _account_faults(terms: DisbursementTerms, customer: Customer) -> Faults:
    account = terms.beneficiary_account
    if not account and not terms.ifsc_code:
        own = terms.mode is DisbursementMode.ACCOUNT_CREDIT and customer.bank_account_masked
        return {} if own else {"beneficiary_account": "Enter the account that gets the money"}
    faults: Faults = {}
    digits = account.isascii() and account.isdecimal()
    if not digits or len(account) not in ACCOUNT_DIGITS:
        faults["beneficiary_account"] = "Bank account number has 6 to 18 digits: check it"
    code = check_ifsc(terms.ifsc_code)
    if not code.valid:
        faults["ifsc_code"] = code.sentence
    return faults
