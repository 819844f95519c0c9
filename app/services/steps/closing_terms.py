"""The rules of a day-end as limits on dates, each found by asking the rule itself.

Source: data-and-sync.md 4 (set-based statements), lending-rules.md 9.1 to 9.3. Every limit is the
last date for which the pure rule gives an answer, so that a statement cannot differ from it.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from app.rules.asset_classification import class_by_age, class_by_days, may_upgrade, turns_npa
from app.rules.day_count import whole_months
from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.rules.portfolio_ratios import is_defaulted
from app.rules.provisioning import realisable_value
from app.rules.rulebook import Rulebook
from db.records.day_end import ClosingTerms, Offered, ProvisionTerms
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

_FURTHEST = timedelta(days=60 * 366)  # no loan is older
_ONE_DAY = timedelta(days=1)
_DOUBTFUL = {
    AssetClass.DOUBTFUL_3: "D3",
    AssetClass.DOUBTFUL_2: "D2",
    AssetClass.DOUBTFUL_1: "D1",
}
WordT = TypeVar("WordT", bound=StrEnum)


def closing_terms(day: date, rulebook: Rulebook) -> ClosingTerms:
    """The limits of one day-end.

    Raises:
        NoRuleInForceError: a rule on classes or provisions is missing on that day.
    """

    def late(due_on: date) -> int:
        return days_past_due(due_on, day, rulebook)

    classes = _steps(day, lambda due: class_by_days(late(due), rulebook, day))
    buckets = _steps(day, lambda due: dpd_bucket(late(due)))
    return ClosingTerms(
        day=day,
        classes=tuple(each for each in classes if each[1] is not AssetClass.STANDARD),
        buckets=tuple(each for each in buckets if each[1] is not DpdBucket.NONE),
        npa_due=_last(day, lambda due: turns_npa(late(due), rulebook, day)),
        ages=tuple(_ages(day, rulebook)),
        defaulted_from=_first(day, lambda out: is_defaulted(out, day, rulebook)),
        proven_since=_last(
            day, lambda since: may_upgrade(0, rulebook, day, whole_months(since, day))
        )
        or date.min,
        borrower_wise=rulebook.flag("npa_borrower_wise", day),
        provision=provision_terms(day, rulebook),
    )


def provision_terms(day: date, rulebook: Rulebook) -> ProvisionTerms:
    """The provisioning rates of one day.

    Raises:
        NoRuleInForceError: the day lies before the provisioning rows.
    """
    ppm = rulebook.ppm
    fresh = {kind: valued_from(kind, day, rulebook) for kind in CollateralType}
    return ProvisionTerms(
        standard={each: ppm("provision_standard", day, each) for each in ProvisionSegment},
        secured=ppm("provision_sub_standard", day, "SECURED"),
        unsecured=ppm("provision_sub_standard", day, "UNSECURED_AB_INITIO"),
        doubtful={
            each: ppm("provision_doubtful_secured_part", day, segment)
            for each, segment in _DOUBTFUL.items()
        },
        doubtful_rest=ppm("provision_doubtful_rest", day),
        loss=ppm("provision_loss", day),
        unsecured_at_most=ppm("unsecured_security_at_most", day),
        valued_from=fresh,
        agreed=tuple(_offered(rulebook)),
    )


def _offered(rulebook: Rulebook) -> Iterator[Offered]:
    for each in rulebook.products:
        last = each.effective_to or date.max
        yield Offered(each.product_code, each.effective_from, last, each.provision_segment)


def valued_from(kind: CollateralType, day: date, rulebook: Rulebook) -> date:
    """The oldest valuation of a kind of security that still counts on a day."""
    return _first(day, lambda on: bool(realisable_value(1, on, kind, rulebook, day)))


def _steps(day: date, word: Callable[[date], WordT]) -> tuple[tuple[date, WordT], ...]:
    """The latest due date of each word, the furthest back first.

    Words get worse the older the due date is; the oldest one there is has the worst.
    """
    worst, found, due_on = word(day - _FURTHEST), [], day
    found.append((due_on, word(due_on)))
    while found[-1][1] is not worst:
        due_on -= _ONE_DAY
        if word(due_on) is not found[-1][1]:
            found.append((due_on, word(due_on)))
    return tuple(reversed(found))


def _ages(day: date, rulebook: Rulebook) -> Iterator[tuple[date, AssetClass]]:
    """The latest NPA date of each doubtful class."""
    order = tuple(_DOUBTFUL)
    for place, asset_class in enumerate(order, 1):
        last = _aged_since(frozenset(order[:place]), day, rulebook)
        if last is not None:
            yield last, asset_class


def _aged_since(wanted: frozenset[AssetClass], day: date, rulebook: Rulebook) -> date | None:
    return _last(day, lambda since: class_by_age(since, day, rulebook) in wanted)


def _last(day: date, holds: Callable[[date], bool]) -> date | None:
    """The last date up to `day` of which something holds that holds of all earlier ones."""
    low, high = (day - _FURTHEST).toordinal(), day.toordinal()
    if not holds(date.fromordinal(low)):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(date.fromordinal(middle)) else (low, middle - 1)
    return date.fromordinal(low)


def _first(day: date, holds: Callable[[date], bool]) -> date:
    """The first date of which something holds that holds of all later ones up to `day`."""
    before = _last(day, lambda each: not holds(each))
    return day - _FURTHEST if before is None else before + _ONE_DAY
