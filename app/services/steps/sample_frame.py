"""What every part of a sample book is made with: branch, day, rules, random generator, ids."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from app.resource_files import resource
from app.rules.rulebook import Rulebook
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.sandbox_staff import CHECKER, MAKER, staff_user_id
from db.identifiers import uuid7

OPENS_AT_UTC, OPEN_MINUTES = 4 * 60, 7 * 60  # half past nine to half past four in India


@dataclass(frozen=True, slots=True)
class SampleFrame:
    """The fixed things of one sample book; the generator state decides every draw."""

    branch_id: int
    as_of: date
    rulebook: Rulebook
    rng: random.Random
    work: Mapping[str, Any]
    maker_id: UUID = field(default_factory=lambda: staff_user_id(MAKER))
    checker_id: UUID = field(default_factory=lambda: staff_user_id(CHECKER))

    def new_id(self, day: date) -> UUID:
        """An id made on that day; the same state gives the same ids."""
        return uuid7(self.instant(day), self.rng.getrandbits)

    def row_maker(self) -> RowMaker:
        """What the rows of the book's own day carry."""
        return RowMaker(lambda: self.new_id(self.as_of), self.maker_id, self.instant(self.as_of))

    def instant(self, day: date) -> datetime:
        """Some minute of that day's opening hours, in UTC."""
        minutes = OPENS_AT_UTC + self.rng.randrange(OPEN_MINUTES)
        return datetime.combine(day, time(minutes // 60, minutes % 60), UTC)


def sample_random(preset: str, random_state: int) -> random.Random:
    """The generator of everything that is not economics."""
    return random.Random(f"kasauti {preset} {random_state}")  # noqa: S311  # invented people


def sample_file(name: str) -> dict[str, Any]:
    """One loaded file of `resources/sample`."""
    content: dict[str, Any] = json.loads(resource(f"sample/{name}").read_text(encoding="utf-8"))
    return content
