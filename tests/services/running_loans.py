"""Loans that two people paid out, with some of their instalments paid, on a desk of any engine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.day_count import due_dates
from app.rules.rulebook import Rulebook
from app.services.steps.command import canonical
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import LoanLedger
from app.services.steps.loan_owed import LoanFacts, LoanOwed, owed_of
from db.records.loans import (
    Disbursement,
    Instalment,
    Loan,
    LoanActRecord,
    LoanBatch,
    Repayment,
    ScheduleVersion,
)
from db.vocabulary.lending import AppropriationOrder, EmiRounding
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.loan_life import AssetClass, DisbursementMode, LoanStatus, PaymentMethod

BRANCH = 412


@dataclass(frozen=True)
class LoanPlanned:
    """A loan as a vector states it; the disbursement is a month before the first due date."""

    amount_paise: int = 100_000_000
    months: int = 60
    rate_ppm: int = 95_000
    disbursed_on: date = date(2025, 11, 5)
    paid: int = 12
    rounding: EmiRounding = EmiRounding.RUPEE
    product_code: str = "HOME_RENOVATION"
    sanctioned_on: date | None = None

    @property
    def agreed_on(self) -> date:
        """The day of sanction."""
        return self.sanctioned_on or self.disbursed_on


@dataclass(frozen=True)
class Ids:
    """Whose loan it is, and how ids are made."""

    new_id: Callable[[], UUID]
    application_id: UUID
    customer_id: UUID
    officer_id: UUID
    branch_id: int = BRANCH


NOBODY = Ids(uuid4, UUID(int=1), UUID(int=2), UUID(int=3))


@dataclass(frozen=True)
class Account:
    """The records of a running loan."""

    loan: Loan
    rows: tuple[Instalment, ...]
    receipts: tuple[Repayment, ...]
    version: ScheduleVersion


def account_of(
    planned: LoanPlanned, rulebook: Rulebook, today: date, ids: Ids, reference: str = "L-1042"
) -> Account:
    """The loan with its schedule and its receipts on the due dates, as the book would keep it."""
    shape = LoanShape(planned.amount_paise, planned.rate_ppm, planned.months)
    plain = contract_schedule(shape, planned.rounding, rulebook, planned.agreed_on)
    dates = due_dates(planned.disbursed_on, range(2, len(plain.rows) + 2))
    loan_id = ids.new_id()
    rows = [
        _paid(Instalment(loan_id, row.number, due, *row[1:4], row.closing_paise), planned.paid)
        for row, due in zip(plain.rows, dates, strict=True)
    ]
    behind = [row for row in rows if row.due_date <= today and row.paid_on is None]
    product = rulebook.product(planned.product_code, planned.agreed_on)
    loan = Loan(
        loan_id=loan_id,
        branch_id=ids.branch_id,
        reference=reference,
        application_id=ids.application_id,
        customer_id=ids.customer_id,
        product_code=planned.product_code,
        loan_purpose=product.purposes[0],
        principal_paise=planned.amount_paise,
        outstanding_paise=rows[planned.paid].opening_paise,
        overdue_paise=sum(row.interest_paise + row.principal_paise for row in behind),
        emi_paise=plain.emi_paise,
        rate_ppm=planned.rate_ppm,
        tenure_months=planned.months,
        sanction_date=planned.agreed_on,
        disbursement_date=planned.disbursed_on,
        first_due_date=dates[0],
        next_due_date=next((row.due_date for row in rows if row.due_date > today), None),
        oldest_unpaid_due=behind[0].due_date if behind else None,
        status=LoanStatus.ACTIVE,
        asset_class=AssetClass.STANDARD,
        officer_id=ids.officer_id,
        provision_segment=product.provision_segment,
    )
    version = ScheduleVersion(
        loan_id, 1, planned.disbursed_on, plain.emi_paise, planned.rate_ppm, len(rows), "[]",
        _at(planned.disbursed_on),
    )  # fmt: skip
    receipts = tuple(_receipt(ids, row) for row in rows[: planned.paid])
    return Account(loan, tuple(rows), receipts, version)


def owed_sample(
    planned: LoanPlanned, on: date, today: date, rulebook: Rulebook, *, told: bool = False
) -> LoanOwed:
    """What is owed on such a loan, without any book."""
    account = account_of(planned, rulebook, today, NOBODY)
    product = rulebook.product(planned.product_code, planned.agreed_on)
    facts = LoanFacts(product, charges_told=told, versions=(account.version,))
    ledger = LoanLedger(account.loan, account.rows, account.receipts, (), planned.amount_paise)
    return owed_of(facts, ledger, (on, max(on, today)), rulebook)


def running_loan(
    desk: Desk, checker: Desk, application_id: UUID, planned: LoanPlanned, number: int = 1042
) -> Loan:
    """Write such a loan into a desk's book, paid out by two people."""
    person, act_id = desk.person(), new_id(desk)
    with desk.open_book() as book:
        customer_id = book.applications.get(person.branch_id, application_id).customer_id
        whose = (application_id, customer_id, person.user_id, person.branch_id)
        ids = Ids(lambda: new_id(desk), *whose)
        today, reference = desk.clock.today(), f"L-{number}"
        account = account_of(planned, desk.rulebook(), today, ids, reference)
        loan = account.loan
        paid_out = Disbursement(
            new_id(desk), loan.loan_id, planned.amount_paise, planned.disbursed_on,
            DisbursementMode.CHEQUE, act_id=act_id,
        )  # fmt: skip
        book.loans.add_many(
            person.branch_id,
            LoanBatch(
                loans=(loan,),
                instalments=account.rows,
                disbursements=(paid_out,),
                repayments=account.receipts,
                acts=(_act(desk, checker, loan, act_id),),
                schedules=(replace(account.version, act_id=act_id),),
            ),
        )
        book.cells.rebuild(person.branch_id)
        book.commit()
    return loan


def _paid(row: Instalment, paid: int) -> Instalment:
    if row.number > paid:
        return row
    return replace(
        row,
        paid_interest_paise=row.interest_paise,
        paid_principal_paise=row.principal_paise,
        paid_on=row.due_date,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(6), UTC)


def _receipt(ids: Ids, row: Instalment) -> Repayment:
    return Repayment(
        ids.new_id(), row.loan_id, row.due_date, _at(row.due_date),
        row.interest_paise + row.principal_paise, row.interest_paise, row.principal_paise, 0, 0,
        row.closing_paise, PaymentMethod.MANDATE, "", AppropriationOrder.FIFO_IPC,
        actor_id=ids.officer_id,
    )  # fmt: skip


def _act(desk: Desk, checker: Desk, loan: Loan, act_id: UUID) -> LoanActRecord:
    at = _at(loan.disbursement_date)
    return LoanActRecord(
        act_id=act_id, act=LoanAct.DISBURSEMENT, application_id=loan.application_id,
        loan_id=loan.loan_id, value_date=loan.disbursement_date, state=ActState.POSTED,
        terms=canonical({"amount_paise": loan.principal_paise}), before="{}", after="{}",
        reason="", note="", maker_id=desk.person().user_id, made_at=at, base_version=0,
        checker_id=checker.person().user_id, decided_at=at, version=2,
    )  # fmt: skip
