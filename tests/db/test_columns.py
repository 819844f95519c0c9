"""Column types: instants need a zone and come back in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from db.tables.columns import Instant

INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_instants(dialect) -> None:
    column = Instant()
    at = datetime(2026, 11, 23, 15, 0, tzinfo=INDIA)
    stored = column.process_bind_param(at, dialect)
    read = column.process_result_value(stored, dialect)
    assert read == at
    assert read.tzinfo is UTC
    assert column.process_bind_param(None, dialect) is None
    with pytest.raises(ValueError, match="time zone"):
        column.process_bind_param(at.replace(tzinfo=None), dialect)
