"""A floating rate that moves: the instalment rises, the term grows, or both.

Source: lending-rules.md 7.4; RBI/2023-24/55 of 18 Aug 2023 and its questions of Jan 2025. Vectors
V058 to V061. A longer term is blocked where the instalment no longer covers the first month's
interest, and where it passes what product and age allow.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.rules.amortisation import Schedule, month_interest, run_down
from app.rules.day_count import add_months
from app.rules.emi import TENURE_BOUND_MONTHS, check_terms
from app.rules.measure_inputs import check_whole
from app.rules.money import rupees
from app.rules.rulebook import Rulebook
from app.rules.running_loan import RunningLoan, check_running, schedule_left, schedule_renewed
from db.vocabulary.lending import Benchmark

_OWN_BENCHMARKS = frozenset({Benchmark.MCLR_1Y})  # the bank's own; the others are external


@dataclass(frozen=True, slots=True)
class ResetTerms:
    """What changes, and how far.

    Attributes:
        longest_months: the most instalments that product and age leave; None is no limit.
        wanted_months: the term the borrower would take together with a higher instalment.
    """

    new_rate_ppm: int
    longest_months: int | None = None
    wanted_months: int | None = None


@dataclass(frozen=True, slots=True)
class ResetOption:
    """One way to go on at the new rate.

    Attributes:
        schedule: the instalments left; None where they would never end.
        blocked: why it cannot be chosen; None where it can.
    """

    schedule: Schedule | None
    blocked: str | None = None

    @property
    def emi_paise(self) -> int | None:
        """The instalment."""
        return None if self.schedule is None else self.schedule.emi_paise

    @property
    def instalments(self) -> int | None:
        """How many are left."""
        return None if self.schedule is None else len(self.schedule.rows)

    @property
    def interest_left_paise(self) -> int | None:
        """Interest still to be paid."""
        return None if self.schedule is None else self.schedule.total_interest_paise


@dataclass(frozen=True, slots=True)
class RateReset:
    """The ways to go on after a reset, money in paise.

    Attributes:
        new_emi_paise: the instalment that keeps the term.
        negative_amortisation: the old instalment does not cover the first month's interest.
        keep_tenor: the instalment moves.
        keep_emi: the term moves.
        both: a term between the two with its instalment; None where no term was asked for.
    """

    old_emi_paise: int
    new_emi_paise: int
    first_month_interest_paise: int
    negative_amortisation: bool
    keep_tenor: ResetOption
    keep_emi: ResetOption
    both: ResetOption | None

    @property
    def emi_change_paise(self) -> int:
        """By how much the instalment moves if the term is kept."""
        return self.new_emi_paise - self.old_emi_paise


def rate_reset(loan: RunningLoan, terms: ResetTerms, rulebook: Rulebook, on: date) -> RateReset:
    """Both ways, and the mixed one that was asked for; ``on`` is the day of sanction.

    ``loan`` stands at its old rate and instalment.

    Raises:
        LoanTermsError, MeasureInputError: the loan, the new rate or a term is at fault.
        NoRuleInForceError: no rounding rule on that day.
    """
    check_running(loan)
    check_terms(loan.balance_paise, terms.new_rate_ppm, loan.instalments_left)
    if terms.longest_months is not None:
        check_whole("longest_months", terms.longest_months)
    moved = replace(loan, rate_ppm=terms.new_rate_ppm)
    rises = terms.new_rate_ppm >= loan.rate_ppm
    same_term = _same_term(moved, rulebook, on, rises=rises)
    interest = month_interest(loan.balance_paise, terms.new_rate_ppm)
    both = None
    if terms.wanted_months is not None:
        check_terms(loan.balance_paise, terms.new_rate_ppm, terms.wanted_months)
        # A longer term may lower the instalment again, so the old one is no floor here.
        longer = replace(moved, instalments_left=terms.wanted_months)
        both = _option(schedule_renewed(longer, rulebook, on), terms.longest_months)
    return RateReset(
        old_emi_paise=loan.emi_paise,
        new_emi_paise=same_term.emi_paise,
        first_month_interest_paise=interest,
        negative_amortisation=interest >= loan.emi_paise,
        keep_tenor=_option(same_term, terms.longest_months),
        keep_emi=_same_emi(moved, interest, terms.longest_months),
        both=both,
    )


def latest_next_reset(
    last_reset_on: date, reset_months: int, benchmark: Benchmark, rulebook: Rulebook
) -> date:
    """The day by which a floating rate must be reset again.

    The product's own interval counts, cut to the longest that the rule row in force on the last
    reset allows for an external benchmark.

    Raises:
        MeasureInputError: an interval of 0 or less.
    """
    check_whole("reset_months", reset_months)
    row = rulebook.optional_row("reset_max_months", last_reset_on)
    if row is not None and benchmark not in _OWN_BENCHMARKS and not row.holds(reset_months):
        reset_months = rulebook.months("reset_max_months", last_reset_on)
    return add_months(last_reset_on, reset_months)


def _same_term(moved: RunningLoan, rulebook: Rulebook, on: date, *, rises: bool) -> Schedule:
    """The new instalment over the instalments left."""
    found = schedule_renewed(moved, rulebook, on)
    if not rises or found.emi_paise >= moved.emi_paise:
        return found
    # Rounding alone made it lower: a rate that rises never lowers an instalment.
    return schedule_left(moved)


def _same_emi(moved: RunningLoan, interest_paise: int, longest: int | None) -> ResetOption:
    """The old instalment until the loan is paid off."""
    if interest_paise >= moved.emi_paise:
        return ResetOption(
            None,
            f"Interest of the first month, {rupees(interest_paise)}, is not below the instalment "
            f"of {rupees(moved.emi_paise)}: raise the instalment",
        )
    found = run_down(moved.balance_paise, moved.rate_ppm, moved.emi_paise, TENURE_BOUND_MONTHS)
    if len(found.rows) == TENURE_BOUND_MONTHS:
        return ResetOption(
            None, f"The instalment of {rupees(moved.emi_paise)} would take a century: raise it"
        )
    return _option(found, longest)


def _option(schedule: Schedule, longest: int | None) -> ResetOption:
    count = len(schedule.rows)
    if longest is None or count <= longest:
        return ResetOption(schedule)
    return ResetOption(
        schedule,
        f"{count} instalments are more than the {longest} that product and age allow: "
        "raise the instalment",
    )
