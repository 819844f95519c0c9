"""Applications and loans of one customer, each for its tab, on both engines."""

import pytest

from app.services.read_customer_records import customer_applications, customer_loans
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.people import Role


def test_own_applications_and_loans(desk, registered, submitted):
    (row,) = customer_applications(registered.customer_id, desk)
    assert row.reference == submitted.reference
    assert customer_loans(registered.customer_id, desk) == ()
    for read in (customer_applications, customer_loans):
        with pytest.raises(NotFound):
            read(new_id(desk), desk)


@pytest.mark.parametrize(
    ("read", "refused_for"),
    [
        (customer_applications, {Role.COLLECTIONS, Role.ADMIN}),
        (customer_loans, {Role.ADMIN}),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_who_may_read(registered, someone, role, read, refused_for):
    desk = someone("somebody", role)
    if role not in refused_for:
        assert read(registered.customer_id, desk) == ()
        return
    with pytest.raises(Refused) as refused:
        read(registered.customer_id, desk)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
