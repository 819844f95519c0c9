"""What PostgreSQL refuses of a loan's money to whoever writes past the services."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from db.guards import loan_account as guards
from db.guards import loan_start
from db.migrations import frozen_ddl
from db.records.loans import Charge, Disbursement, LoanActRecord, LoanBatch, NpaEntry, Repayment
from db.records.refusals import BookDamaged
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ActState, ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass, DisbursementMode, PaymentMethod
from db.vocabulary.people import Role

BRANCH, LENT = 412, 100_000
DAY = date(2026, 3, 5)
AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


class PaidOut:
    """A loan that two people paid out, and the rows one might try to write after it."""

    def __init__(self, open_book: Callable[[], UnitOfWork], samples, make_loan) -> None:
        self.open_book, self.samples = open_book, samples
        with open_book() as book:
            self.maker, self.checker = (
                self._person(book, name, role)
                for name, role in (("ravi", Role.OFFICER), ("meera", Role.SUPERVISOR))
            )
            new = samples.customer()
            book.customers.add(new)
            application = samples.application(new.customer)
            book.applications.add(application)
            self.loan = make_loan(application, outstanding_paise=LENT)
            self.act = self.made_act()
            self.out = Disbursement(
                samples.new_id(), self.loan.loan_id, LENT, DAY, DisbursementMode.CHEQUE,
                act_id=self.act.act_id,
            )  # fmt: skip
            book.loans.add_many(
                BRANCH, LoanBatch((self.loan,), disbursements=(self.out,), acts=(self.act,))
            )
            book.commit()

    def _person(self, book: UnitOfWork, name: str, role: Role) -> UUID:
        user = self.samples.user(name, user_id=self.samples.new_id(), roles=frozenset({role}))
        book.users.add(user)
        return user.user_id

    def made_act(self, **fields: object) -> LoanActRecord:
        act = LoanActRecord(
            act_id=self.samples.new_id(), act=LoanAct.DISBURSEMENT,
            application_id=self.loan.application_id, loan_id=self.loan.loan_id, value_date=DAY,
            state=ActState.POSTED, terms=f'{{"amount_paise":{LENT}}}', before="{}", after="{}",
            reason="", note="",
            maker_id=self.maker, made_at=AT, base_version=0, checker_id=self.checker,
            decided_at=AT,
        )  # fmt: skip
        return replace(act, **fields)

    def receipt(self, **fields: object) -> Repayment:
        row = Repayment(
            self.samples.new_id(), self.loan.loan_id, DAY, AT, 9_000, 1_000, 8_000, 0, 0, 92_000,
            PaymentMethod.UPI, "u", AppropriationOrder.FIFO_IPC, actor_id=self.maker,
        )  # fmt: skip
        return replace(row, **fields)

    def charge(self, entry: ChargeEntry) -> Charge:
        return Charge(
            self.samples.new_id(), self.loan.loan_id, entry, ChargeKind.OTHER, DAY, AT, 500, "late",
            self.maker,
        )  # fmt: skip

    def write(self, **parts: object) -> None:
        """Add rows; the loan's outstanding is left as it is."""
        with self.open_book() as book:
            book.accounts.add(BRANCH, LoanBatch(**{name: (row,) for name, row in parts.items()}))
            book.commit()

    def run(self, statement: str) -> None:
        with self.open_book() as book:
            book._connection.execute(text(statement))
            book.commit()


@pytest.fixture
def paid_out(open_book: Callable[[], UnitOfWork], samples, make_loan) -> PaidOut:
    return PaidOut(open_book, samples, make_loan)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0008", "postgresql")}
    assert set(guards.CREATE) <= frozen
    later = {one.rstrip(";\n") for one in frozen_ddl.statements("0010", "postgresql")}
    assert set(loan_start.CREATE) == later


REFUSED_RECEIPTS = {
    "by nobody of the branch": lambda of: {"actor_id": of.samples.new_id()},
    "with another balance": lambda _of: {"balance_after_paise": 91_999},
    "of nothing": lambda _of: {
        "amount_paise": 0, "interest_paise": 0, "principal_paise": 0,
        "balance_after_paise": LENT,
    },
    "that moves money without a receipt": lambda _of: {"kind": RepaymentKind.REALLOCATION},
    "that reverses what nobody paid": lambda of: {
        "kind": RepaymentKind.REVERSAL, "reverses_id": of.samples.new_id(),
    },
}  # fmt: skip


@POSTGRESQL
@pytest.mark.parametrize("name", sorted(REFUSED_RECEIPTS))
def test_postgresql_refuses_a_receipt(paid_out: PaidOut, name: str) -> None:
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=paid_out.receipt(**REFUSED_RECEIPTS[name](paid_out)))


@POSTGRESQL
def test_a_receipt_needs_the_loan_to_follow_only_where_it_is_written(paid_out: PaidOut) -> None:
    """The right receipt passes; an outstanding that does not follow from the rows does not."""
    paid_out.write(repayments=paid_out.receipt())
    with pytest.raises(BookDamaged):
        paid_out.run("UPDATE loans SET outstanding_paise = 1")
    paid_out.run("UPDATE loans SET outstanding_paise = 92000")


