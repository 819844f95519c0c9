"""The condition for one or many records."""

from uuid import UUID

from db.repositories.session import among
from db.tables.customers import customers

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_one_record_is_asked_for_without_a_list() -> None:
    assert " IN " not in str(among(customers.c.customer_id, [ONE]))


def test_many_and_none_are_a_list() -> None:
    for values in ([ONE, OTHER], []):
        assert " IN " in str(among(customers.c.customer_id, values))
