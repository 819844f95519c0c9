"""What a receipt must say before it may be posted: amount, value date, method and its reference.

Source: screens.md S62; lists payment_method (its patterns) of words.json; rows backdate_max_days
and cash_pan_above. Faults are sentences by field name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.rules.payment_allocation import PaymentAmountError
from app.rules.permissions import Act, roles_for
from app.rules.rulebook import Rulebook
from app.rules.wording import Wording
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role

_METHODS = "payment_method"
_REQUIRED = "REQUIRED"
_SPACES = re.compile(r"\s+")
_LOOKS = {
    PaymentMethod.BANK_TRANSFER: "The reference of a bank transfer has 12 to 22 letters and digits",
    PaymentMethod.CHEQUE: "A cheque number has 6 digits",
    PaymentMethod.CASH: "A cash slip number has at most 20 letters, digits, / or -",
    PaymentMethod.UPI: "A UPI reference has 12 digits",
    PaymentMethod.CARD: "The approval code of a card has 6 to 12 letters and digits",
    PaymentMethod.MANDATE: "The reference of a mandate has 20 letters and digits",
}


@dataclass(frozen=True, slots=True)
class ReceiptTerms:
    """A receipt as it is entered.

    Attributes:
        amount_paise: received, more than 0.
        value_date: the day the money counts from.
        reference: tidy, see `tidy_reference`.
        identified: a PAN was checked, or Form 60 was taken.
    """

    amount_paise: int
    value_date: date
    method: PaymentMethod
    reference: str = ""
    identified: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """The day on which a receipt is entered, by whom, and since when there is a loan."""

    today: date
    disbursed_on: date
    roles: frozenset[Role]


def tidy_reference(text: str) -> str:
    """A reference as it is stored: upper case, without spaces.

    >>> tidy_reference(" 4312 7788 1200 ")
    '431277881200'
    """
    return _SPACES.sub("", text).upper()


def backdate_limit_days(roles: Iterable[Role], on: date, rulebook: Rulebook) -> int:
    """How many days before today a person may date a receipt: the most any of the roles allows.

    Raises:
        NoRuleInForceError: a role that posts receipts has no row.
    """
    posting = [role for role in roles_for(Act.POST_REPAYMENT) if role in set(roles)]
    limits = (rulebook.days("backdate_max_days", on, role.name) for role in posting)
    return max(limits, default=0)


def money_faults(terms: ReceiptTerms, when: ReceiptDay, rulebook: Rulebook) -> dict[str, str]:
    """What is wrong with the amount and the value date, which say what a receipt does."""
    faults = {}
    if terms.amount_paise <= 0:
        faults["amount"] = str(PaymentAmountError())
    sentence = _value_date_fault(terms.value_date, when, rulebook)
    if sentence:
        faults["value_date"] = sentence
    return faults


def paper_faults(
    terms: ReceiptTerms, when: ReceiptDay, rulebook: Rulebook, words: Wording
) -> dict[str, str]:
    """What is wrong with the reference, and with a large amount of cash without a name to it."""
    faults = {}
    shape = words.entry(_METHODS, terms.method)
    if not terms.reference:
        if shape["reference"] == _REQUIRED:
            label = words.label(_METHODS, terms.method)
            faults["reference"] = f"Enter the reference: {label} always has one"
    elif not re.fullmatch(str(shape["pattern"]), terms.reference):
        faults["reference"] = _LOOKS[terms.method]
    if not terms.identified and needs_identity(terms, when.today, rulebook):
        limit = rupees_shown(rulebook.paise("cash_pan_above", when.today))
        faults["pan_number"] = f"Cash above {limit} needs the PAN of the payer, or Form 60"
    return faults


def needs_identity(terms: ReceiptTerms, on: date, rulebook: Rulebook) -> bool:
    """Whether so much cash asks for a PAN or Form 60."""
    limit = rulebook.row("cash_pan_above", on)
    return terms.method is PaymentMethod.CASH and limit.holds(terms.amount_paise)


def _value_date_fault(value_date: date, when: ReceiptDay, rulebook: Rulebook) -> str | None:
    if value_date > when.today:
        return f"The value date is in the future: today is {date_shown(when.today)}"
    if value_date < when.disbursed_on:
        return f"The loan was paid out on {date_shown(when.disbursed_on)}: no money can come before"
    back, most = (
        (when.today - value_date).days,
        backdate_limit_days(when.roles, when.today, rulebook),
    )
    if back <= most:
        return None
    widest = backdate_limit_days(roles_for(Act.POST_REPAYMENT), when.today, rulebook)
    mine = "Your receipts take today's date" if not most else f"You may go back {most} days"
    if widest > most:
        return f"{mine}: a supervisor may go back {widest} days"
    return f"{mine}: an older value date is not allowed"
