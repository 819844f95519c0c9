"""The metadata, the column types and the constraints every table is built from.

One schema for SQLite and PostgreSQL (data-and-sync.md 1): money BIGINT paise, rates INTEGER parts
per million, words TEXT with a CHECK from the vocabulary, instants UTC, every constraint named.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID, SafeUUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_UUID_BYTES = 16
_NEW, _SET, _UNKNOWN = object.__new__, object.__setattr__, SafeUUID.unknown
ReadT = TypeVar("ReadT")
Reader = Callable[[Any], ReadT | None] | None
"""Makes a Python value of what the driver read; None where the driver's own value will do."""


def _read_uuid(raw: bytes | None) -> UUID | None:
    """Make a UUID without the checks of its constructor, which cost lists half their time."""
    if raw is None:
        return None
    made = _NEW(UUID)
    _SET(made, "int", int.from_bytes(raw))
    _SET(made, "is_safe", _UNKNOWN)
    return made


class Key(TypeDecorator[UUID]):
    """A UUID: native in PostgreSQL, 16 bytes in SQLite; both sort UUIDv7 by time."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the engine."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(_UUID_BYTES))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> object:
        """Hand SQLite the bytes."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: object, dialect: Dialect) -> UUID | None:  # noqa: ARG002  # signature of the base class
        """Make the UUID again."""
        return UUID(bytes=value) if isinstance(value, bytes) else cast("UUID | None", value)

    def result_processor(self, dialect: Dialect, coltype: object) -> "Reader[UUID]":
        """The same without detours, since lists read it for every row; PostgreSQL's needs none."""
        if dialect.name == "postgresql":
            return self.impl_instance.result_processor(dialect, coltype)
        return _read_uuid


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both engines; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the engine."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring the instant to UTC; SQLite stores it without the offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its time zone"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # signature of the base class
        """Make the instant aware again."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> "Reader[datetime]":
        """The same without detours; SQLite's text is read here, so it is read once."""
        if dialect.name == "postgresql":
            return super().result_processor(dialect, coltype)
        return lambda value: None if value is None else datetime.fromisoformat(f"{value}+00:00")


# Compared byte by byte on both engines, so that pages by key and prefixes agree.
PLAIN_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


class Words(TypeDecorator[StrEnum]):
    """A word of one list of the vocabulary, read back as its StrEnum."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store the plain text."""
        if dialect.name == "postgresql":
            return postgresql.TEXT(collation="C")
        return Text()

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # signature of the base class
        """Hand over the stored code."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002  # signature of the base class
        """Make the word again."""
        return None if value is None else self.words(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> "Reader[StrEnum]":  # noqa: ARG002  # signature of the base class
        """The same by a table: a CHECK lets no other word in."""
        known: dict[object, StrEnum | None] = {str(one): one for one in self.words}
        return (known | {None: None}).__getitem__


def key(name: str, *, primary: bool = False, optional: bool = False) -> Column[UUID]:
    """A UUID column."""
    return Column(name, Key(), primary_key=primary, nullable=optional)


def branch() -> Column[int]:
    """The branch, first in every key of a branch table."""
    return Column("branch_id", Integer, primary_key=True, nullable=False, autoincrement=False)


def word(name: str, words: type[StrEnum], *, optional: bool = False) -> Column[StrEnum]:
    """A column of one word list; `word_check` guards it."""
    return Column(name, Words(words), nullable=optional)


def word_check(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Allow the stored codes of the list only (NULL passes a CHECK)."""
    codes = ", ".join("'" + str(one).replace("'", "''") + "'" for one in words)
    return CheckConstraint(f"{column} IN ({codes})", name=f"{column}_word")


def at_least(column: str, least: int) -> CheckConstraint:
    """Refuse figures below `least`."""
    return CheckConstraint(f"{column} >= {least}", name=f"{column}_at_least_{least}")


def parent(child_column: str, table: str, parent_column: str | None = None) -> ForeignKeyConstraint:
    """A foreign key inside one branch."""
    return ForeignKeyConstraint(
        ["branch_id", child_column],
        [f"{table}.branch_id", f"{table}.{parent_column or child_column}"],
    )


def truth(name: str) -> Column[bool]:
    """A column that is true or false, never unknown."""
    return Column(name, Boolean, nullable=False)


def paise(name: str, *, optional: bool = False) -> Column[int]:
    """Money in whole paise."""
    return Column(name, BigInteger, nullable=optional)


def number(name: str, *, optional: bool = False) -> Column[int]:
    """A count, months, or a rate in parts per million."""
    return Column(name, Integer, nullable=optional)


def started(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any], first: str) -> Column[Any]:
    """A column that a later revision added: older rows start with `first`."""
    return Column(name, kind, nullable=False, server_default=first)


def text(name: str, *, optional: bool = False) -> Column[str]:
    """A text; empty means "none given" unless the column is optional."""
    return Column(name, PLAIN_TEXT, nullable=optional)


def day(name: str, *, optional: bool = False) -> Column[date]:
    """A business date."""
    return Column(name, Date, nullable=optional)


def instant(name: str, *, optional: bool = False) -> Column[datetime]:
    """A moment in UTC."""
    return Column(name, Instant(), nullable=optional)


def sealed(name: str) -> Column[bytes]:
    """A sealed value or a blind index: bytes, NULL when there is none."""
    return Column(name, LargeBinary, nullable=True)
