"""An account at the end of a day: the version of the schedule that was in force, value dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.services.steps.account_lines import balance_points, ledger_lines
from app.services.steps.loan_day import LoanPast, loan_on, version_on, waiting_rows
from app.services.steps.loan_ledger import LoanLedger
from db.records.loans import Disbursement, Instalment, Loan, Repayment, ScheduleVersion
from db.vocabulary.lending import AppropriationOrder, LoanPurpose
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import (
    AssetClass,
    DisbursementMode,
    LoanStatus,
    PaymentMethod,
)

LOAN_ID = UUID(int=1)
BEGUN = date(2026, 1, 5)
AT = datetime(2026, 1, 5, tzinfo=UTC)
LOAN = Loan(
    LOAN_ID, 412, "L-1", UUID(int=2), UUID(int=3), "PERSONAL", LoanPurpose.HOME_RENOVATION, 300_00,
    300_00, 0, 110_00, 120_000, 3, BEGUN, BEGUN, date(2026, 2, 5), None, None, LoanStatus.ACTIVE,
    AssetClass.STANDARD, UUID(int=4),
)  # fmt: skip
OUT = Disbursement(UUID(int=5), LOAN_ID, 300_00, BEGUN, DisbursementMode.ACCOUNT_CREDIT)


def due(number: int, month: int, principal: int, left: int) -> Instalment:
    return Instalment(
        LOAN_ID, number, date(2026, month, 5), left + principal, 10_00, principal, left
    )


def paid(number: int, on: date, principal: int) -> Repayment:
    return Repayment(
        UUID(int=100 + number), LOAN_ID, on, AT + timedelta(minutes=number), principal + 10_00,
        10_00, principal, 0, 0, 0, PaymentMethod.UPI, "", AppropriationOrder.FIFO_IPC,
    )  # fmt: skip


FIRST = (due(1, 2, 100_00, 200_00), due(2, 3, 100_00, 100_00), due(3, 4, 100_00, 0))
SECOND = (FIRST[0], due(2, 3, 50_00, 150_00), due(3, 4, 50_00, 100_00), due(4, 5, 100_00, 0))
THIRD = (*SECOND[:2], due(3, 4, 150_00, 0))


def version(number: int, begun: date) -> ScheduleVersion:
    return ScheduleVersion(LOAN_ID, number, begun, 110_00, 120_000, 3, "[]", AT)


VERSIONS = (version(1, BEGUN), version(2, date(2026, 2, 20)), version(3, date(2026, 3, 20)))
PAST = LoanPast((OUT,), VERSIONS, {1: FIRST[1:], 2: SECOND[2:]})
LEDGER = LoanLedger(
    LOAN, THIRD, (paid(1, date(2026, 2, 5), 100_00), paid(2, date(2026, 3, 5), 50_00)), (), 300_00
)


def test_each_day_has_the_schedule_of_its_version() -> None:
    for on, wanted in (
        (date(2026, 2, 19), FIRST),
        (date(2026, 2, 20), SECOND),
        (date(2026, 3, 19), SECOND),
        (date(2026, 3, 20), THIRD),
    ):
        assert loan_on(LEDGER, PAST, on).ledger.schedule == wanted


def test_value_dates_decide_what_counts() -> None:
    day = loan_on(LEDGER, PAST, date(2026, 3, 4))
    assert [row.value_date for row in day.ledger.rows] == [date(2026, 2, 5)]
    assert day.state.principal_left_paise == 200_00
    assert day.state.overdue_paise(day.on) == 0
    late = loan_on(replace(LEDGER, rows=LEDGER.rows[:1]), PAST, date(2026, 3, 6))
    assert late.state.overdue_paise(late.on) == 60_00
    assert late.state.oldest_unpaid_due(late.on) == date(2026, 3, 5)
    before = loan_on(LEDGER, PAST, BEGUN - timedelta(days=1))
    assert (before.ledger.disbursed_paise, before.version) == (0, VERSIONS[0])


def test_a_loan_from_before_versions_were_kept_has_the_schedule_it_has() -> None:
    past = LoanPast((OUT,))
    assert loan_on(LEDGER, past, date(2026, 2, 6)).ledger.schedule == THIRD
    assert version_on((), BEGUN) is None


def test_today_has_the_schedule_that_stands_also_where_it_begins_later() -> None:
    on = date(2026, 3, 19)
    assert loan_on(LEDGER, PAST, on, today=on).ledger.schedule == THIRD
    assert loan_on(LEDGER, PAST, on, today=on).version == VERSIONS[-1]
    assert loan_on(LEDGER, PAST, on, today=on + timedelta(days=1)).ledger.schedule == SECOND


def test_an_advance_that_met_a_due_since_waits_to_be_written() -> None:
    """Two instalments were paid in February; nothing has been posted since."""
    ahead = replace(paid(1, date(2026, 2, 5), 100_00), amount_paise=220_00, excess_paise=110_00)
    ledger = LoanLedger(LOAN, FIRST, (ahead,), (), 300_00)
    assert waiting_rows(loan_on(ledger, LoanPast((OUT,)), date(2026, 3, 4))) == ()
    day = loan_on(ledger, LoanPast((OUT,)), date(2026, 3, 6))
    (row,) = waiting_rows(day)
    assert (row.kind, row.value_date) == (RepaymentKind.ADVANCE_USED, date(2026, 3, 5))
    assert (row.interest_paise, row.principal_paise, row.excess_paise) == (10_00, 100_00, -110_00)
    assert row.balance_after_paise == day.state.principal_left_paise == 100_00
    lines = ledger_lines(day, (OUT,), {})
    assert lines[-1].kind is RepaymentKind.ADVANCE_USED
    assert lines[-1].balance_paise == 100_00
    assert balance_points(lines)[-1] == (date(2026, 3, 5), 100_00)
    written = replace(ledger, rows=(ahead, row))  # once it is written it waits no more
    assert waiting_rows(loan_on(written, LoanPast((OUT,)), date(2026, 3, 6))) == ()
