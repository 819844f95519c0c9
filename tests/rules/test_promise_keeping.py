"""Promises are kept by money of their own time, every paisa for one promise only."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules.promise_keeping import Promised, Received, promise_standings
from db.vocabulary.operations import PromiseStatus

DAY = date(2026, 9, 10)
NOON = datetime(2026, 9, 10, 6, 30, tzinfo=UTC)
KEPT, OPEN, BROKEN = PromiseStatus.KEPT, PromiseStatus.OPEN, PromiseStatus.BROKEN


def promise(amount: int, made: int = 0, due: int = 5) -> Promised:
    on = DAY + timedelta(days=made)
    return Promised(amount, on, DAY + timedelta(days=due), NOON + timedelta(days=made))


def money(amount: int, day: int, hours: int = 0) -> Received:
    return Received(DAY + timedelta(days=day), amount, NOON + timedelta(days=day, hours=hours))


def statuses(promised, received, after: int) -> list[PromiseStatus]:
    today = DAY + timedelta(days=after)
    return [each.status for each in promise_standings(promised, received, today)]


def test_money_up_to_the_day_keeps_it_and_later_money_does_not() -> None:
    assert statuses([promise(500)], [money(500, 5)], 5) == [KEPT]
    assert statuses([promise(500)], [money(499, 5)], 5) == [OPEN]
    assert statuses([promise(500)], [money(499, 5), money(1, 6)], 6) == [BROKEN]
    assert statuses([promise(500)], [], 5) == [OPEN]
    assert statuses([promise(500)], [], 6) == [BROKEN]


def test_only_money_after_the_promise_counts() -> None:
    assert statuses([promise(500)], [money(500, -1)], 6) == [BROKEN]
    assert statuses([promise(500)], [money(500, 0, hours=-1)], 6) == [BROKEN]
    assert statuses([promise(500)], [money(500, 0, hours=1)], 6) == [KEPT]


def test_one_payment_keeps_one_promise_that_of_the_earlier_day() -> None:
    later, earlier = promise(500, due=8), promise(500, due=5)
    assert statuses([later, earlier], [money(500, 3)], 4) == [OPEN, KEPT]
    assert statuses([later, earlier], [money(500, 3), money(500, 7)], 9) == [KEPT, KEPT]
    found = promise_standings([later, earlier], [money(700, 3)], DAY + timedelta(days=9))
    assert [each.received_paise for each in found] == [200, 500]


PROMISES = st.lists(
    st.builds(
        lambda amount, made, lasts: promise(amount, made, made + lasts),
        st.integers(1, 900), st.integers(0, 20), st.integers(0, 10),
    ),
    max_size=6,
)  # fmt: skip
RECEIPTS = st.lists(
    st.builds(money, st.integers(1, 900), st.integers(-2, 35), st.integers(-5, 5)), max_size=8
)


@given(PROMISES, RECEIPTS, st.integers(0, 40))
def test_no_paisa_keeps_two_promises(promised, received, after) -> None:
    found = promise_standings(promised, received, DAY + timedelta(days=after))
    assert sum(each.received_paise for each in found) <= sum(r.amount_paise for r in received)
    for each, stands in zip(promised, found, strict=True):
        assert 0 <= stands.received_paise <= each.amount_paise
        assert (stands.status is KEPT) == (stands.received_paise == each.amount_paise)
        if stands.status is OPEN:
            assert each.due_on >= DAY + timedelta(days=after)


def test_money_recorded_before_the_later_promise_goes_to_the_earlier_one() -> None:
    both = [promise(1, made=1, due=9), promise(1, made=9, due=9)]
    for came in ([money(1, 9, 0), money(1, 9, -1)], [money(1, 9, -1), money(1, 9, 0)]):
        assert statuses(both, came, 9) == [KEPT, KEPT]


@given(PROMISES, RECEIPTS, st.randoms())
def test_the_order_of_writing_does_not_matter(promised, received, random) -> None:
    promised = [p for at, p in enumerate(promised) if p not in promised[:at]]
    today = DAY + timedelta(days=40)
    before = dict(zip(promised, promise_standings(promised, received, today), strict=True))
    random.shuffle(promised)
    random.shuffle(received)
    after = dict(zip(promised, promise_standings(promised, received, today), strict=True))
    assert {p: s.received_paise for p, s in before.items()} == {
        p: s.received_paise for p, s in after.items()
    }
