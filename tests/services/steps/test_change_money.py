"""Money that closes a loan or is paid early, and a charge given up, without any book."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.prepayment import part_prepayment
from app.services.steps.change_checks import running
from app.services.steps.change_money import closure, prepayment, waiver
from app.services.steps.closing_quote import closing_quote
from app.services.steps.loan_change import LoanChange
from app.services.steps.refusal import Refused
from db.records.loans import Charge
from db.vocabulary.lending import EmiRounding, PrepaymentKeep
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from tests.rules.lending_vectors import RULEBOOK
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY, DUE = date(2026, 11, 23), date(2026, 11, 5)
PLAIN = LoanPlanned()
FEE = LoanPlanned(50_000_000, 36, 140_000, date(2025, 4, 30), 18, EmiRounding.RUPEE, "PERSONAL")
LOANS = st.builds(
    LoanPlanned,
    amount_paise=st.integers(1_000_000, 10**10),
    months=st.integers(14, 120),
    rate_ppm=st.integers(0, 300_000),
    paid=st.integers(8, 12),
    rounding=st.sampled_from(EmiRounding),
)


def owed(planned: LoanPlanned = PLAIN, on: date = TODAY, *, told: bool = False):
    return owed_sample(planned, on, TODAY, RULEBOOK, told=told)


def asked(act: LoanAct, on: date = TODAY, **fields: object) -> LoanChange:
    return replace(LoanChange(act, on), **fields)


@given(LOANS, st.integers(0, 18))
def test_a_closure_posts_what_the_quote_says(planned, days) -> None:
    found = owed(planned, date(2026, 11, 5 + days))
    quote = closing_quote(found, RULEBOOK).quote
    plan = closure(asked(LoanAct.FORECLOSURE), found, RULEBOOK, TODAY)
    assert plan.quote == quote
    assert plan.to_pay_paise == quote.total_paise
    (due,) = plan.rows
    assert due.instalment_paise == quote.principal_paise + quote.accrued_interest_paise
    assert plan.after.outstanding_paise == 0


@given(LOANS, st.integers(1, 99), st.sampled_from(PrepaymentKeep))
def test_a_prepayment_on_a_due_date_is_the_pure_rule(planned, share, keep) -> None:
    found = owed(planned, DUE)
    amount = found.overdue_paise + max(found.balance_paise * share // 100, 1)
    plan = prepayment(
        asked(LoanAct.PART_PREPAYMENT, amount_paise=amount, keep=keep), found, RULEBOOK, TODAY
    )
    prepaid = amount - found.overdue_paise
    pure = part_prepayment(running(found), prepaid, RULEBOOK, found.loan.sanction_date)
    choice = pure.choice(keep)
    assert plan.after.emi_paise == choice.outlook.emi_paise
    assert plan.after.instalments_left == choice.outlook.instalments_left
    assert plan.after.interest_left_paise == choice.outlook.interest_left_paise
    assert plan.after.last_instalment_paise == choice.outlook.last_instalment_paise
    assert plan.saved_paise == choice.interest_saved_paise
    assert plan.rows[-1].closing_paise == 0
    assert sum(row.principal_paise for row in plan.rows) == found.balance_paise - prepaid


def test_an_advance_pays_what_falls_due_and_charges_are_paid_with_new_money() -> None:
    found = owed()
    state = replace(found.state, advance_paise=10**9, charges_due_paise=500_00)
    plan = closure(asked(LoanAct.FORECLOSURE), replace(found, state=state), RULEBOOK, TODAY)
    assert plan.to_pay_paise == 500_00
    part = replace(found.state, advance_paise=1_000)
    plan = closure(asked(LoanAct.FORECLOSURE), replace(found, state=part), RULEBOOK, TODAY)
    assert plan.to_pay_paise == plan.quote.total_paise - 1_000


def test_a_fee_and_its_tax_are_charged_and_paid_with_the_prepayment() -> None:
    on = date(2026, 11, 20)
    plan = prepayment(
        asked(LoanAct.PART_PREPAYMENT, on, amount_paise=10_000_000),
        owed(FEE, on, told=True), RULEBOOK, TODAY,
    )  # fmt: skip
    fee, gst = plan.fee.fee_paise, plan.fee.gst_paise
    assert fee > 0 < gst
    assert [row.amount_paise for row in plan.charges] == [fee, gst]
    first, early = plan.money
    assert (first.kind, first.amount_paise) == (RepaymentKind.RECEIPT, fee + gst)
    assert (early.kind, early.amount_paise) == (RepaymentKind.PREPAYMENT, 10_000_000)


def _charge(entry: ChargeEntry, paise: int, kind: ChargeKind = ChargeKind.PENAL) -> Charge:
    return Charge(
        uuid4(), UUID(int=9), entry, kind, TODAY, datetime(2026, 11, 23, tzinfo=UTC), paise, "late",
        UUID(int=3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "kind", "field"),
    [(301_00, "PENAL", "amount"), (0, "PENAL", "amount"), (1, "BOUNCE", "charge_kind")],
)
def test_no_more_is_given_up_than_is_unpaid_of_the_kind(amount, kind, field) -> None:
    found = owed()
    entries = (_charge(ChargeEntry.LEVIED, 500_00), _charge(ChargeEntry.WAIVED, 200_00))
    found = replace(
        found,
        ledger=replace(found.ledger, charges=entries),
        state=replace(found.state, charges_due_paise=300_00),
    )
    good = asked(LoanAct.CHARGE_WAIVER, amount_paise=300_00)
    plan = waiver(good, found, RULEBOOK, TODAY)
    assert plan.after.charges_due_paise == 0
    assert plan.charges[0].entry is ChargeEntry.WAIVED
    wrong = replace(good, amount_paise=amount, charge_kind=ChargeKind(kind))
    with pytest.raises(Refused) as refusal:
        waiver(wrong, found, RULEBOOK, TODAY)
    assert set(refusal.value.fields) == {field}