@POSTGRESQL
def test_one_person_reverses_nothing(paid_out: PaidOut) -> None:
    paid = paid_out.receipt()
    paid_out.write(repayments=paid)
    back = paid_out.receipt(
        amount_paise=-9_000, interest_paise=-1_000, principal_paise=-8_000,
        balance_after_paise=LENT, kind=RepaymentKind.REVERSAL, reverses_id=paid.repayment_id,
    )  # fmt: skip
    with pytest.raises(BookDamaged):
        paid_out.write(repayments=back)
    terms = f'{{"repayment_id":"{paid.repayment_id}"}}'
    agreed = paid_out.made_act(act=LoanAct.RECEIPT_REVERSAL, terms=terms)
    paid_out.write(acts=agreed, repayments=back)
    with pytest.raises(BookDamaged):  # once is all
        paid_out.write(repayments=replace(back, repayment_id=paid_out.samples.new_id()))


@POSTGRESQL
def test_one_person_pays_nothing_out_and_waives_nothing(paid_out: PaidOut) -> None:
    out = replace(paid_out.out, disbursement_id=paid_out.samples.new_id())
    for fault in ({"act_id": None}, {"act_id": paid_out.act.act_id}, {"amount_paise": -5}):
        with pytest.raises(BookDamaged):
            paid_out.write(disbursements=replace(out, **fault))
    paid_out.write(charges=paid_out.charge(ChargeEntry.LEVIED))
    with pytest.raises(BookDamaged):
        paid_out.write(charges=paid_out.charge(ChargeEntry.WAIVED))
    for fault in ({"checker_id": paid_out.maker}, {"checker_id": paid_out.samples.new_id()}):
        with pytest.raises(BookDamaged):
            paid_out.write(acts=paid_out.made_act(**fault))


@POSTGRESQL
def test_history_is_only_added_to(paid_out: PaidOut) -> None:
    entry = NpaEntry(
        paid_out.samples.new_id(), paid_out.loan.loan_id, DAY, AT, AssetClass.STANDARD, None, None,
        0, "day-end",
    )  # fmt: skip
    paid_out.write(
        repayments=paid_out.receipt(), charges=paid_out.charge(ChargeEntry.LEVIED),
        npa_entries=entry,
    )  # fmt: skip
    for table, change in (
        ("repayments", "value_date = value_date"),
        ("disbursements", "amount_paise = 1"),
        ("charges", "amount_paise = 1"),
        ("npa_tracking", "cause = ''"),
        ("loan_acts", "terms = ''"),
    ):
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
            with pytest.raises(BookDamaged):
                paid_out.run(statement)
    with pytest.raises(BookDamaged):  # a class needs its entry
        paid_out.run("UPDATE loans SET asset_class = 'Loss'")


@POSTGRESQL
def test_a_loan_begins_with_its_payment_and_stays(paid_out: PaidOut) -> None:
    alone = replace(
        paid_out.loan, loan_id=paid_out.samples.new_id(), reference="L-1777", outstanding_paise=0
    )
    with pytest.raises(BookDamaged):
        paid_out.write(loans=alone)
    with pytest.raises(BookDamaged):
        paid_out.run("DELETE FROM loans")


@POSTGRESQL
def test_what_goes_out_and_comes_back_is_what_was_agreed(paid_out: PaidOut) -> None:
    loan_id, samples = paid_out.loan.loan_id, paid_out.samples
    agreed = paid_out.made_act()
    more = replace(
        paid_out.out, disbursement_id=samples.new_id(), act_id=agreed.act_id, amount_paise=LENT + 1
    )
    with pytest.raises(BookDamaged):  # another amount than agreed
        paid_out.write(acts=agreed, disbursements=more)
    elsewhere = replace(agreed, loan_id=samples.new_id())
    with pytest.raises(BookDamaged):  # agreed for another loan
        paid_out.write(acts=elsewhere, disbursements=replace(more, amount_paise=LENT))
    back = Disbursement(
        samples.new_id(), loan_id, -LENT, DAY, DisbursementMode.CHEQUE,
        reverses_id=paid_out.out.disbursement_id,
    )  # fmt: skip
    first, second = (
        paid_out.made_act(act=LoanAct.DISBURSEMENT_REVERSAL, act_id=samples.new_id())
        for _ in range(2)
    )
    with pytest.raises(BookDamaged):  # nothing of the kind was paid
        paid_out.write(
            acts=first,
            disbursements=replace(back, act_id=first.act_id, reverses_id=samples.new_id()),
        )
    paid_out.write(acts=first, disbursements=replace(back, act_id=first.act_id))
    again = replace(back, act_id=second.act_id, disbursement_id=samples.new_id())
    with pytest.raises(BookDamaged):  # once is all
        paid_out.write(acts=second, disbursements=again)
