"""One receipt sent twice at the same moment: one row, and both are answered the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Barrier, local

import pytest

from app.services.post_repayment import PostRepayment, post_repayment
from app.services.steps.ids import new_id
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.people import Role
from tests.services.running_loans import running_loan
from tests.services.test_post_repayment import EMI, PLANNED, consistent, upi

SECONDS = 30
POSTGRESQL = pytest.mark.parametrize("blank_desk", ["postgresql"], indirect=True)


@dataclass
class MeetingClock:
    """A clock whose first look in each thread waits until every other thread looks too.

    A posting first asks for the day when it has found no receipt of its command: all of them are
    past that question when they go on.
    """

    today_is: date
    at: datetime
    meets: Barrier
    seen: local = field(default_factory=local)

    def today(self) -> date:
        if not getattr(self.seen, "met", False):
            self.seen.met = True
            self.meets.wait(SECONDS)
        return self.today_is

    def now(self) -> datetime:
        return self.at


def both(desk, requests) -> list[object]:
    """The answers of desks that post at the same moment, refusals among them."""

    def answer(request) -> object:
        try:
            return post_repayment(request, desk)
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(answer, requests))


@pytest.fixture
def loan(desk, someone, submitted):
    return running_loan(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, PLANNED)


def meeting(desk, count: int):
    clock = desk.clock
    return replace(desk, clock=MeetingClock(clock.today(), clock.now(), Barrier(count)))


@POSTGRESQL
def test_two_equal_keys_past_the_first_question_give_one_receipt(desk, loan) -> None:
    request = PostRepayment(new_id(desk), loan.loan_id, upi(EMI))
    one, other = both(meeting(desk, 2), [request, request])
    assert not isinstance(one, Refused)
    assert json.dumps(to_plain(one)) == json.dumps(to_plain(other))
    _stands, ledger = consistent(desk, loan)
    assert [row.repayment_id for row in ledger.rows].count(one.repayment_id) == 1
    assert sum(row.amount_paise for row in ledger.receipts()) == 10 * EMI


@POSTGRESQL
def test_the_last_payment_sent_twice_is_answered_and_not_called_closed(desk, loan) -> None:
    """The second one meets a loan that the first has closed: its refusal is not the answer."""
    ledger = consistent(desk, loan)[1]
    owed = sum(row.interest_paise + row.principal_paise for row in ledger.schedule[9:])
    desk.clock.day = ledger.schedule[-1].due_date
    request = PostRepayment(new_id(desk), loan.loan_id, upi(owed))
    one, other = both(meeting(desk, 2), [request, request])
    assert one == other
    assert consistent(desk, loan)[0].outstanding_paise == 0


@POSTGRESQL
def test_other_content_at_the_same_moment_is_refused(desk, loan) -> None:
    key = new_id(desk)
    requests = [PostRepayment(key, loan.loan_id, upi(EMI + more)) for more in (0, 1)]
    answers = both(meeting(desk, 2), requests)
    (refusal,) = [each for each in answers if isinstance(each, Refused)]
    assert refusal.kind is RefusalKind.BAD_INPUT
    assert "other content" in refusal.sentence
    assert len(consistent(desk, loan)[1].receipts()) == 10


def test_eight_equal_requests_wait_for_each_other(desk, loan) -> None:
    """On either engine, without a meeting inside: SQLite lets one in at a time."""
    request = PostRepayment(new_id(desk), loan.loan_id, upi(EMI))
    first, *others = both(desk, [request] * 8)
    assert not isinstance(first, Refused)
    assert others == [first] * 7
    assert len(consistent(desk, loan)[1].receipts()) == 10
