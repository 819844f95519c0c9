"""How a customer's and an application's states look in a cell or badge: word, icon, colour.

Source: visual-language.md (word + icon + colour, never colour alone) and screens.md A9, A10.
"""

from decimal import Decimal

from app.rules.money import PAISE_PER_RUPEE, round_half_up, rupees_shown
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import KycStatus

UNKNOWN = "—"

KYC_ICONS = {
    KycStatus.COMPLETE: ("circle-check", "good"),
    KycStatus.INCOMPLETE: ("circle-dashed", "warning"),
    KycStatus.EXPIRED: ("hourglass", "bad"),
}
KYC_LEVELS = {
    KycStatus.COMPLETE: "good",
    KycStatus.INCOMPLETE: "warning",
    KycStatus.EXPIRED: "bad",
}
STATUS_ICONS = {
    ApplicationStatus.DRAFT: ("pencil", "muted"),
    ApplicationStatus.PENDING: ("clock", "muted"),
    ApplicationStatus.PROPOSED: ("user-check", "accent"),
    ApplicationStatus.RETURNED: ("arrow-back-up", "warning"),
    ApplicationStatus.APPROVED: ("circle-check", "good"),
    ApplicationStatus.DISBURSED: ("building-bank", "good"),
    ApplicationStatus.REJECTED: ("circle-minus", "muted"),
    ApplicationStatus.WITHDRAWN: ("circle-minus", "muted"),
}

_SHOWN_HEAD = 2
_SHOWN_TAIL = 3
_PHONE_DIGITS = 10


def phone_masked(phone: str) -> str:
    """The phone as lists show it: both ends, the middle hidden.

    >>> phone_masked("9812345214")
    '98XXX XX214'
    """
    if len(phone) != _PHONE_DIGITS:
        return UNKNOWN if not phone else f"{phone[:_SHOWN_HEAD]}XXX"
    return f"{phone[:_SHOWN_HEAD]}XXX XX{phone[-_SHOWN_TAIL:]}"


def whole_rupees(amount_paise: int) -> str:
    """An amount in a list whose head carries the sign: whole rupees, half up, in lakh groups.

    >>> whole_rupees(37855952)
    '3,78,560'
    """
    paise = round_half_up(Decimal(amount_paise) / PAISE_PER_RUPEE) * PAISE_PER_RUPEE
    return rupees_shown(paise).replace("₹", "")


def word_of(list_name: str, code: str) -> str:
    """A stored code as screens print it, from the shipped word lists.

    >>> word_of("employment_type", "Self-Employed")
    'Self-employed'
    """
    return shipped_words().label(list_name, code)
