"""A loan's account as it stood at the end of a day, by what is known now.

Source: screens.md S61 (*As on date* recomputes a read-only view). Value dates decide, not the days
of recording: a back-dated receipt of that time counts. The schedule is the version in force then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid5

from app.rules.loan_account import AccountState
from app.services.steps.loan_ledger import LoanLedger, RowMaker, corrections, replay_ledger
from db.records.loans import Disbursement, Instalment, Repayment, ScheduleVersion
from db.vocabulary.loan_account import RepaymentKind

_BY_ITSELF = (RepaymentKind.ADVANCE_USED, RepaymentKind.CAPITALISATION)
_NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)  # after everything that was recorded
_WAITING = "not posted yet "


@dataclass(frozen=True, slots=True)
class LoanPast:
    """What a look back needs beside the ledger.

    Attributes:
        paid_out: all payments out, reversals below 0.
        versions: of the schedule, the contract first; none for a loan from before they were kept.
        replaced: the instalments that a later version replaced, by their own version.
    """

    paid_out: tuple[Disbursement, ...]
    versions: tuple[ScheduleVersion, ...] = ()
    replaced: Mapping[int, tuple[Instalment, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoanDay:
    """The account at the end of a day.

    Attributes:
        ledger: only what has a value date up to that day, with the schedule in force.
        version: that schedule; None where versions are not kept.
    """

    on: date
    ledger: LoanLedger
    state: AccountState
    version: ScheduleVersion | None


def loan_on(ledger: LoanLedger, past: LoanPast, on: date, today: date = date.max) -> LoanDay:
    """The account at the end of `on`.

    On the book's own day it is what stands, also where a new schedule begins with a later due.
    """
    version = past.versions[-1] if past.versions and on >= today else version_on(past.versions, on)
    then = replace(
        ledger,
        schedule=_schedule_of(ledger.schedule, past, version),
        rows=tuple(row for row in ledger.rows if row.value_date <= on),
        charges=tuple(each for each in ledger.charges if each.value_date <= on),
        disbursed_paise=sum(
            out.amount_paise for out in past.paid_out if out.disbursement_date <= on
        ),
    )
    return LoanDay(on, then, replay_ledger(then, on), version)


def waiting_rows(day: LoanDay) -> tuple[Repayment, ...]:
    """What has happened by itself since the newest posting, and the next one writes as rows.

    An advance that met a due, and interest of a pause that joined: the days' figures count them.
    """
    loan_id = day.ledger.loan.loan_id
    ids = (uuid5(loan_id, f"{_WAITING}{place}") for place in count())
    made = corrections(day.ledger, day.state, RowMaker(lambda: next(ids), loan_id, _NOT_YET))
    return tuple(row for row in made if row.kind in _BY_ITSELF)


def version_on(versions: Sequence[ScheduleVersion], on: date) -> ScheduleVersion | None:
    """The version in force on a day: the newest that had begun, the contract before that."""
    begun = [each for each in versions if each.from_date <= on]
    return begun[-1] if begun else next(iter(versions), None)


def _schedule_of(
    now: tuple[Instalment, ...], past: LoanPast, version: ScheduleVersion | None
) -> tuple[Instalment, ...]:
    """Undo the later versions one by one: each names the instalments that it replaced."""
    if version is None:
        return now
    rows = now
    for number in range(past.versions[-1].version - 1, version.version - 1, -1):
        before = past.replaced.get(number, ())
        if before:
            rows = (*(row for row in rows if row.number < before[0].number), *before)
    return rows
