"""One day-end of a branch inside an open unit of work.

Source: data-and-sync.md 3 and 4, screens.md S66. Dues fall, classes and buckets move, provisions
follow; the cells are reconciled with the loans, and a difference is put right and told.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from app.rules.borrower_class import cause_of
from app.services.steps.account_posting import post_to_account
from app.services.steps.acts_to_decide import number_of
from app.services.steps.closing_terms import closing_terms
from app.services.steps.command import canonical
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.penal_account import ends_month
from app.services.steps.penal_corrections import PENAL
from app.services.steps.penal_month import PenalSum, levy_month
from app.services.steps.settle_alerts import settle_alerts
from app.services.steps.summary_terms import summary_terms
from db.records.book import AuditAct
from db.records.day_end import ClassMove, ClosingTerms, DayEnd, ProvisionSum
from db.records.loans import LoanBatch, NpaEntry
from db.records.summaries import SummaryTerms
from db.vocabulary.loan_life import AssetClass

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Actor
    from db.unit_of_work import UnitOfWork

_ONE_DAY = timedelta(days=1)
_USUAL_BRANCH = 20_000


class Movement(NamedTuple):
    """How many loans went from one class to another."""

    before: AssetClass
    after: AssetClass
    loans: int


class WaitingAct(NamedTuple):
    """What one person proposed for the day or before, and nobody has decided.

    Attributes:
        reference: of the loan, or of the application that has none yet.
    """

    act: str
    value_date: date
    loan_id: UUID | None
    reference: str


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """What one day-end did; money in paise.

    Attributes:
        loans: open at the end of the day.
        suspense_paise: interest of NPAs that fell due and was never received.
        waiting: proposals that the day was closed without.
        cells_differed: cells that were not what the loans said; they were put right.
        penal: the charges levied for the month that the day ends; None on any other day.
    """

    day: date
    loans: int
    movements: tuple[Movement, ...]
    provision_paise: int
    suspense_paise: int
    provisions: tuple[ProvisionSum, ...]
    waiting: tuple[WaitingAct, ...]
    cells_differed: int = 0
    penal: PenalSum | None = None

    @property
    def moved(self) -> int:
        """Loans that entered another class."""
        return sum(each.loans for each in self.movements)


def close_one_day(
    book: "UnitOfWork", day: date, rulebook: "Rulebook", make: RowMaker, person: "Actor"
) -> ClosedDay:
    """Close one day of the person's branch; the caller commits, or does not for a dry run.

    Raises:
        NoRuleInForceError: a rule on classes or provisions is missing on that day.
    """
    branch_id, used = person.branch_id, rulebook.recording()
    terms = closing_terms(day, used)
    book.closing.start()
    replayed = (book.closing.with_advance(branch_id, day), book.closing.joining(branch_id, day))
    for loan_id in dict.fromkeys(chain(*replayed)):
        post_to_account(book, book.accounts.lock(branch_id, loan_id), day, make, LoanBatch())
    book.closing.fall_due(branch_id, day)
    penal = levy_month(book, branch_id, day, used, make)
    moves = book.closing.move(branch_id, terms, _since(book, branch_id, day, rulebook))
    entries = [_entry(move, day, make) for move in moves]
    book.accounts.add(branch_id, LoanBatch(npa_entries=tuple(entries)))
    book.closing.provide(branch_id, terms)
    sums = book.closing.sums.provisions(branch_id, terms)
    book.closing.end()
    summaries = summary_terms(day, used)
    loans = sum(each.loans for each in sums)
    book.summaries.close_day(branch_id, summaries)
    closed = ClosedDay(
        day=day,
        loans=loans,
        movements=_movements(Counter((move.before, move.after) for move in moves)),
        provision_paise=sum(each.provision_paise for each in sums),
        suspense_paise=_suspense(book, branch_id, day, rulebook),
        provisions=sums,
        waiting=waiting_acts(book, branch_id, day),
        cells_differed=_reconcile(book, branch_id, summaries, loans),
        penal=penal,
    )
    details = {**_details(closed), **_month_end(book, branch_id, summaries, terms)}
    settle_alerts(book, branch_id, day, used, make)
    _write(book, closed, details | {"rule_rows": sorted(used.used_rows)}, make, person)
    return closed


def _since(book: "UnitOfWork", branch_id: int, day: date, rulebook: "Rulebook") -> date | None:
    """The day-end since which only what a loan's own row tells can have moved its class.

    None where every loan is looked at: on the first day-end, once a month, and when a rule changed.
    """
    before = book.day_ends.get(branch_id, day - _ONE_DAY)
    if before is None or ends_month(day):
        return None
    new_rule = any(row.effective_from == day for row in rulebook.rows)
    return None if new_rule else before.business_date


def _month_end(
    book: "UnitOfWork", branch_id: int, terms: SummaryTerms, closing: ClosingTerms
) -> dict[str, object]:
    """On the last day of a month its cells and every open loan are kept."""
    day = terms.day
    if (day + _ONE_DAY).month == day.month:
        return {}
    book.closing.sums.snapshot(branch_id, closing)
    book.summaries.close_month(branch_id, terms)
    return {"cells": [asdict(each) for each in book.cells.all(branch_id)]}


def _suspense(book: "UnitOfWork", branch_id: int, day: date, rulebook: "Rulebook") -> int:
    if rulebook.flag("npa_accrues_to_income", day):
        return 0
    return book.closing.sums.unpaid_interest_of_npas(branch_id, day)


def _entry(move: ClassMove, day: date, make: RowMaker) -> NpaEntry:
    days = 1 if move.oldest_unpaid_due is not None else 0
    return NpaEntry(
        entry_id=make.new_id(),
        loan_id=move.loan_id,
        business_date=day,
        recorded_at=make.at,
        asset_class=move.after,
        oldest_unpaid_due=move.oldest_unpaid_due,
        npa_since=move.npa_since,
        provision_paise=move.provision_paise,
        cause=cause_of(move.before, move.after, days),
    )


def _movements(counted: Mapping[tuple[AssetClass, AssetClass], int]) -> tuple[Movement, ...]:
    order = tuple(AssetClass).index
    ordered = sorted(counted.items(), key=lambda each: (order(each[0][0]), order(each[0][1])))
    return tuple(Movement(*pair, count) for pair, count in ordered)


def waiting_acts(book: "UnitOfWork", branch_id: int, day: date) -> tuple[WaitingAct, ...]:
    """What was proposed for the day or before and is not decided, oldest first."""
    return tuple(
        WaitingAct(act.act.value, act.value_date, act.loan_id, number_of(book, branch_id, act))
        for act in book.acts.waiting(branch_id)
        if act.value_date <= day
    )


def _reconcile(book: "UnitOfWork", branch_id: int, terms: SummaryTerms, loans: int) -> int:
    """Put right what differs from the books, and say how much it was; then count the positions.

    The other summaries of an outsized branch wait for `reconcile_summaries`: they hang on every
    due and receipt that the branch ever had. Its positions wait for the first look.
    """
    positions = book.summaries.positions
    differed = book.cells.differences(branch_id)
    if differed:
        book.cells.rebuild(branch_id)
    if loans > _USUAL_BRANCH:
        positions.forget(branch_id)
        return differed
    others = sum(book.summaries.differences(branch_id, terms).values())
    if others:
        book.summaries.rebuild(branch_id, terms)
    positions.count(branch_id, terms)
    return differed + others


def _details(closed: ClosedDay) -> dict[str, object]:
    penal = {} if closed.penal is None else {PENAL: closed.penal._asdict()}
    return {
        **penal,
        "moved": [
            {"from": each.before, "to": each.after, "count": each.loans}
            for each in closed.movements
        ],
        "suspense_paise": closed.suspense_paise,
        "provisions": [each._asdict() for each in closed.provisions],
        "waiting": len(closed.waiting),
        "cells_differed": closed.cells_differed,
    }


def _write(
    book: "UnitOfWork",
    closed: ClosedDay,
    details: Mapping[str, object],
    make: RowMaker,
    person: "Actor",
) -> None:
    row = DayEnd(
        business_date=closed.day,
        recorded_at=make.at,
        actor_id=person.user_id,
        loans=closed.loans,
        moved=closed.moved,
        provision_paise=closed.provision_paise,
        pending_receipts=0,  # a desk without an outbox posts every receipt at once
        details=canonical(details),
    )
    book.day_ends.add(person.branch_id, row)
    figures: dict[str, object] = {
        "day": closed.day,
        "loans": closed.loans,
        "moved": closed.moved,
        "provision_paise": closed.provision_paise,
    }
    acts = [_audit("close_day", figures, make.at, person)]
    if closed.cells_differed:
        alarm: dict[str, object] = {"day": closed.day, "cells": closed.cells_differed}
        acts.append(_audit("cells_differed", alarm, make.at, person))
    book.audit.append_many(person.branch_id, acts)


def _audit(act: str, details: Mapping[str, object], at: datetime, person: "Actor") -> AuditAct:
    plain = {name: str(each) if isinstance(each, date) else each for name, each in details.items()}
    return AuditAct(act, "day_end", None, person.staff_id, at, plain)


def together(days: tuple[ClosedDay, ...]) -> tuple[Movement, ...]:
    """The movements of several days, added up."""
    counted: Counter[tuple[AssetClass, AssetClass]] = Counter()
    for closed in days:
        for each in closed.movements:
            counted[each.before, each.after] += each.loans
    return _movements(counted)
