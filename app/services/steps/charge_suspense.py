"""Penal charges of an NPA: held in suspense when levied, income once they are received.

Source: lending-rules.md 5.3 (public code, to be confirmed; the row of interest decides). Money pays
charges that are income already before those in suspense, so that nothing counts too early.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.income_recognition import accrues_to_income
from db.records.loans import Charge, NpaEntry, Repayment
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.loan_life import AssetClass

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


@dataclass(slots=True)
class _Held:
    """Where the charges of a loan stand, in paise: in suspense, else due, let go as income."""

    suspense: int = 0
    income_due: int = 0
    let_go: int = 0


def suspense_moves(
    charges: Iterable[Charge],
    rows: Iterable[Repayment],
    entries: Iterable[NpaEntry],
    rulebook: "Rulebook",
) -> Mapping[UUID, int]:
    """By how many paise each entry of a loan's account moves the suspense; others are left out.

    Raises:
        NoRuleInForceError: the rule on income is missing on the day of a charge.
    """
    charges, entries = tuple(charges), tuple(entries)
    waits = {
        each.charge_id
        for each in charges
        if each.entry is ChargeEntry.LEVIED
        and each.kind is ChargeKind.PENAL
        and not accrues_to_income(_class_then(each, entries), rulebook, each.value_date)
    }
    acts: list[Charge | Repayment] = [*charges, *rows]
    # A charge stands before the money that is recorded with it.
    acts.sort(key=lambda act: (act.recorded_at, isinstance(act, Repayment)))
    held, moves = _Held(), dict[UUID, int]()
    for act in acts:
        if isinstance(act, Repayment):
            moves[act.repayment_id] = _paid(held, act.charges_paise)
        else:
            moves[act.charge_id] = _charged(held, act, waits)
    return {key: paise for key, paise in moves.items() if paise}


def _class_then(charge: Charge, entries: Iterable[NpaEntry]) -> AssetClass:
    """The class at the day-end of a charge, as it was known when the charge was levied."""
    seen = [
        (each.business_date, each.recorded_at, each.entry_id.bytes, each.asset_class)
        for each in entries
        if each.business_date <= charge.value_date and each.recorded_at <= charge.recorded_at
    ]
    return max(seen)[-1] if seen else AssetClass.STANDARD


def _charged(held: _Held, act: Charge, waits: Collection[UUID]) -> int:
    if act.entry is ChargeEntry.LEVIED:
        moved = act.amount_paise if act.charge_id in waits else 0
        paise = act.amount_paise
    else:
        undone = act.reverses_id is None or act.reverses_id in waits
        gives = undone and act.kind is ChargeKind.PENAL
        moved = -min(held.suspense, act.amount_paise) if gives else 0
        paise = -act.amount_paise
    held.suspense += moved
    held.income_due += paise - moved
    return moved


def _paid(held: _Held, charges_paise: int) -> int:
    """Money for charges; below 0 it is taken back, and what was let go waits again."""
    if charges_paise > 0:
        moved = -min(held.suspense, max(charges_paise - max(held.income_due, 0), 0))
    else:
        moved = min(held.let_go, -charges_paise)
    held.suspense += moved
    held.let_go -= moved
    held.income_due -= charges_paise + moved
    return moved
