import json

from app.services.read_application import read_application
from app.services.steps.estimate_payload import (
    assessment_at,
    assessment_of,
    case_from_payload,
    case_hash,
    estimate_from_payload,
    estimate_to_payload,
)


def test_a_stored_assessment_is_made_of_its_case(desk, submitted):
    stored = read_application(submitted.application_id, desk).assessment
    case = case_from_payload(stored.payload)
    assert stored.inputs_sha256 == case_hash(case)
    assert stored.payload == estimate_to_payload(submitted.estimate, case)
    assert estimate_from_payload(stored.payload) == submitted.estimate
    again = assessment_of(submitted.estimate, case, submitted.application_id, desk)
    assert again.assessed_at == desk.clock.now()
    assert again.payload == stored.payload
    dated = assessment_at(
        submitted.estimate, case, submitted.application_id, desk, stored.assessed_at
    )
    assert dated.credit_score_hundredths == int(submitted.estimate.credit_score * 100)


def test_the_payload_names_no_person(desk, submitted):
    stored = read_application(submitted.application_id, desk).assessment
    for secret in ("Asha", "7085", "98765"):
        assert secret not in stored.payload
    assert set(json.loads(stored.payload)) == {"case", "estimate"}
