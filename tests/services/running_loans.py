"""Loans that two people paid out, with some of their instalments paid, on a desk of any engine."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.day_count import due_dates
from app.services.steps.command import canonical
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
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


def running_loan(
    desk: Desk, checker: Desk, application_id: UUID, planned: LoanPlanned, number: int = 1042
) -> Loan:
    """Write the loan, its schedule and its receipts on the due dates."""
    person, rulebook = desk.person(), desk.rulebook()
    on = planned.sanctioned_on or planned.disbursed_on
    shape = LoanShape(planned.amount_paise, planned.rate_ppm, planned.months)
    plain = contract_schedule(shape, planned.rounding, rulebook, on)
    dates = due_dates(planned.disbursed_on, range(2, len(plain.rows) + 2))
    loan_id, act_id = new_id(desk), new_id(desk)
    rows = [
        Instalment(loan_id, row.number, due, *row[1:4], row.closing_paise)
        for row, due in zip(plain.rows, dates, strict=True)
    ]
    rows = [
        replace(
            row,
            paid_interest_paise=row.interest_paise,
            paid_principal_paise=row.principal_paise,
            paid_on=row.due_date,
        )
        if row.number <= planned.paid
        else row
        for row in rows
    ]
    today = desk.clock.today()
    behind = [row for row in rows if row.due_date <= today and row.paid_on is None]
    with desk.open_book() as book:
        application = book.applications.get(person.branch_id, application_id)
        product = rulebook.product(planned.product_code, on)
        loan = Loan(
            loan_id=loan_id,
            branch_id=person.branch_id,
            reference=f"L-{number}",
            application_id=application_id,
            customer_id=application.customer_id,
            product_code=planned.product_code,
            loan_purpose=product.purposes[0],
            principal_paise=planned.amount_paise,
            outstanding_paise=rows[planned.paid].opening_paise,
            overdue_paise=sum(row.interest_paise + row.principal_paise for row in behind),
            emi_paise=plain.emi_paise,
            rate_ppm=planned.rate_ppm,
            tenure_months=planned.months,
            sanction_date=on,
            disbursement_date=planned.disbursed_on,
            first_due_date=dates[0],
            next_due_date=next((row.due_date for row in rows if row.due_date > today), None),
            oldest_unpaid_due=behind[0].due_date if behind else None,
            status=LoanStatus.ACTIVE,
            asset_class=AssetClass.STANDARD,
            officer_id=person.user_id,
            provision_segment=product.provision_segment,
        )
        book.loans.add_many(
            person.branch_id,
            LoanBatch(
                loans=(loan,),
                instalments=tuple(rows),
                disbursements=(
                    Disbursement(
                        new_id(desk), loan_id, planned.amount_paise, planned.disbursed_on,
                        DisbursementMode.CHEQUE, act_id=act_id,
                    ),
                ),
                repayments=tuple(_receipt(desk, row) for row in rows[: planned.paid]),
                acts=(_act(desk, checker, loan, act_id),),
                schedules=(
                    ScheduleVersion(
                        loan_id, 1, planned.disbursed_on, plain.emi_paise, planned.rate_ppm,
                        len(rows), "[]", _at(planned.disbursed_on), act_id,
                    ),
                ),
            ),
        )  # fmt: skip
        book.cells.rebuild(person.branch_id)
        book.commit()
    return loan


def _at(day: date) -> datetime:
    return datetime.combine(day, time(6), UTC)


def _receipt(desk: Desk, row: Instalment) -> Repayment:
    return Repayment(
        new_id(desk), row.loan_id, row.due_date, _at(row.due_date),
        row.interest_paise + row.principal_paise, row.interest_paise, row.principal_paise, 0, 0,
        row.closing_paise, PaymentMethod.MANDATE, "", AppropriationOrder.FIFO_IPC,
        actor_id=desk.person().user_id,
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
