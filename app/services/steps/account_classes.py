"""How a loan was classed: its dated entries, and the class that stood at the end of a day.

Source: screens.md S61 (Class), lending-rules.md 9.1. Entries are only added; where two are of one
business date the one recorded later stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.records.loans import NpaEntry
from db.vocabulary.loan_life import AssetClass


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A loan moved from one class to another."""

    on: date
    recorded_at: datetime
    before: AssetClass
    after: AssetClass
    oldest_unpaid_due: date | None
    provision_paise: int
    cause: str


@dataclass(frozen=True, slots=True)
class ClassThen:
    """The class at the end of a day.

    Attributes:
        since: its first day; None for a loan that has never moved.
        provision_paise: what the newest entry booked, in paise; None without an entry.
        entered_on: business date of that entry.
    """

    asset_class: AssetClass
    since: date | None
    npa_since: date | None
    provision_paise: int | None
    entered_on: date | None


def class_lines(entries: Sequence[NpaEntry], on: date) -> tuple[ClassLine, ...]:
    """The moves up to a day, newest first; day-ends on which nothing moved are left out."""
    found, before = [], AssetClass.STANDARD
    for each in _until(entries, on):
        if each.asset_class is not before:
            found.append(
                ClassLine(
                    on=each.business_date,
                    recorded_at=each.recorded_at,
                    before=before,
                    after=each.asset_class,
                    oldest_unpaid_due=each.oldest_unpaid_due,
                    provision_paise=each.provision_paise,
                    cause=each.cause,
                )
            )
            before = each.asset_class
    return tuple(reversed(found))


def class_on(entries: Sequence[NpaEntry], on: date) -> ClassThen:
    """The class that the entries up to a day leave; Standard without any."""
    then, since = ClassThen(AssetClass.STANDARD, None, None, None, None), None
    for each in _until(entries, on):
        if each.asset_class is not then.asset_class:
            since = each.business_date
        then = ClassThen(
            each.asset_class, since, each.npa_since, each.provision_paise, each.business_date
        )
    return then


def _until(entries: Sequence[NpaEntry], on: date) -> list[NpaEntry]:
    kept = (each for each in entries if each.business_date <= on)
    return sorted(kept, key=lambda each: (each.business_date, each.recorded_at))
