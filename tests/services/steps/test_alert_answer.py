import pytest

from app.services.steps.alert_answer import checked_note
from app.services.steps.refusal import Refused


def test_a_note_is_tidied_or_refused_with_all_faults() -> None:
    assert checked_note("  seen today ", {}) == "seen today"
    assert checked_note("", {}) == ""
    with pytest.raises(Refused) as refusal:
        checked_note("x " * 5_000, {"snooze_until": "Choose a day"})
    assert set(refusal.value.fields) == {"snooze_until", "alert_note"}
