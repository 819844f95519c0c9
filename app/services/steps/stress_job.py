"""Computes a stress run from the files of its job: borrower by borrower, then added up.

Source: lending-rules.md 10 and 14. Runs in a child process of the window and inside the verb; it
opens no book. The same files give the same answer, whatever the machine.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from app.rules.day_count import add_months, whole_months
from app.rules.days_past_due import days_past_due
from app.rules.expected_credit_loss import standing
from app.rules.income_loss_draw import who_loses_income
from app.rules.money import PPM_PER_PERCENT
from app.rules.portfolio_ratios import percent
from app.rules.rulebook import Rulebook
from app.rules.stress import foir_breaches
from app.rules.stressed_loan import (
    Borrower,
    LoanFigures,
    RunningLoan,
    StressedLoan,
    borrower_foirs,
    stressed_loan,
)
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.stress_figures import (
    SegmentBy,
    StressRun,
    StressSegment,
    StressTotals,
    worst_first,
)
from app.services.steps.stress_file import (
    StressTerms,
    borrower_key,
    job_rules,
    read_loans,
    salaried_keys,
)
from db.records.stress import StressRow
from db.vocabulary.lending import EmiRounding

_TOLD_EVERY = 500
_UNKNOWN = "unknown"


@dataclass(slots=True)
class _Sum:
    """Loans added up; the loss is unknown as soon as that of one loan is."""

    loans: int = 0
    outstanding: int = 0
    losses: list[int | None] = field(default_factory=lambda: [0, 0])
    npas: list[int] = field(default_factory=lambda: [0, 0])
    provisions: list[int] = field(default_factory=lambda: [0, 0])

    def add(self, loan: RunningLoan, found: StressedLoan) -> None:
        self.loans += 1
        self.outstanding += loan.outstanding_paise
        for side, figures in enumerate((found.before, found.after)):
            self.npas[side] += figures.npa_paise
            self.provisions[side] += figures.provision_paise
            self.losses[side] = _plus(self.losses[side], figures)


def _plus(so_far: int | None, figures: LoanFigures) -> int | None:
    if so_far is None or figures.loss_paise is None:
        return None
    return so_far + figures.loss_paise


@dataclass(slots=True)
class _Book:
    """What has been added up so far."""

    whole: _Sum = field(default_factory=_Sum)
    parts: defaultdict[tuple[SegmentBy, str], _Sum] = field(
        default_factory=lambda: defaultdict(_Sum)
    )
    borrowers: int = 0
    above: list[int] = field(default_factory=lambda: [0, 0])


@dataclass(frozen=True, slots=True)
class _Run:
    """The terms of a run with its rules."""

    terms: StressTerms
    rulebook: Rulebook
    rounding: EmiRounding
    without_income: frozenset[str]

    @property
    def on(self) -> date:
        return self.terms.as_of


def stress_job(
    job: Mapping[str, Any],
    folder: Path,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> dict[str, Any]:
    """The answer of a job as plain JSON values; `run_of` makes a `StressRun` of it.

    Raises:
        StoppedError: `cancelled` answered true.
        NoRuleInForceError: the rules of the day lack one that is needed.
    """
    terms = from_plain(StressTerms, job["terms"])
    rulebook, scenario = job_rules(job), terms.scenario
    run = _Run(
        terms,
        rulebook,
        EmiRounding(rulebook.word("emi_rounding", terms.as_of)),
        who_loses_income(salaried_keys(folder), scenario.unemployment_ppm, scenario.random_state),
    )
    book = _Book()
    for _key, rows in groupby(read_loans(folder), key=borrower_key):
        if book.borrowers % _TOLD_EVERY == 0:
            if cancelled():
                raise StoppedError(book.whole.loans, terms.loans)
            progress(book.whole.loans, terms.loans)
        _add_borrower(book, list(rows), run)
    progress(terms.loans, terms.loans)
    plain = to_plain(_answer(book, run))
    if not isinstance(plain, dict):
        raise TypeError(plain)
    return plain


def run_of(folder: Path) -> StressRun:
    """The answer that a finished job left in its folder.

    Raises:
        OSError: there is none.
        PlainFormError: it is no such answer.
    """
    found = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return from_plain(StressRun, found)


def running_loan(
    row: StressRow, terms: StressTerms, rulebook: Rulebook, rounding: EmiRounding
) -> RunningLoan:
    """A row of the book as the rules of stress see it on the day of the run."""
    on = terms.as_of
    last_due = add_months(row.first_due_date, row.tenure_months - 1)
    return RunningLoan(
        asset_class=row.asset_class,
        npa_since=row.npa_since,
        days_past_due=days_past_due(row.oldest_unpaid_due, on, rulebook),
        outstanding_paise=row.outstanding_paise,
        principal_paise=row.principal_paise,
        emi_paise=row.emi_paise,
        rate_ppm=row.rate_ppm,
        months_left=max(whole_months(on, last_due) + 1, 1),
        floating=bool(row.floating),
        rounding=terms.rounding_of(row.product_code, rounding),
        segment=row.provision_segment,
        pd_ppm=terms.probability_of(row.risk_level),
        security_paise=row.security_paise,
        gold_paise=row.gold_paise,
        security_start_paise=row.security_start_paise,
        risk_has_risen=bool(row.restructured),
    )


def _add_borrower(book: _Book, rows: list[StressRow], run: _Run) -> None:
    scenario, loans = run.terms.scenario, []
    for row in rows:
        loan = running_loan(row, run.terms, run.rulebook, run.rounding)
        found = stressed_loan(loan, scenario, run.rulebook, run.on)
        loans.append(loan)
        book.whole.add(loan, found)
        for by, key in _segments(row):
            book.parts[by, key].add(loan, found)
    first = rows[0]
    borrower = Borrower(
        first.income_paise, first.dues_paise, borrower_key(first) in run.without_income
    )
    book.borrowers += 1
    for side, foir in enumerate(borrower_foirs(borrower, loans, scenario)):
        book.above[side] += foir_breaches((foir,), run.rulebook, run.on)


def _segments(row: StressRow) -> Iterator[tuple[SegmentBy, str]]:
    yield SegmentBy.PRODUCT, row.product_code
    work, state = row.employment_type, row.state
    yield SegmentBy.EMPLOYMENT, _UNKNOWN if work is None else work.value
    yield SegmentBy.STATE, _UNKNOWN if state is None else state.value


def _answer(book: _Book, run: _Run) -> StressRun:
    whole, terms = book.whole, run.terms
    before, after = (
        StressTotals(
            expected_loss_paise=whole.losses[side],
            npa_paise=npa,
            npa_share=percent(npa, whole.outstanding),
            provision_paise=whole.provisions[side],
            above_guide=book.above[side],
            above_guide_share=percent(book.above[side], book.borrowers),
        )
        for side, npa in enumerate(whole.npas)
    )
    return StressRun(
        name=terms.name,
        as_of=terms.as_of,
        scenario=terms.scenario,
        loans=whole.loans,
        borrowers=book.borrowers,
        outstanding_paise=whole.outstanding,
        before=before,
        after=after,
        segments=worst_first(_segment(*key, found) for key, found in book.parts.items()),
        method=terms.method,
        standing=standing(run.rulebook, run.on),
        foir_guide=Decimal(run.rulebook.ppm("flag_foir_above", run.on)) / PPM_PER_PERCENT,
    )


def _segment(by: SegmentBy, key: str, found: _Sum) -> StressSegment:
    return StressSegment(
        by=by,
        key=key,
        loans=found.loans,
        outstanding_paise=found.outstanding,
        loss_before_paise=found.losses[0],
        loss_after_paise=found.losses[1],
        npa_before_paise=found.npas[0],
        npa_after_paise=found.npas[1],
    )
