"""Changes that bring money or give a charge up: closure, part-prepayment, waiver.

Source: lending-rules.md 4 and 5. What is overdue is paid first, then interest to the day, then
principal. A closure makes everything that is left fall due on its day and pays it; a prepayment
takes principal off and leaves a schedule for the rest.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.money import rupees
from app.rules.prepayment import (
    OwedOnDay,
    PrepaymentSplit,
    part_prepayment,
    split_prepayment,
)
from app.rules.prepayment_fee import FeeCharge
from app.rules.schedule_change import LeftDue, rows_left
from app.services.steps.change_checks import (
    check_instalments,
    check_value_date,
    running,
    start_of,
)
from app.services.steps.closing_quote import closing_quote, early_fee, ruled
from app.services.steps.loan_change import (
    LoanChange,
    MoneyIn,
    NewCharge,
    PlannedChange,
    look_of,
    with_left,
)
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.refusal import bad_input
from db.records.loans import Charge
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


def closure(change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date) -> PlannedChange:
    """Close the loan with what the quote of the day says.

    Raises:
        Refused: the day does not fit, or another amount is brought than the quote's.
    """
    check_value_date(owed, today)
    quote, fee = closing_quote(owed, rulebook)
    # An advance pays what falls due; charges are paid with new money.
    dues = quote.principal_paise + quote.accrued_interest_paise + quote.overdue_paise
    to_pay = quote.total_paise - min(owed.state.advance_paise, dues)
    if change.amount_paise not in (None, to_pay):
        raise bad_input(
            {"amount": f"{rupees(to_pay)} closes the loan on that day: enter just that"}
        )
    before = look_of(owed)
    after = replace(
        with_left(before, ()) if owed.balance_paise else before,
        status=LoanStatus.CLOSED,
        outstanding_paise=0,
        charges_due_paise=0,
    )
    return PlannedChange(
        change=change,
        owed=owed,
        before=before,
        after=after,
        rows=_closing_due(owed),
        from_date=owed.on,
        money=(MoneyIn(RepaymentKind.CLOSURE, to_pay),) if to_pay else (),
        charges=_fee_rows(fee),
        saved_paise=before.interest_left_paise - owed.accrued_paise,
        fee=fee,
        quote=quote,
    )


def prepayment(
    change: LoanChange, owed: LoanOwed, rulebook: "Rulebook", today: date
) -> PlannedChange:
    """Pay principal early and go on with a shorter term or a lower instalment.

    Raises:
        Refused: the day or the amount does not fit, or the loan has no equal instalments left.
    """
    check_value_date(owed, today)
    check_instalments(owed)
    parts = _parts(change, owed)
    both = part_prepayment(running(owed), parts.principal_paise, rulebook, owed.loan.sanction_date)
    chosen = both.choice(change.keep)
    fee = early_fee(owed, parts.principal_paise, rulebook)
    start = start_of(owed, rulebook)
    rest = replace(start, balance_paise=both.balance_after_paise, settled_to=owed.on)
    rows = rows_left(rest, chosen.outlook.emi_paise, len(owed.left))
    before = look_of(owed)
    arrears = owed.state.principal_left_paise - owed.balance_paise
    after = replace(
        with_left(before, rows),
        outstanding_paise=before.outstanding_paise - arrears - parts.principal_paise,
        emi_paise=chosen.outlook.emi_paise,
    )
    return PlannedChange(
        change=replace(change, keep=chosen.keep),
        owed=owed,
        before=before,
        after=after,
        rows=rows,
        from_date=owed.on,
        money=_brought(parts, fee),
        charges=_fee_rows(fee),
        loan_fields=_terms(chosen.outlook.emi_paise, rows, chosen.keep),
        saved_paise=before.interest_left_paise - owed.accrued_paise - after.interest_left_paise,
        fee=fee,
    )


def _parts(change: LoanChange, owed: LoanOwed) -> PrepaymentSplit:
    """How the money brought is used."""
    amount = change.amount_paise or 0
    if amount <= 0:
        raise bad_input({"amount": "Enter the money that is brought, more than ₹0"})
    dues = OwedOnDay(owed.overdue_paise, owed.accrued_paise, owed.balance_paise)
    return ruled(lambda: split_prepayment(amount, dues))


def _brought(parts: PrepaymentSplit, fee: FeeCharge) -> tuple[MoneyIn, ...]:
    """A receipt for arrears and charge, where there are any, and the prepayment itself."""
    first = parts.overdue_paise + fee.fee_paise + fee.gst_paise
    early = MoneyIn(
        RepaymentKind.PREPAYMENT,
        parts.interest_paise + parts.principal_paise,
        parts.interest_paise,
    )
    return (MoneyIn(RepaymentKind.RECEIPT, first), early) if first else (early,)


def waiver(change: LoanChange, owed: LoanOwed, _rulebook: "Rulebook", today: date) -> PlannedChange:
    """Give up a charge that has not been paid.

    Raises:
        Refused: nothing of that kind is unpaid, or less than the amount.
    """
    kind, amount = change.charge_kind or ChargeKind.PENAL, change.amount_paise or 0
    most = min(owed.charges_paise, _levied(owed.ledger.charges, kind))
    if not most:
        raise bad_input({"charge_kind": "No charge of this kind is unpaid"})
    if not 0 < amount <= most:
        raise bad_input({"amount": f"Enter at most {rupees(most)}, what is unpaid of this kind"})
    if owed.on != today:
        raise bad_input({"value_date": "A charge is given up on the day itself: choose today"})
    before = look_of(owed)
    return PlannedChange(
        change=replace(change, charge_kind=kind),
        owed=owed,
        before=before,
        after=replace(before, charges_due_paise=before.charges_due_paise - amount),
        charges=(NewCharge(ChargeEntry.WAIVED, kind, amount, ""),),
    )


def _terms(emi_paise: int, rows: tuple[LeftDue, ...], keep: PrepaymentKeep) -> dict[str, object]:
    fields: dict[str, object] = {"emi_paise": emi_paise}
    if keep is PrepaymentKeep.EMI:
        fields["tenure_months"] = rows[-1].number
    return fields


def _closing_due(owed: LoanOwed) -> tuple[LeftDue, ...]:
    """The one due that stands for everything left; none where all has fallen due."""
    if not owed.balance_paise:
        return ()
    number = owed.left[0].number if owed.left else len(owed.ledger.schedule) + 1
    balance = owed.balance_paise
    return (LeftDue(number, owed.on, balance, owed.accrued_paise, balance, 0),)


def _fee_rows(fee: FeeCharge) -> tuple[NewCharge, ...]:
    reason = fee.permission.reason
    rows = (
        NewCharge(ChargeEntry.LEVIED, ChargeKind.PREPAYMENT_FEE, fee.fee_paise, reason),
        NewCharge(ChargeEntry.LEVIED, ChargeKind.GST, fee.gst_paise, reason),
    )
    return tuple(row for row in rows if row.amount_paise)


def _levied(charges: Iterable[Charge], kind: ChargeKind) -> int:
    """What was charged of a kind and neither waived nor taken back."""
    return sum(
        each.amount_paise if each.entry is ChargeEntry.LEVIED else -each.amount_paise
        for each in charges
        if each.kind is kind
    )
