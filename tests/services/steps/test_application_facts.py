from app.services.steps.application_facts import GuarantorEntry
from db.vocabulary.people import Relationship


def test_a_guarantors_pan_stays_out_of_repr():
    entry = GuarantorEntry("Meena Rao", Relationship.FRIEND, pan_number="AAAPR4321D")
    assert "4321" not in repr(entry)
