"""Early signs of trouble on a running loan; each gives its trigger and the figure of its sentence.

Source: lending-rules.md section 14; the limits are rows ews_*. Vectors V208 and V209. A sign asked
about something unknown stays silent: unknown is not bad. Counts "within 30 days" go through
`recent`, the day itself included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.rules.affordability import LoanToValue
from app.rules.dates import date_shown
from app.rules.money import (
    PPM_PER_PERCENT,
    percent_shown,
    ratio_shown,
    round_half_up,
)
from app.rules.rulebook import Rulebook
from db.vocabulary.operations import EarlyWarningTrigger as Trigger

WINDOW = timedelta(days=30)
_MONTHS_BEFORE = 3  # salary credits are held against the mean of so many months


class InstalmentState(StrEnum):
    """How an instalment stands, in the words of the vectors."""

    ON_TIME = "ON_TIME"
    LATE = "LATE"
    UNPAID_PAST_DUE = "UNPAID_PAST_DUE"
    NOT_DUE = "NOT_DUE"


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign that fires: its trigger, and what its sentence says as {value} and {limit}."""

    trigger: Trigger
    value: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class LateStreak:
    """The run of late instalments that stands now.

    Attributes:
        length: late instalments in a row, 0 after a clean one.
        raised_at: position, from 1, of the instalment that raised the warning; None while the
            run is too short. It stays where it is while the run grows: the warning fires once.
    """

    length: int
    raised_at: int | None


def late_streak(instalments: Iterable[InstalmentState], rulebook: Rulebook, on: date) -> LateStreak:
    """The standing run, of instalments in order of their due date; those not due are ignored."""
    row = rulebook.row("ews_late_streak", on)
    length, raised_at = 0, None
    for position, state in enumerate(instalments, start=1):
        if state is InstalmentState.ON_TIME:
            length, raised_at = 0, None
        elif state is not InstalmentState.NOT_DUE:
            length += 1
            if raised_at is None and row.holds(length):
                raised_at = position
    return LateStreak(length, raised_at)


def recent(days: Iterable[date], on: date) -> int:
    """How many of the days lie within 30 days up to that day."""
    return sum(on - WINDOW < day <= on for day in days)


def streak_signal(streak: LateStreak) -> Signal | None:
    """Late instalments in a row."""
    if streak.raised_at is None:
        return None
    return Signal(Trigger.LATE_STREAK, str(streak.length))


def days_jumped(days_before: int, days_now: int, rulebook: Rulebook, on: date) -> Signal | None:
    """Days past due that rose fast against 30 days before."""
    rise = days_now - days_before
    if not rulebook.row("ews_dpd_jump_days", on).holds(rise):
        return None
    return Signal(Trigger.DPD_JUMP, str(rise))


def payments_bounced(returned: Iterable[date], rulebook: Rulebook, on: date) -> Signal | None:
    """Payments that came back within 30 days."""
    return _counted(Trigger.BOUNCE, "ews_bounces", recent(returned, on), rulebook, on)


def sma1_crossed(days_before: int, days_now: int, rulebook: Rulebook, on: date) -> Signal | None:
    """Days past due that reached the class SMA-1 since the day-end before."""
    row = rulebook.row("dpd_class_from", on, "SMA-1")
    if row.holds(days_before) or not row.holds(days_now):
        return None
    return Signal(Trigger.SMA1_CROSSED, str(days_now))


def promises_broken(count: int, rulebook: Rulebook, on: date) -> Signal | None:
    """Promises to pay that were broken since all arrears were last paid."""
    return _counted(Trigger.BROKEN_PROMISES, "ews_broken_promises", count, rulebook, on)


def contact_lost(failures_in_a_row: int, rulebook: Rulebook, on: date) -> Signal | None:
    """Contact attempts within 30 days that failed one after the other."""
    return _counted(Trigger.CONTACT_LOST, "ews_contact_failures", failures_in_a_row, rulebook, on)


def _counted(
    trigger: Trigger, code: str, count: int, rulebook: Rulebook, on: date
) -> Signal | None:
    return Signal(trigger, str(count)) if rulebook.row(code, on).holds(count) else None


def value_too_low(found: LoanToValue | None, rulebook: Rulebook, on: date) -> Signal | None:
    """A loan above its cap on what the security is worth now."""
    if found is None or found.passes or not rulebook.flag("ews_ltv_breach", on):
        return None
    return Signal(Trigger.LTV_BREACH, ratio_shown(found.percent), percent_shown(found.cap_ppm))


def insurance_lapsed(ended_on: date | None, rulebook: Rulebook, on: date) -> Signal | None:
    """Insurance of the security that ended before that day."""
    row = rulebook.row("ews_insurance_lapsed_days", on)
    if ended_on is None or not row.holds((on - ended_on).days):
        return None
    return Signal(Trigger.INSURANCE_LAPSED, date_shown(ended_on))


def score_fell(
    at_origination: Decimal | None, now: Decimal | None, rulebook: Rulebook, on: date
) -> Signal | None:
    """An internal score well below the one at origination; the fall is told in whole points."""
    if at_origination is None or now is None:
        return None
    fall = at_origination - now
    if not rulebook.row("ews_score_fall", on).holds(fall):
        return None
    return Signal(Trigger.SCORE_FALL, str(round_half_up(fall)))


def salary_dropped(
    credit_paise: int | None, months_before_paise: Sequence[int], rulebook: Rulebook, on: date
) -> Signal | None:
    """A salary credit in paise well below the mean of the three months before."""
    usual = sum(months_before_paise)
    if credit_paise is None or len(months_before_paise) != _MONTHS_BEFORE or usual <= 0:
        return None
    fall = Decimal(100 * (usual - _MONTHS_BEFORE * credit_paise)) / usual
    if not rulebook.row("ews_salary_credit_drop", on).holds(fall * PPM_PER_PERCENT):
        return None
    return Signal(Trigger.SALARY_DROP, ratio_shown(fall))


def limit_used_up(
    used_paise: int | None, limit_paise: int | None, rulebook: Rulebook, on: date
) -> Signal | None:
    """A revolving limit that is nearly all in use."""
    if used_paise is None or limit_paise is None or limit_paise <= 0:
        return None
    used = Decimal(100 * used_paise) / limit_paise
    if not rulebook.row("ews_utilisation", on).holds(used * PPM_PER_PERCENT):
        return None
    return Signal(Trigger.HIGH_UTILISATION, ratio_shown(used))


def cosigner_defaulted(rulebook: Rulebook, on: date, *, in_default: bool) -> Signal | None:
    """A guarantor or co-applicant in default."""
    fires = in_default and rulebook.flag("ews_cosigner_default", on)
    return Signal(Trigger.COSIGNER_DEFAULT) if fires else None


def bureau_reports_default(rulebook: Rulebook, on: date, *, is_new: bool) -> Signal | None:
    """A default elsewhere that an earlier bureau report did not have."""
    fires = is_new and rulebook.flag("ews_new_bureau_default", on)
    return Signal(Trigger.BUREAU_DEFAULT) if fires else None
