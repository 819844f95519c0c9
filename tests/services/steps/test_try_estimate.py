from dataclasses import replace

from app.rules.case_facts import CaseFacts
from app.services.read_application import read_application
from app.services.steps.estimate_payload import case_from_payload
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.try_estimate import try_estimate


def test_an_estimate_or_the_sentence_never_both(desk, submitted):
    stored = read_application(submitted.application_id, desk).assessment
    estimate, sentence = try_estimate(case_from_payload(stored.payload), desk)
    assert (estimate, sentence) == (submitted.estimate, None)
    estimate, sentence = try_estimate(CaseFacts(as_of=desk.clock.today()), desk)
    assert estimate is None
    assert "monthly income" in sentence

    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file was changed")

    case = case_from_payload(stored.payload)
    assert try_estimate(case, replace(desk, model=no_model)) == (None, "The model file was changed")
