"""Bring a borrower's class history in line with the ledgers after a back-dated entry.

Source: lending-rules.md 9.1 (3), data-and-sync.md 4. History is never rewritten: entries are added
for the business dates whose class is another one now, and the newest entry of a date counts.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from app.rules.borrower_class import ClassState, ClassStep, classes_until
from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.rules.portfolio_ratios import is_defaulted
from app.services.steps.borrower_loans import BorrowersLoan, read_borrowers_loan
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.loan_provision import provision_at
from app.services.steps.penal_corrections import correct_penal
from app.services.steps.summary_terms import summary_terms
from db.records.loans import Loan, LoanBatch, NpaEntry
from db.vocabulary.loan_life import AssetClass, LoanStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from db.unit_of_work import UnitOfWork

CORRECTED = "corrected by a back-dated entry"
_TICK = timedelta(microseconds=1)
_OPEN = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)


class _Stands(NamedTuple):
    """What an entry says."""

    asset_class: AssetClass
    npa_since: date | None


@dataclass(frozen=True, slots=True)
class _Replayed:
    """A loan and what a replay makes of it, with the days on which that changes."""

    own: BorrowersLoan
    steps: tuple[ClassStep, ...]
    last: ClassState

    def at(self, day: date) -> _Stands:
        """Its class at a day-end."""
        place = bisect_right(self.steps, day, key=lambda step: step.on)
        state = self.steps[place - 1].after if place else ClassState()
        return _Stands(state.asset_class, state.npa_since)

    def cause(self, day: date) -> str:
        """Why it entered that class, where it did on that very day."""
        own = next((step for step in self.steps if step.on == day and step.moved), None)
        return CORRECTED if own is None else own.cause


def reclassify(
    book: "UnitOfWork", loan: Loan, first_day: date, rulebook: "Rulebook", make: RowMaker
) -> tuple[NpaEntry, ...]:
    """Replay all loans of a loan's borrower up to the last closed day and add what differs.

    Its penal charges come first. Call it after `post_to_account`, in the same unit of work, when
    the value date of what was posted is not after `book.day_ends.last_closed(branch)`; it does
    nothing otherwise. Lock the borrower's loans (`lock_borrower`) before the cells are touched.

    Args:
        book: the open unit of work, which the caller commits.
        loan: the one whose ledger moved, as it was written; its borrower's others go with it.
        first_day: the earliest business date whose class may be another one.
        rulebook: the rules of every day.
        make: who and when, for the new entries.

    Returns:
        The entries that were added; the loans and the branch's cells say the same when it returns.

    Raises:
        NoRuleInForceError: a rule on classes or provisions is missing on one of the days.
    """
    until = book.day_ends.last_closed(loan.branch_id)
    if until is None or first_day > until:
        return ()
    correct_penal(book, loan, (first_day, until), rulebook, make)
    theirs = book.accounts.lock_borrower(loan.branch_id, loan.customer_id)
    owned = [read_borrowers_loan(book, each) for each in theirs]
    book.summaries.review(loan, summary_terms(until, rulebook))
    found = classes_until([each.classed for each in owned], until, rulebook)
    entries: list[NpaEntry] = []
    for each in owned:
        loan_id = each.loan.loan_id
        steps = tuple(step for step in found.steps if step.loan_id == loan_id)
        replayed = _Replayed(each, steps, found.standings[loan_id])
        added, newest = _missing(book, replayed, (first_day, until), rulebook, make)
        book.accounts.add(loan.branch_id, LoanBatch(npa_entries=added))
        entries += added
        _bring_in_line(book, _standing(replayed, newest, until, rulebook), each.loan)
    return tuple(entries)


def _missing(
    book: "UnitOfWork",
    replayed: _Replayed,
    days: tuple[date, date],
    rulebook: "Rulebook",
    make: RowMaker,
) -> tuple[tuple[NpaEntry, ...], _Stands]:
    """The entries that history lacks, and what its newest one says then."""
    newest = _newest_by_day(book, replayed.own.loan)
    stored = {day: _Stands(each.asset_class, each.npa_since) for day, each in newest.items()}
    first, until = days
    now = _Stands(AssetClass.STANDARD, None)
    for day in (day for day in stored if day < first):
        now = stored[day]
    changed = {step.on for step in replayed.steps if step.on >= first}
    added = []
    for day in sorted({day for day in stored if first <= day <= until} | changed):
        now = stored.get(day, now)
        wanted = replayed.at(day)
        gone = replayed.own.classed.written_off_on
        if wanted != now and (gone is None or day < gone):
            entry = _entry(replayed, day, rulebook, make)
            added.append(_recorded_after(entry, newest.get(day)))
            now = wanted
    return tuple(added), now


def _recorded_after(entry: NpaEntry, replaced: NpaEntry | None) -> NpaEntry:
    """The entry, after the one that it replaces: a clock may stand still or be set back."""
    if replaced is None or replaced.recorded_at < entry.recorded_at:
        return entry
    return replace(entry, recorded_at=replaced.recorded_at + _TICK)


def _newest_by_day(book: "UnitOfWork", loan: Loan) -> dict[date, NpaEntry]:
    entries = book.loans.npa_entries(loan.branch_id, loan.loan_id)
    ordered = sorted(entries, key=lambda e: (e.business_date, e.recorded_at, e.entry_id.bytes))
    return {each.business_date: each for each in ordered}


def _entry(replayed: _Replayed, day: date, rulebook: "Rulebook", make: RowMaker) -> NpaEntry:
    own, stands = replayed.own, replayed.at(day)
    at = (stands.asset_class, own.balance_on(day))
    return NpaEntry(
        entry_id=make.new_id(),
        loan_id=own.loan.loan_id,
        business_date=day,
        recorded_at=make.at,
        asset_class=stands.asset_class,
        oldest_unpaid_due=own.classed.oldest_unpaid_due(day),
        npa_since=stands.npa_since,
        provision_paise=provision_at(own.secured, at, day, rulebook),
        cause=replayed.cause(day),
    )


def _standing(replayed: _Replayed, newest: _Stands, until: date, rulebook: "Rulebook") -> Loan:
    """The loan's row as the replay leaves it at the last closed day."""
    own, loan = replayed.own, replayed.own.loan
    days = days_past_due(own.classed.oldest_unpaid_due(until), until, rulebook)
    provision, status, defaulted_on = 0, loan.status, replayed.last.defaulted_on
    gone = own.classed.written_off_on
    if defaulted_on is None and is_defaulted(loan.disbursement_date, gone, rulebook):
        defaulted_on = gone
    if status in _OPEN:
        status = LoanStatus.ACTIVE if defaulted_on is None else LoanStatus.DEFAULTED
        at = (newest.asset_class, own.balance_on(until))
        provision = provision_at(own.secured, at, until, rulebook)
    return replace(
        loan,
        asset_class=newest.asset_class,
        npa_since=newest.npa_since,
        defaulted_on=defaulted_on,
        status=status,
        dpd_bucket=dpd_bucket(days),
        provision_paise=provision,
    )


def _bring_in_line(book: "UnitOfWork", wanted: Loan, before: Loan) -> None:
    if wanted != before:
        book.cells.move(before, book.accounts.update(wanted, before))
