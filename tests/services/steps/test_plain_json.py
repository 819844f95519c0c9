from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from app.services.steps.plain_json import PlainFormError, from_plain, to_plain
from db.vocabulary.people import Gender


@dataclass(frozen=True)
class Inner:
    word: Gender
    exact: Decimal | None = None


@dataclass(frozen=True)
class Outer:
    day: date
    at: datetime
    key: UUID
    share: float
    inner: tuple[Inner, ...] = ()
    pair: tuple[str, int] = ("", 0)


OUTER = Outer(
    date(2026, 11, 23),
    datetime(2026, 11, 23, 9, tzinfo=UTC),
    UUID(int=7),
    0.1 + 0.2,
    (Inner(Gender.FEMALE, Decimal(1) / 3), Inner(Gender.OTHER)),
    ("a", 1),
)


def test_there_and_back_is_the_same_object():
    assert from_plain(Outer, to_plain(OUTER)) == OUTER


@pytest.mark.parametrize(
    "change",
    [{"day": "soon"}, {"inner": [{"word": "Green", "exact": None}]}, {"pair": [1]}, {"key": 5}],
)
def test_another_shape_is_refused(change):
    with pytest.raises(PlainFormError):
        from_plain(Outer, {**to_plain(OUTER), **change})
    with pytest.raises(PlainFormError):
        from_plain(Outer, {})


def test_mappings_become_objects():
    assert to_plain({Gender.MALE: Decimal(1)}) == {"Male": "1"}
