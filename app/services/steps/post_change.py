"""Write a planned change of a loan in the transaction of its confirmation.

Source: data-and-sync.md 4 and 6: the act stands first, then the schedule that it puts in force, the
charges, and the money with its split as the replay gives it; loan, instalments and cells follow.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.rules.loan_account import AccountEvent, EventKind
from app.rules.provisioning import ProvisionCase, provision_required
from app.services.steps.account_posting import post_to_account
from app.services.steps.closing_penal import penal_rows
from app.services.steps.ids import new_id
from app.services.steps.loan_change import MoneyIn, PlannedChange
from app.services.steps.loan_ledger import LoanLedger, RowMaker, read_ledger, replay_ledger
from db.records.loans import (
    Charge,
    Instalment,
    Loan,
    LoanActRecord,
    LoanBatch,
    NpaEntry,
    Repayment,
    ScheduleVersion,
)
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import PaymentMethod

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


def post_change(
    book: "UnitOfWork",
    plan: PlannedChange,
    act: LoanActRecord,
    rule_rows: Iterable[str],
    desk: "Desk",
) -> Loan:
    """Write the plan of a posted act; `rule_rows` are the ids of those it stands on.

    The caller holds the lock of `plan.owed.loan` and commits.
    """
    loan, now = plan.owed.loan, desk.clock.now()
    make = RowMaker(lambda: new_id(desk), desk.person().user_id, now)
    if plan.rows:
        rows = _instalments(plan)
        book.accounts.replace_schedule(loan.branch_id, _version(plan, act, rule_rows), rows)
    charges = (
        *penal_rows(plan.owed.penal, loan.loan_id, plan.owed.on, make),
        *_charges(plan, act, make),
    )
    book.accounts.add(loan.branch_id, LoanBatch(charges=charges))
    ledger = read_ledger(book, loan)
    fields: dict[str, Any] = dict(plan.loan_fields)
    entries: tuple[NpaEntry, ...] = ()
    if act.act is LoanAct.LOSS:
        entry = _loss(plan, desk)
        entries, fields["provision_paise"] = (entry,), entry.provision_paise
    added = LoanBatch(repayments=_money(plan, ledger, make), npa_entries=entries)
    changed = replace(loan, **fields)
    return post_to_account(book, changed, desk.clock.today(), make, added)[0]


def _version(plan: PlannedChange, act: LoanActRecord, rule_rows: Iterable[str]) -> ScheduleVersion:
    after = plan.after
    return ScheduleVersion(
        loan_id=plan.owed.loan.loan_id,
        version=after.schedule_version,
        from_date=plan.from_date or plan.owed.on,
        emi_paise=after.emi_paise,
        rate_ppm=after.rate_ppm,
        instalments=plan.rows[-1].number,
        rule_rows=json.dumps(list(rule_rows)),
        recorded_at=act.decided_at or act.made_at,
        act_id=act.act_id,
    )


def _instalments(plan: PlannedChange) -> tuple[Instalment, ...]:
    loan_id = plan.owed.loan.loan_id
    return tuple(
        Instalment(
            loan_id=loan_id,
            number=row.number,
            due_date=row.due_on,
            opening_paise=row.opening_paise,
            interest_paise=row.interest_paise,
            principal_paise=row.principal_paise,
            closing_paise=row.closing_paise,
        )
        for row in plan.rows
    )


def _charges(plan: PlannedChange, act: LoanActRecord, make: RowMaker) -> tuple[Charge, ...]:
    return tuple(
        Charge(
            charge_id=make.new_id(),
            loan_id=plan.owed.loan.loan_id,
            entry=new.entry,
            kind=new.kind,
            value_date=plan.owed.on,
            recorded_at=make.at,
            amount_paise=new.amount_paise,
            reason=new.reason or act.reason,
            actor_id=make.actor_id,
        )
        for new in plan.charges
    )


def _money(plan: PlannedChange, ledger: LoanLedger, make: RowMaker) -> tuple[Repayment, ...]:
    """The rows of the money brought, each with the split that a replay of the account gives it."""
    rows = [_row(plan, each, make) for each in plan.money]
    events = [
        AccountEvent(
            key=str(row.repayment_id),
            kind=EventKind.PRINCIPAL if row.kind is RepaymentKind.PREPAYMENT else EventKind.RECEIPT,
            on=row.value_date,
            order=len(ledger.rows) + place,
            amount_paise=row.amount_paise,
            interest_paise=each.interest_paise,
        )
        for place, (row, each) in enumerate(zip(rows, plan.money, strict=True))
    ]
    splits = replay_ledger(ledger, plan.owed.as_of, events).splits
    balance, made = ledger.balance_paise, []
    for row in rows:
        split = splits[str(row.repayment_id)]
        balance -= split.principal_paise
        made.append(
            replace(
                row,
                interest_paise=split.interest_paise,
                principal_paise=split.principal_paise,
                charges_paise=split.charges_paise,
                excess_paise=split.excess_paise,
                balance_after_paise=balance,
            )
        )
    return tuple(made)


def _row(plan: PlannedChange, money: MoneyIn, make: RowMaker) -> Repayment:
    change = plan.change
    return Repayment(
        repayment_id=make.new_id(),
        loan_id=plan.owed.loan.loan_id,
        value_date=plan.owed.on,
        recorded_at=make.at,
        amount_paise=money.amount_paise,
        interest_paise=money.interest_paise,
        principal_paise=0,
        charges_paise=0,
        excess_paise=0,
        balance_after_paise=0,
        method=change.method or PaymentMethod.BANK_TRANSFER,
        reference=change.reference,
        policy=AppropriationOrder.FIFO_IPC,
        kind=money.kind,
        actor_id=make.actor_id,
        payer=change.payer or None,
    )


def _loss(plan: PlannedChange, desk: "Desk") -> NpaEntry:
    """The entry by which a loss is identified; it needs all that is owed as its provision."""
    loan, on, rulebook = plan.owed.loan, plan.owed.on, desk.rulebook()
    case = ProvisionCase(plan.after.asset_class, plan.after.outstanding_paise)
    return NpaEntry(
        entry_id=new_id(desk),
        loan_id=loan.loan_id,
        business_date=on,
        recorded_at=desk.clock.now(),
        asset_class=plan.after.asset_class,
        oldest_unpaid_due=plan.owed.state.oldest_unpaid_due(plan.owed.as_of),
        npa_since=loan.npa_since,
        provision_paise=provision_required(case, rulebook, on),
        cause="identified as a loss",
    )
