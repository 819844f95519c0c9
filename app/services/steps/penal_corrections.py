"""Bring the penal charges of closed months in line with a ledger that a back-dated entry moved.

Source: lending-rules.md section 5, data-and-sync.md 4. No charge is rewritten: the one that no
longer holds is taken back by a row that names it, and the right one is levied for the same month.
What two people have waived is settled: a month up to their last waiver stays as it was.
"""

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.services.steps.account_posting import post_to_account
from app.services.steps.penal_account import (
    PenalAccount,
    ends_month,
    month_of,
    read_penal_account,
    replayed_charge,
    settled_until,
)
from db.records.loans import Charge, LoanBatch
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.loan_ledger import LoanLedger, RowMaker
    from db.records.loans import Loan
    from db.unit_of_work import UnitOfWork

PENAL = "penal"
"""In the details of a day-end: that it levied the charges of the month it ended."""


def correct_penal(
    book: "UnitOfWork",
    loan: "Loan",
    days: tuple[date, date],
    rulebook: "Rulebook",
    make: "RowMaker",
) -> tuple[Charge, ...]:
    """Levy the closed months from the first to the last of the days anew where they differ.

    Call it on a locked loan once the rows that moved its ledger are settled. A closed loan is
    charged no more than it was; a loan that is written off is left alone.

    Returns:
        The entries that were added; loan, ledger and cells say the same when this returns.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    months = levied_months(book, loan.branch_id, days)
    if not months or loan.status is LoanStatus.WRITTEN_OFF:
        return ()
    account = read_penal_account(book, loan)
    settled = last_waiver(account.ledger)
    added: list[Charge] = []
    for last in months:
        if settled is None or last > settled:
            rows = month_rows(account, last, rulebook, make)
            added += rows
            account = replace(account, ledger=account.ledger.adding(LoanBatch(charges=rows)))
    if added:
        until = settled_until(account.ledger, days[1])
        post_to_account(book, loan, until, make, LoanBatch(charges=tuple(added)))
    return tuple(added)


def standing_penal(ledger: "LoanLedger", day: date) -> tuple[Charge, ...]:
    """What stands for the month of a day: the charge of its day-end, or of closings in it."""
    undone = {each.reverses_id for each in ledger.charges}
    return tuple(
        each
        for each in ledger.charges
        if each.entry is ChargeEntry.LEVIED
        and each.kind is ChargeKind.PENAL
        and each.value_date.replace(day=1) == day.replace(day=1)
        and each.charge_id not in undone
    )


def month_rows(
    account: PenalAccount, last: date, rulebook: "Rulebook", make: "RowMaker"
) -> tuple[Charge, ...]:
    """The entries by which a month's charges are those of the ledger; none where they are.

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    loan, stands = account.ledger.loan, standing_penal(account.ledger, last)
    month = replayed_charge(account, month_of(last), rulebook)
    before = sum(each.amount_paise for each in stands)
    wanted = 0 if month is None else month.charge_paise
    if wanted == before or (wanted > before and loan.status is LoanStatus.CLOSED):
        return ()
    return (
        *(taken_back(each, make) for each in stands),
        *(() if month is None or not wanted else (month.row(loan.loan_id, make),)),
    )


def taken_back(charge: Charge, make: "RowMaker") -> Charge:
    """The entry that undoes a charge."""
    return replace(
        charge,
        charge_id=make.new_id(),
        entry=ChargeEntry.REVERSED,
        recorded_at=make.at,
        actor_id=make.actor_id,
        reverses_id=charge.charge_id,
    )


def levied_months(book: "UnitOfWork", branch_id: int, days: tuple[date, date]) -> list[date]:
    """The closed month ends whose day-end levied; those of before it was done are left alone."""
    return [
        closed.business_date
        for closed in book.day_ends.between(branch_id, *days)
        if ends_month(closed.business_date) and PENAL in json.loads(closed.details)
    ]


def last_waiver(ledger: "LoanLedger") -> date | None:
    """The day on which penal charges were last given up."""
    return max(
        (
            each.value_date
            for each in ledger.charges
            if each.entry is ChargeEntry.WAIVED and each.kind is ChargeKind.PENAL
        ),
        default=None,
    )
