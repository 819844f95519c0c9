"""A change of a loan as it is asked for, how the account looks before and after, what it writes.

Source: screens.md S65. One plan serves the preview, the proposal and the posting, so that what a
second person confirms is what was shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import NamedTuple

from app.rules.foreclosure import ForeclosureQuote
from app.rules.prepayment_fee import FeeCharge
from app.rules.schedule_change import LeftDue
from app.services.steps.command import canonical
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.plain_json import from_plain, to_plain
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass, LoanStatus, PaymentMethod

CHANGES = frozenset(
    {
        LoanAct.FORECLOSURE,
        LoanAct.PART_PREPAYMENT,
        LoanAct.RATE_CHANGE,
        LoanAct.RESCHEDULE,
        LoanAct.MORATORIUM,
        LoanAct.RESTRUCTURE,
        LoanAct.WRITE_OFF,
        LoanAct.LOSS,
        LoanAct.CHARGE_WAIVER,
    }
)


@dataclass(frozen=True, slots=True)
class LoanChange:
    """What is asked for; money in paise. Which fields count depends on the act.

    Attributes:
        amount_paise: money brought (part-prepayment, closure), the wanted instalment (reschedule)
            or the charge given up (waiver).
        keep: what stays as it is; None takes the default.
        months: instalments wanted, or months without one (moratorium).
    """

    act: LoanAct
    value_date: date
    amount_paise: int | None = None
    keep: PrepaymentKeep | None = None
    rate_ppm: int | None = None
    months: int | None = None
    treatment: MoratoriumTreatment | None = None
    charge_kind: ChargeKind | None = None
    method: PaymentMethod | None = None
    reference: str = ""
    payer: str = ""

    @property
    def text(self) -> str:
        """The terms as an act keeps them."""
        return canonical(to_plain(self))


@dataclass(frozen=True, slots=True)
class AccountLook:
    """How an account looks at one moment; money in paise.

    Attributes:
        interest_left_paise: of the instalments that are not due yet.
        written_off_paise: principal given up; None for a loan that is not written off.
    """

    status: LoanStatus
    asset_class: AssetClass
    outstanding_paise: int
    charges_due_paise: int
    rate_ppm: int
    schedule_version: int
    emi_paise: int
    instalments_left: int
    interest_left_paise: int
    last_instalment_paise: int
    last_due_on: date | None
    written_off_paise: int | None = None

    @property
    def text(self) -> str:
        """The look as an act keeps it."""
        return canonical(to_plain(self))


class MoneyIn(NamedTuple):
    """A row of the ledger that a change brings: its kind, its paise and interest in them."""

    kind: RepaymentKind
    amount_paise: int
    interest_paise: int = 0


class NewCharge(NamedTuple):
    """A row of the charge ledger that a change brings."""

    entry: ChargeEntry
    kind: ChargeKind
    amount_paise: int
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """Everything a change shows and writes.

    Attributes:
        rows: the instalments in force from the first of them on; empty leaves the schedule.
        from_date: the day from which the new schedule counts.
        loan_fields: of the loan's row, beside what follows from its account.
        saved_paise: interest saved against going on as agreed; below 0 where it costs more.
        to_pay_paise: money brought on the day, fee and tax included.
    """

    change: LoanChange
    owed: LoanOwed
    before: AccountLook
    after: AccountLook
    rows: tuple[LeftDue, ...] = ()
    from_date: date | None = None
    money: tuple[MoneyIn, ...] = ()
    charges: tuple[NewCharge, ...] = ()
    loan_fields: Mapping[str, object] = field(default_factory=dict)
    saved_paise: int | None = None
    fee: FeeCharge | None = None
    quote: ForeclosureQuote | None = None

    @property
    def to_pay_paise(self) -> int:
        """All money brought."""
        return sum(each.amount_paise for each in self.money)


def change_from(text: str) -> LoanChange:
    """The terms that an act keeps.

    Raises:
        PlainFormError: the text does not hold them.
    """
    return from_plain(LoanChange, json.loads(text))


def look_from(text: str) -> AccountLook:
    """The look that an act keeps.

    Raises:
        PlainFormError: the text does not hold one.
    """
    return from_plain(AccountLook, json.loads(text))


def look_of(owed: LoanOwed) -> AccountLook:
    """How the account looks now."""
    loan, left = owed.loan, owed.left
    return AccountLook(
        status=loan.status,
        asset_class=loan.asset_class,
        outstanding_paise=owed.state.principal_left_paise,
        charges_due_paise=owed.charges_paise,
        rate_ppm=loan.rate_ppm,
        schedule_version=owed.facts.schedule_version,
        emi_paise=loan.emi_paise,
        instalments_left=len(left),
        interest_left_paise=sum(row.interest_paise for row in left),
        last_instalment_paise=left[-1].interest_paise + left[-1].principal_paise if left else 0,
        last_due_on=left[-1].due_date if left else None,
        written_off_paise=loan.written_off_paise,
    )


def with_left(look: AccountLook, left: tuple[LeftDue, ...]) -> AccountLook:
    """A look with these instalments left, in the next version of the schedule."""
    return replace(
        look,
        schedule_version=look.schedule_version + 1,
        instalments_left=len(left),
        interest_left_paise=sum(row.interest_paise for row in left),
        last_instalment_paise=left[-1].instalment_paise if left else 0,
        last_due_on=left[-1].due_on if left else None,
    )


def moved(before: AccountLook, after: AccountLook) -> tuple[str, ...]:
    """The names of what a change moves, in the order of the look."""
    names = [each.name for each in fields(AccountLook)]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
