"""The penal charge of a loan for one period: what was overdue at every day-end, charged once.

Source: lending-rules.md section 5; RBI/2023-24/53 of 18 Aug 2023. An instalment that is paid so
many days after its due date was overdue at as many day-ends: the sum of what was overdue at each is
the base, so that a part payment counts from its day on and a charge is rounded once. V037 to V039
are such periods. A charge has no way back into the base: only instalments are looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.rules.day_count import daily_interest
from app.rules.measure_inputs import MeasureInputError, check_whole
from app.rules.money import share_of
from app.rules.penal_charges import PenalCharge, check_penal_rules, penal_interest_allowed
from app.rules.products import Penal
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import PenalMethod


class PenalDue(NamedTuple):
    """What is left and what has been paid of one instalment at the end of a period, in paise."""

    due_on: date
    left_paise: int
    paid_paise: int


class PenalPaid(NamedTuple):
    """What was paid of instalments on one day, in paise."""

    on: date
    paise: int


class PenalSpan(NamedTuple):
    """The first and the last day-end of a period."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Missed:
    """What was overdue in a period.

    Attributes:
        paise_days: overdue paise of every day-end, added up.
        instalments: that became chargeable in it.
        oldest: due date of the oldest of all that counted.
    """

    paise_days: int = 0
    instalments: int = 0
    oldest: date | None = None

    def __add__(self, other: "Missed") -> "Missed":
        """Two parts of one period."""
        oldest = [each.oldest for each in (self, other) if each.oldest is not None]
        return Missed(
            self.paise_days + other.paise_days,
            self.instalments + other.instalments,
            min(oldest, default=None),
        )


@dataclass(frozen=True, slots=True)
class PenalTerms:
    """The penal charge that a loan's contract names; `grace_days` bring nothing by themselves."""

    penal: Penal
    sanctioned_on: date
    grace_days: int


def penal_terms(
    penal: Penal, rulebook: Rulebook, sanctioned_on: date, charged_on: date
) -> PenalTerms | None:
    """The terms of a loan; None while its rate may still rise instead (loans of before 2024).

    Raises:
        PenalRuleError: a rule asks for what the law does not know.
        NoRuleInForceError: a rule is missing.
    """
    if penal_interest_allowed(rulebook, sanctioned_on, charged_on):
        return None
    check_penal_rules(rulebook, sanctioned_on, charged_on)
    return PenalTerms(penal, sanctioned_on, rulebook.days("penal_grace_days", sanctioned_on))


def longest_grace(rulebook: Rulebook) -> int:
    """The most day-ends that an instalment may miss under any row on grace."""
    days = (row.value for row in rulebook.rows if row.code == "penal_grace_days")
    return max((each for each in days if isinstance(each, int)), default=0)


def missed_in(
    dues: Sequence[PenalDue], paid: Iterable[PenalPaid], span: PenalSpan, grace_days: int
) -> Missed:
    """What was overdue in a period, oldest instalment paid first.

    An instalment counts once its days of grace are over, and then from its due date on.

    Args:
        dues: fallen due by the end of the period, in date order; those paid before it may be left
            out with their payments.
        paid: all that was paid of them, or all of it since the grace of the period's first day.
        span: the period.
        grace_days: day-ends that an instalment may miss.
    """
    before, used = _rolled_back(dues, paid)
    found = Missed()
    for due, opening, uses in zip(dues, before, used, strict=True):
        starts = due.due_on + timedelta(days=grace_days)
        if starts > span.last or opening <= sum(each.paise for each in uses if each.on <= starts):
            continue  # not begun, or paid within its grace
        first = due.due_on if starts >= span.first else span.first
        days = (span.last - first).days + 1
        product = opening * days - sum(
            each.paise * ((span.last - max(each.on, first)).days + 1) for each in uses
        )
        if product:
            begun = int(starts >= span.first)
            found += Missed(product, begun, due.due_on)
    return found


def period_charge(
    missed: Missed, terms: PenalTerms, rulebook: Rulebook, charged_on: date
) -> PenalCharge:
    """The charge for what was missed in one period; 0 where nothing was.

    Raises:
        MeasureInputError: no rate or amount for the method.
        NoRuleInForceError: a rule is missing.
    """
    charge = _amount(missed, terms, rulebook)
    return PenalCharge(charge, share_of(charge, rulebook.ppm("gst_rate", charged_on, "PENAL")))


def _amount(missed: Missed, terms: PenalTerms, rulebook: Rulebook) -> int:
    penal = terms.penal
    if penal.method is PenalMethod.FLAT:
        if penal.amount_paise is None:
            raise MeasureInputError("flat_amount", "an amount for each missed instalment")
        check_whole("flat_amount", penal.amount_paise)
        return penal.amount_paise * missed.instalments
    if penal.rate_ppm is None:
        raise MeasureInputError("rate", "per cent a year on the overdue instalment")
    return daily_interest(missed.paise_days, penal.rate_ppm, 1, rulebook, terms.sanctioned_on)


def _rolled_back(
    dues: Sequence[PenalDue], paid: Iterable[PenalPaid]
) -> tuple[list[int], list[list[PenalPaid]]]:
    """What was left of each instalment before the payments, and what each then brought it."""
    ordered = sorted(each for each in paid if each.paise > 0)
    back = sum(each.paise for each in ordered)
    left = [due.left_paise for due in dues]
    for place in reversed(range(len(dues))):
        undone = min(back, dues[place].paid_paise)
        left[place] += undone
        back -= undone
    before, used = list(left), [list[PenalPaid]() for _ in dues]
    for each in ordered:
        rest = each.paise
        for place, due in enumerate(dues):
            if not rest or due.due_on > each.on:
                break
            part = min(rest, left[place])
            if part:
                left[place] -= part
                rest -= part
                used[place].append(PenalPaid(each.on, part))
    return before, used
