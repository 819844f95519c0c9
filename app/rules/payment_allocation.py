"""How a receipt is used: which due, and within it interest, principal or charges first.

Source: lending-rules.md section 6 (default FIFO_IPC: oldest instalment first, interest before
principal, charges last). Vectors V040 to V045. What is left over stays as an advance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.vocabulary.lending import AppropriationOrder


class PaymentAmountError(ValueError):
    """A receipt of nothing or less."""

    field = "amount"

    def __init__(self) -> None:
        super().__init__("The amount received must be more than ₹0")


@dataclass(frozen=True, slots=True)
class Due:
    """What is still unpaid of one instalment, in paise."""

    due_on: date
    interest_paise: int
    principal_paise: int

    @property
    def total_paise(self) -> int:
        """Interest and principal together."""
        return self.interest_paise + self.principal_paise


@dataclass(frozen=True, slots=True)
class DueShare:
    """What a receipt settles of one instalment, in paise."""

    due_on: date
    interest_paise: int
    principal_paise: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The split of one receipt, in paise; the parts add up to the payment.

    Attributes:
        shares: by instalment, oldest first, untouched ones included.
        oldest_unpaid_due: the oldest due date with anything left, None when all are paid.
    """

    policy: AppropriationOrder
    shares: tuple[DueShare, ...]
    charges_paise: int
    excess_paise: int
    charges_left_paise: int
    oldest_unpaid_due: date | None

    @property
    def interest_paise(self) -> int:
        """Interest settled over all instalments."""
        return sum(share.interest_paise for share in self.shares)

    @property
    def principal_paise(self) -> int:
        """Principal settled over all instalments."""
        return sum(share.principal_paise for share in self.shares)


def allocate(
    payment_paise: int, dues: Sequence[Due], charges_paise: int, policy: AppropriationOrder
) -> Allocation:
    """Split a receipt over dues and charges.

    Raises:
        PaymentAmountError: the receipt is 0 or less.

    >>> due = Due(date(2026, 6, 5), 300000, 700000)
    >>> allocate(1000000, [due], 50000, AppropriationOrder.FIFO_IPC).charges_paise
    0
    """
    if payment_paise <= 0:
        raise PaymentAmountError
    oldest_first = sorted(dues, key=lambda due: due.due_on)
    left, charges = payment_paise, 0
    if policy is AppropriationOrder.CIP:
        charges = min(left, charges_paise)
        left -= charges
    if policy is AppropriationOrder.VERT_IPC:
        shares, left = _vertical(left, oldest_first)
    else:
        shares, left = _instalment_by_instalment(left, oldest_first)
    if policy is not AppropriationOrder.CIP:
        charges = min(left, charges_paise)
        left -= charges
    return Allocation(
        policy=policy,
        shares=shares,
        charges_paise=charges,
        excess_paise=left,
        charges_left_paise=charges_paise - charges,
        oldest_unpaid_due=_oldest_unpaid(oldest_first, shares),
    )


def _instalment_by_instalment(left: int, dues: Iterable[Due]) -> tuple[tuple[DueShare, ...], int]:
    shares = []
    for due in dues:
        interest = min(left, due.interest_paise)
        principal = min(left - interest, due.principal_paise)
        left -= interest + principal
        shares.append(DueShare(due.due_on, interest, principal))
    return tuple(shares), left


def _vertical(left: int, dues: Sequence[Due]) -> tuple[tuple[DueShare, ...], int]:
    interests, principals = [], []
    for due in dues:
        interests.append(min(left, due.interest_paise))
        left -= interests[-1]
    for due in dues:
        principals.append(min(left, due.principal_paise))
        left -= principals[-1]
    settled = zip(dues, interests, principals, strict=True)
    return tuple(DueShare(due.due_on, paid, back) for due, paid, back in settled), left


def _oldest_unpaid(dues: Iterable[Due], shares: Iterable[DueShare]) -> date | None:
    for due, share in zip(dues, shares, strict=True):
        if share.interest_paise + share.principal_paise < due.total_paise:
            return due.due_on
    return None
