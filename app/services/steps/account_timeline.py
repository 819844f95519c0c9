"""What happened on a loan's account, newest first: money, charges, classes, acts, papers, calls.

Source: screens.md S61 (Timeline). What was said in a contact stays in the follow-up's log.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.rules.bank_time import bank_day
from app.services.steps.account_classes import ClassLine
from app.services.steps.account_lines import ChargeLine, LedgerLine, Names
from db.records.documents import DocumentRecord
from db.records.follow_up import Contact
from db.records.loans import LoanActRecord
from db.vocabulary.loan_account import ActState, RepaymentKind


class Happening(StrEnum):
    """Which word list the code of a line belongs to."""

    MONEY_OUT = "loan_act"
    MONEY_IN = "repayment_kind"
    CHARGE = "charge_kind"
    CLASS = "asset_class"
    ACT = "loan_act_state"
    LETTER = "letter_kind"
    CONTACT = "contact_channel"


@dataclass(frozen=True, slots=True)
class HappenedLine:
    """One thing that happened.

    Attributes:
        on: the day that counts; `at` the instant it was written down, where that is kept.
        code: a word of the list that `kind` names; `detail` a second one that belongs to it.
    """

    on: date
    at: datetime | None
    kind: Happening
    code: str
    detail: str = ""
    amount_paise: int | None = None
    note: str = ""
    by: str = ""


_CORRECTIONS = frozenset({RepaymentKind.REALLOCATION})  # they follow from what is told already


def happened_lines(  # noqa: PLR0913  # one argument a kind of record
    *,
    ledger: Sequence[LedgerLine],
    charges: Sequence[ChargeLine],
    classes: Sequence[ClassLine],
    acts: Sequence[LoanActRecord],
    letters: Sequence[DocumentRecord],
    contacts: Sequence[Contact],
    names: Names,
    until: date,
) -> tuple[HappenedLine, ...]:
    """Everything up to the end of a day in one order, newest first."""
    every: Iterable[HappenedLine] = (
        *_money(ledger),
        *_charged(charges),
        *_classed(classes),
        *_acted(acts, names),
        *_written(letters, names),
        *_spoken(contacts),
    )
    return tuple(sorted((e for e in every if e.on <= until), key=_place, reverse=True))


def _place(line: HappenedLine) -> tuple[date, float, bool]:
    """What has no time of day stands above what was written down before it."""
    at = float("inf") if line.at is None else line.at.timestamp()
    return (line.on, at, line.detail != ActState.PROPOSED)


def _money(ledger: Sequence[LedgerLine]) -> Iterator[HappenedLine]:
    for line in ledger:
        if line.kind in _CORRECTIONS:
            continue
        inward = isinstance(line.kind, RepaymentKind)
        yield HappenedLine(
            on=line.on,
            at=line.recorded_at,
            kind=Happening.MONEY_IN if inward else Happening.MONEY_OUT,
            code=line.kind.value,
            detail=line.method,
            amount_paise=line.amount_paise or -line.excess_paise or line.interest_paise,
            note=line.reference,
            by=line.by,
        )


def _charged(charges: Sequence[ChargeLine]) -> Iterator[HappenedLine]:
    for line in charges:
        yield HappenedLine(
            on=line.on,
            at=None,
            kind=Happening.CHARGE,
            code=line.kind.value,
            detail=line.entry.value,
            amount_paise=line.amount_paise,
            note=line.reason,
            by=line.by,
        )


def _classed(classes: Sequence[ClassLine]) -> Iterator[HappenedLine]:
    for line in classes:
        yield HappenedLine(
            on=line.on,
            at=line.recorded_at,
            kind=Happening.CLASS,
            code=line.after.value,
            detail=line.before.value,
            note=line.cause,
        )


def _acted(acts: Sequence[LoanActRecord], names: Names) -> Iterator[HappenedLine]:
    for act in acts:
        yield _act_line(act, ActState.PROPOSED, act.made_at, names.get(act.maker_id, ""))
        if act.decided_at is not None and act.state is not ActState.PROPOSED:
            decider = names.get(act.checker_id or act.maker_id, "")
            yield _act_line(act, act.state, act.decided_at, decider)


def _act_line(act: LoanActRecord, state: ActState, at: datetime, by: str) -> HappenedLine:
    return HappenedLine(
        on=bank_day(at),
        at=at,
        kind=Happening.ACT,
        code=act.act.value,
        detail=state.value,
        note=act.note,
        by=by,
    )


def _written(letters: Sequence[DocumentRecord], names: Names) -> Iterator[HappenedLine]:
    for letter in letters:
        yield HappenedLine(
            on=bank_day(letter.made_at),
            at=letter.made_at,
            kind=Happening.LETTER,
            code=letter.kind.value,
            detail=letter.status.value,
            note=letter.number,
            by=names.get(letter.made_by, ""),
        )


def _spoken(contacts: Sequence[Contact]) -> Iterator[HappenedLine]:
    for contact in contacts:
        yield HappenedLine(
            on=bank_day(contact.made_at),
            at=contact.made_at,
            kind=Happening.CONTACT,
            code=contact.channel.value,
            detail="" if contact.outcome is None else contact.outcome.value,
            by=contact.actor_name,
        )
