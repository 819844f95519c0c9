"""Penal charges of an NPA wait in suspense until money comes; nothing of it is lost or doubled."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.resource_files import resource
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.charge_suspense import suspense_moves
from db.records.loans import Charge, NpaEntry, Repayment
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.loan_life import AssetClass, PaymentMethod

LOAN, DAY, AT = UUID(int=1), date(2026, 11, 30), datetime(2026, 11, 30, 6, tzinfo=UTC)
NPA = (NpaEntry(UUID(int=2), LOAN, DAY, AT, AssetClass.SUB_STANDARD, DAY, DAY, 0, "days past due"),)


def shipped(name):
    return json.loads(resource(f"rules/{name}").read_text(encoding="utf-8"))


RULEBOOK = Rulebook(
    parse_rule_rows(shipped("rule-rows.json")), parse_products(shipped("products.json"))
)


def charge(number, paise, entry=ChargeEntry.LEVIED, **changes):
    at = AT + timedelta(hours=number)
    plain = Charge(
        UUID(int=100 + number), LOAN, entry, ChargeKind.PENAL, DAY, at, paise, "late", LOAN
    )
    return replace(plain, **changes)


def paid(number, charges):
    return Repayment(
        UUID(int=100 + number), LOAN, DAY, AT + timedelta(hours=number), charges, 0, 0, charges, 0,
        0, PaymentMethod.UPI, "", AppropriationOrder.FIFO_IPC,
    )  # fmt: skip


def moves(charges, rows=(), entries=NPA):
    found = suspense_moves(charges, rows, entries, RULEBOOK)
    return {key.int - 100: paise for key, paise in found.items()}


def test_money_pays_what_is_income_already_first() -> None:
    fee = charge(1, 300, kind=ChargeKind.BOUNCE)
    levied = charge(2, 500)
    rows = [paid(3, 400), paid(4, 400), paid(5, -250)]
    assert moves([fee, levied], rows) == {2: 500, 3: -100, 4: -400, 5: 250}


def test_a_charge_of_before_the_npa_is_income_at_once() -> None:
    earlier = charge(1, 500, value_date=DAY - timedelta(days=1))
    assert moves([earlier], [paid(2, 500)]) == {}
    assert moves([charge(1, 500)], entries=()) == {}
    learned_later = replace(NPA[0], recorded_at=AT + timedelta(days=9))
    assert moves([charge(1, 500)], entries=[learned_later]) == {}


def test_what_is_given_up_or_taken_back_leaves_the_suspense() -> None:
    assert moves([charge(1, 500), charge(2, 200, ChargeEntry.WAIVED)]) == {1: 500, 2: -200}
    undone = charge(3, 500, ChargeEntry.REVERSED, reverses_id=UUID(int=101))
    assert moves([charge(1, 500), undone], [paid(2, 100)]) == {1: 500, 2: -100, 3: -400}


@given(st.lists(st.tuples(st.sampled_from("LWP"), st.integers(1, 900)), max_size=12))
def test_what_is_held_is_never_below_nothing_nor_above_what_is_due(acts) -> None:
    charges, rows, due = [], [], 0
    for number, (act, paise) in enumerate(acts):
        if act == "L":
            charges.append(charge(number, paise))
            due += paise
        elif due:
            used = min(paise, due)
            due -= used
            if act == "W":
                charges.append(charge(number, used, ChargeEntry.WAIVED))
            else:
                rows.append(paid(number, used))
    assert sum(moves(charges, rows).values()) == due
