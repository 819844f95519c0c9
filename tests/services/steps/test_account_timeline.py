"""The timeline of a loan: everything once, newest first, corrections left to the ledger."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.services.steps.account_classes import class_lines
from app.services.steps.account_lines import ledger_lines
from app.services.steps.account_timeline import Happening, happened_lines
from app.services.steps.loan_day import LoanPast, loan_on
from db.records.follow_up import Contact
from db.records.loans import LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct, RepaymentKind
from db.vocabulary.operations import CallOutcome, ContactChannel
from tests.services.steps.test_account_classes import ENTRIES
from tests.services.steps.test_loan_day import LEDGER, LOAN_ID, OUT

MAKER, CHECKER = UUID(int=21), UUID(int=22)
NAMES = {MAKER: "Meera Iyer", CHECKER: "Anand Kulkarni"}
MADE = datetime(2026, 1, 5, 5, tzinfo=UTC)
ACT = LoanActRecord(
    UUID(int=31), LoanAct.DISBURSEMENT, UUID(int=2), LOAN_ID, date(2026, 1, 5), ActState.POSTED,
    "{}", "{}", "{}", "", "", MAKER, MADE, 0, CHECKER, MADE, 2,
)  # fmt: skip


def told(acts=(ACT,), ledger=LEDGER, contacts=()):
    day = loan_on(ledger, LoanPast((OUT,)), date(2026, 3, 9))
    return happened_lines(
        ledger=ledger_lines(day, (OUT,), NAMES),
        charges=(),
        classes=class_lines(ENTRIES, day.on),
        acts=acts,
        letters=(),
        contacts=contacts,
        names=NAMES,
        until=day.on,
    )


def test_everything_once_and_newest_first() -> None:
    lines = told()
    days = [line.on for line in lines]
    assert days == sorted(days, reverse=True)
    kinds = [line.kind for line in lines]
    assert kinds.count(Happening.MONEY_IN) == 2
    assert kinds.count(Happening.CLASS) == 3
    assert [(line.kind, line.detail, line.by) for line in lines[-3:]] == [
        (Happening.MONEY_OUT, "Account Credit", ""),
        (Happening.ACT, "Posted", "Anand Kulkarni"),
        (Happening.ACT, "Proposed", "Meera Iyer"),
    ]


def test_an_act_that_waits_is_told_once_and_one_withdrawn_by_its_maker() -> None:
    waits = replace(ACT, state=ActState.PROPOSED, checker_id=None, decided_at=None)
    assert [line.detail for line in told((waits,)) if line.kind is Happening.ACT] == ["Proposed"]
    gone = replace(waits, state=ActState.WITHDRAWN, decided_at=MADE + timedelta(hours=1))
    newest = next(line for line in told((gone,)) if line.kind is Happening.ACT)
    assert (newest.detail, newest.by) == ("Withdrawn", "Meera Iyer")


def test_corrections_are_left_to_the_ledger() -> None:
    first = LEDGER.rows[0]
    moved = replace(first, repayment_id=UUID(int=41), amount_paise=0, interest_paise=1,
                    principal_paise=-1, kind=RepaymentKind.REALLOCATION,
                    corrects_id=first.repayment_id)  # fmt: skip
    ledger = replace(LEDGER, rows=(*LEDGER.rows, moved))
    assert len(told(ledger=ledger)) == len(told())


def test_a_contact_tells_how_it_ended_and_nothing_of_what_was_said() -> None:
    call = Contact(
        UUID(int=51), LOAN_ID, UUID(int=3), ContactChannel.CALL, CallOutcome.HARDSHIP,
        "Lost the job", None, MAKER, MADE, actor_name="Meera Iyer",
    )  # fmt: skip
    sent = replace(call, channel=ContactChannel.MESSAGE, outcome=None)
    lines = [line for line in told(contacts=(sent, call)) if line.kind is Happening.CONTACT]
    assert [(line.code, line.detail, line.by) for line in lines] == [
        ("Message", "", "Meera Iyer"),
        ("Call", "Hardship", "Meera Iyer"),
    ]
    assert "Lost the job" not in repr(lines)
