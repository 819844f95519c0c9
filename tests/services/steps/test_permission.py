import pytest

from app.rules.permissions import Act
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.people import Role


def test_roles_allow_and_the_refusal_names_who_may(desk, someone):
    assert permit(desk, Act.REGISTER_CUSTOMER) == desk.person()
    with pytest.raises(Refused, match="Officer") as refused:
        permit(someone("auditor", Role.AUDITOR), Act.REGISTER_CUSTOMER)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
