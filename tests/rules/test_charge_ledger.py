"""Charges apart from principal: every paisa is levied, received, waived or still unpaid."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.charge_ledger import ChargeEntry, ChargeEntryError, ChargeEntryKind, ChargeLedger

DAY = date(2026, 11, 23)
LEVIED = ChargeLedger().levy(500_00, DAY, "Instalment of 05 Nov 2026 missed")
PAID = LEVIED.receive(200_00, DAY + timedelta(days=2), "Receipt 17")
STEPS = st.lists(
    st.tuples(st.sampled_from(ChargeEntryKind), st.integers(1, 1000), st.integers(0, 9)),
    max_size=12,
)


def _step(ledger: ChargeLedger, kind: ChargeEntryKind, amount: int, place: int) -> ChargeLedger:
    if kind is ChargeEntryKind.LEVIED:
        return ledger.levy(amount, DAY, "Missed")
    if kind is ChargeEntryKind.RECEIVED:
        return ledger.receive(amount, DAY, "Paid")
    if kind is ChargeEntryKind.WAIVED:
        return ledger.waive(amount, DAY, "Given up")
    return ledger.reverse(place, "Undone")


@given(STEPS)
def test_every_paisa_is_kept_and_the_balance_is_never_below_zero(
    steps: list[tuple[ChargeEntryKind, int, int]],
) -> None:
    ledger = ChargeLedger()
    for kind, amount, place in steps:
        before = ledger
        try:
            ledger = _step(ledger, kind, amount, place)
        except ChargeEntryError:
            assert ledger is before
        else:
            assert ledger.entries[:-1] == before.entries
        spent = ledger.received_paise + ledger.waived_paise
        assert ledger.levied_paise == spent + ledger.balance_paise
        assert min(ledger.balances_paise, default=0) >= 0
        assert ledger.balance_paise == (ledger.balances_paise or (0,))[-1]
        assert min(ledger.levied_paise, ledger.received_paise, ledger.waived_paise) >= 0


@given(STEPS)
def test_an_entry_that_fits_is_taken_and_no_other(
    steps: list[tuple[ChargeEntryKind, int, int]],
) -> None:
    ledger = ChargeLedger()
    for kind, amount, _ in steps:
        if kind is ChargeEntryKind.REVERSED:
            continue
        if kind is ChargeEntryKind.LEVIED or amount <= ledger.balance_paise:
            ledger = _step(ledger, kind, amount, 0)
            continue
        with pytest.raises(ChargeEntryError) as refused:
            _step(ledger, kind, amount, 0)
        assert refused.value.field == "amount"


def test_no_entry_and_no_ledger_knows_principal() -> None:
    assert {field.name for field in fields(ChargeEntry)} == {
        "on", "kind", "amount_paise", "reason", "reverses"
    }  # fmt: skip
    assert [field.name for field in fields(ChargeLedger)] == ["entries"]
    with pytest.raises(FrozenInstanceError):
        PAID.entries[0].amount_paise = 1  # type: ignore[misc]  # what the test is about


def test_the_balance_runs_with_the_entries() -> None:
    waived = PAID.waive(300_00, DAY, "Hardship")
    assert waived.balances_paise == (500_00, 300_00, 0)
    assert (waived.levied_paise, waived.received_paise, waived.waived_paise) == (
        500_00,
        200_00,
        300_00,
    )
    assert ChargeLedger().balance_paise == 0
    assert ChargeLedger().balances_paise == ()


def test_every_act_keeps_its_own_value_date() -> None:
    """They may lie apart: a receipt of the third day is often entered on the fifth."""
    ledger = PAID.waive(100_00, DAY + timedelta(days=1), "Hardship")
    dates = [(entry.kind.value, (entry.on - DAY).days) for entry in ledger.entries]
    assert dates == [("levied", 0), ("received", 2), ("waived", 1)]


def test_nothing_is_received_or_waived_before_something_is_levied() -> None:
    for act in (ChargeLedger().receive, ChargeLedger().waive):
        with pytest.raises(ChargeEntryError, match=r"at most ₹0.00"):
            act(1, DAY, "Too early")


def test_a_returned_cheque_is_undone_with_its_value_date() -> None:
    bounced = PAID.reverse(1, "Cheque returned")
    assert bounced.entries[-1] == ChargeEntry(
        DAY + timedelta(days=2), ChargeEntryKind.REVERSED, 200_00, "Cheque returned", 1
    )
    assert (bounced.balance_paise, bounced.received_paise) == (500_00, 0)
    assert bounced.reverse(0, "Charged by mistake").balances_paise == (500_00, 300_00, 500_00, 0)
    waived = LEVIED.waive(100_00, DAY, "By mistake").reverse(1, "Not agreed")
    assert (waived.balance_paise, waived.waived_paise) == (500_00, 0)


def test_a_charge_that_is_paid_is_not_undone_before_its_receipt() -> None:
    with pytest.raises(ChargeEntryError, match="reverse the receipt or waiver first") as refused:
        PAID.reverse(0, "By mistake")
    assert refused.value.field == "reverses"


def test_more_than_is_unpaid_is_neither_received_nor_waived() -> None:
    for act in (PAID.receive, PAID.waive):
        assert act(300_00, DAY, "All of it").balance_paise == 0
        with pytest.raises(ChargeEntryError, match=r"at most ₹300.00, the charges") as refused:
            act(300_01, DAY, "Too much")
        assert refused.value.field == "amount"
    entries = (
        LEVIED.entries[0],
        ChargeEntry(DAY, ChargeEntryKind.RECEIVED, 501_00, "Too much"),
        ChargeEntry(DAY, ChargeEntryKind.LEVIED, 900_00, "Later"),
    )
    with pytest.raises(ChargeEntryError, match=r"at most ₹500.00"):
        ChargeLedger(entries)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_entry_of_nothing_is_refused(amount: int) -> None:
    for act in (LEVIED.levy, LEVIED.receive, LEVIED.waive):
        with pytest.raises(ChargeEntryError, match="more than ₹0") as refused:
            act(amount, DAY, "Nothing")
        assert refused.value.field == "amount"
    assert LEVIED.levy(1, DAY, "One paisa").balance_paise == 500_01


def test_an_entry_without_a_reason_is_refused() -> None:
    for reason in ("", "  "):
        with pytest.raises(ChargeEntryError, match="Give the reason") as refused:
            LEVIED.levy(100, DAY, reason)
        assert refused.value.field == "reason"
    with pytest.raises(ChargeEntryError, match="Give the reason"):
        LEVIED.reverse(0, " ")


@pytest.mark.parametrize("place", [-1, 2, 9])
def test_only_an_entry_that_is_there_is_reversed(place: int) -> None:
    with pytest.raises(ChargeEntryError, match="Choose an entry of the ledger") as refused:
        PAID.reverse(place, "Undone")
    assert refused.value.field == "reverses"


def test_an_entry_is_reversed_once_and_a_reversal_never() -> None:
    undone = LEVIED.reverse(0, "By mistake")
    again = undone.levy(500_00, DAY, "Missed again")
    with pytest.raises(ChargeEntryError, match="reversed already"):
        again.reverse(0, "Twice")
    with pytest.raises(ChargeEntryError, match="Reverse one earlier charge"):
        again.reverse(1, "Undo the undoing")


REVERSAL = ChargeEntry(DAY, ChargeEntryKind.REVERSED, 500_00, "Undone", 0)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (replace(REVERSAL, amount_paise=499_99), "in full"),
        (replace(REVERSAL, reverses=1), "Reverse one earlier"),
        (replace(REVERSAL, reverses=-1), "Reverse one earlier"),
        (replace(REVERSAL, reverses=None), "Name the entry that a reversal undoes"),
        (replace(REVERSAL, kind=ChargeEntryKind.WAIVED), "Name the entry that a reversal undoes"),
    ],
)
def test_a_stored_reversal_must_fit_what_it_undoes(entry: ChargeEntry, sentence: str) -> None:
    with pytest.raises(ChargeEntryError, match=sentence) as refused:
        ChargeLedger((*LEVIED.entries, entry))
    assert refused.value.field == "reverses"
    assert ChargeLedger((*LEVIED.entries, REVERSAL)).balance_paise == 0
