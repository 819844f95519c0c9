"""An account replayed: paise are conserved, order does not matter, the advance meets its due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.loan_account import AccountDue, AccountEvent, EventKind, Split, replay
from db.vocabulary.lending import AppropriationOrder

FIRST = date(2026, 6, 5)
LENT = 21_300_00
DUES = (
    AccountDue(1, date(2026, 6, 5), 3_000_00, 7_000_00),
    AccountDue(2, date(2026, 7, 5), 2_900_00, 7_100_00),
    AccountDue(3, date(2026, 8, 5), 2_800_00, 7_200_00),
)
END = date(2026, 9, 30)


def receipt(key: str, on: date, amount: int, order: int = 0, **rest) -> AccountEvent:
    return AccountEvent(key, EventKind.RECEIPT, on, order, amount, **rest)


def test_one_paisa_short_is_still_due() -> None:
    state = replay(LENT, DUES, [receipt("a", FIRST, 999_999)], FIRST)
    assert state.oldest_unpaid_due(FIRST) == FIRST
    assert state.overdue_paise(FIRST) == 1
    assert state.dues[0].paid_on is None


def test_the_excess_waits_and_meets_the_next_due() -> None:
    paid = [receipt("a", FIRST, 10_000_00 + 4_000_00)]
    assert replay(LENT, DUES, paid, FIRST).advance_paise == 4_000_00
    later = replay(LENT, DUES, paid, date(2026, 7, 5))
    assert later.advance_paise == 0
    assert [use.split for use in later.advance_uses] == [Split(2_900_00, 1_100_00, 0, -4_000_00)]
    assert later.overdue_paise(date(2026, 7, 5)) == 6_000_00
    assert later.principal_left_paise == LENT - 8_100_00


def test_what_is_due_today_is_met_by_todays_receipt() -> None:
    state = replay(LENT, DUES, [receipt("a", FIRST, 10_000_00)], FIRST)
    assert state.dues[0].paid_on == FIRST
    assert state.next_due(FIRST).due.number == 2
    assert state.oldest_unpaid_due(FIRST) is None


def test_charges_come_last_or_first_as_the_policy_says() -> None:
    charge = AccountEvent("c", EventKind.CHARGE, FIRST, 0, 500_00)
    for policy, split in (
        (AppropriationOrder.FIFO_IPC, Split(3_000_00, 7_000_00, 0, 0)),
        (AppropriationOrder.CIP, Split(3_000_00, 6_500_00, 500_00, 0)),
    ):
        paid = receipt("a", FIRST, 10_000_00, 1, policy=policy)
        state = replay(LENT, DUES, [paid, charge], FIRST)
        assert state.splits["a"] == split
        assert state.charges_due_paise == 500_00 - split.charges_paise


def test_a_prepayment_goes_to_principal() -> None:
    event = AccountEvent("p", EventKind.PRINCIPAL, FIRST, 1, 5_100_00, 100_00)
    state = replay(LENT, DUES, [event], FIRST)
    assert state.splits["p"] == Split(100_00, 5_000_00)
    assert state.principal_left_paise == LENT - 5_000_00


def test_a_month_with_nothing_due_uses_no_advance() -> None:
    quiet = AccountDue(1, date(2026, 5, 5), 0, 0)
    state = replay(LENT, (quiet, *DUES), [receipt("a", date(2026, 4, 30), 500_00)], FIRST)
    assert [use.due_on for use in state.advance_uses] == [FIRST]
    assert state.oldest_unpaid_due(date(2026, 5, 5)) is None


def test_events_after_the_day_are_left_out() -> None:
    state = replay(LENT, DUES, [receipt("a", date(2026, 7, 1), 100)], FIRST)
    assert state.splits == {}


events = st.lists(
    st.tuples(
        st.integers(0, 100),
        st.integers(1, 15_000_00),
        st.sampled_from([EventKind.RECEIPT, EventKind.CHARGE]),
        st.sampled_from(list(AppropriationOrder)),
    ),
    max_size=12,
)


def made(drawn) -> list[AccountEvent]:
    return [
        AccountEvent(
            str(n), kind, date(2026, 5, 20) + timedelta(days=day), n, amount, policy=policy
        )
        for n, (day, amount, kind, policy) in enumerate(drawn)
    ]


@given(events)
def test_every_paisa_is_in_exactly_one_place(drawn) -> None:
    happened = made(drawn)
    state = replay(LENT, DUES, happened, END)
    for event in happened:
        if event.kind is EventKind.RECEIPT:
            assert state.splits[event.key].total_paise == event.amount_paise
            assert min(state.splits[event.key]) >= 0
    rows = [*state.splits.values(), *(use.split for use in state.advance_uses)]
    assert state.principal_left_paise == LENT - sum(row.principal_paise for row in rows) >= 0
    assert state.advance_paise == sum(row.excess_paise for row in rows) >= 0
    charged = sum(e.amount_paise for e in happened if e.kind is EventKind.CHARGE)
    assert state.charges_due_paise == charged - sum(row.charges_paise for row in rows) >= 0
    assert sum(due.interest_paise for due in state.dues) == sum(r.interest_paise for r in rows)
    for due in state.dues:
        assert (due.paid_on is None) == bool(due.left_paise)


@given(events, st.randoms())
def test_the_order_of_entry_does_not_matter(drawn, chance) -> None:
    happened = made(drawn)
    shuffled = list(happened)
    chance.shuffle(shuffled)
    assert replay(LENT, DUES, shuffled, END) == replay(LENT, DUES, happened, END)


@given(events, st.integers(0, 110))
def test_a_day_is_the_same_whether_lived_or_looked_back_at(drawn, day) -> None:
    """Replaying to a day ignores all that comes after it."""
    happened, until = made(drawn), date(2026, 5, 20) + timedelta(days=day)
    before = [event for event in happened if event.on <= until]
    assert replay(LENT, DUES, before, until) == replay(LENT, DUES, happened, until)


@pytest.mark.parametrize("amount", [1, 10_000_00, 100_000_00])
def test_an_advance_never_exceeds_what_came_in(amount: int) -> None:
    state = replay(LENT, DUES, [receipt("a", date(2026, 5, 1), amount)], END)
    assert state.advance_paise == max(0, amount - 30_000_00)


def test_interest_without_a_payment_joins_the_principal_on_its_day() -> None:
    paused = [AccountDue(1, date(2026, 1, 5), 0, 0, 700), AccountDue(2, date(2026, 2, 5), 9, 700)]
    before = replay(1_000, paused, [], date(2026, 1, 4))
    assert (before.principal_left_paise, before.joined) == (1_000, {})
    after = replay(1_000, paused, [], date(2026, 1, 5))
    assert after.principal_left_paise == 1_700
    assert after.joined == {date(2026, 1, 5): 700}
    assert after.dues[0].paid_on == date(2026, 1, 5)  # nothing was asked for
    assert after.oldest_unpaid_due(date(2026, 1, 5)) is None
