"""How each engine says what a benchmark's filling statements mean: numbers, ids and dates."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """How an engine says what both mean."""

    server: bool

    def series(self, last: str, name: str) -> str:
        """Numbers from 0 on as the column `n` of a table."""
        if self.server:
            return f"generate_series(0, {last}) AS {name}(n)"
        more = f"VALUES (0) UNION ALL SELECT n + 1 FROM s WHERE n < {last}"  # noqa: S608  # our own words
        return f"(WITH RECURSIVE s(n) AS ({more}) SELECT n FROM s) AS {name}"  # noqa: S608  # our own words

    def key(self, kind: int, number: str) -> str:
        """The id of a record."""
        if self.server:
            text = f"'0{kind}000000-0000-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0')"
            return f"({text})::uuid"
        return f"key_of({kind}, {number})"

    def months(self, day: str, number: str) -> str:
        """A day some months later."""
        if self.server:
            return f"({day} + make_interval(months => ({number})::int))::date"
        return f"date({day}, ({number}) || ' months')"

    def days(self, day: str, number: str) -> str:
        """A day some days later."""
        return (
            f"({day} + ({number})::int)" if self.server else f"date({day}, ({number}) || ' days')"
        )

    def day(self, day: date) -> str:
        """A day as a value."""
        return f"DATE '{day.isoformat()}'" if self.server else f"'{day.isoformat()}'"

    def moment(self, day: str) -> str:
        """The morning of a day."""
        return day if self.server else f"{day} || ' 06:00:00.000000'"

    @property
    def no(self) -> str:
        """What is not so."""
        return "false" if self.server else "0"

    @property
    def now(self) -> str:
        """Some moment."""
        return "now()" if self.server else "'2026-09-30 12:00:00.000000'"


def pick(words: Sequence[str], number: str) -> str:
    """One of the words, by the remainder of a number."""
    steps = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {steps} END"


def insert(table: str, values: Mapping[str, object], source: str) -> str:
    """Rows of a table from expressions over a source."""
    names, each = ", ".join(values), ", ".join(str(one) for one in values.values())
    return f"INSERT INTO {table} ({names}) SELECT {each} FROM {source}"  # noqa: S608  # our own words


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
