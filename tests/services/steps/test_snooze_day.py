from datetime import date, timedelta

import pytest

from app.services.steps.snooze_day import snooze_day_fault

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("beyond_today", "beyond_rule", "fits"),
    [
        (-1, None, False),
        (0, None, False),
        (1, None, True),
        (None, 0, True),
        (None, 1, False),
    ],
)
def test_a_day_lies_ahead_and_within_the_rule(rulebook, beyond_today, beyond_rule, fits) -> None:
    most = rulebook.days("snooze_max_days", TODAY)
    days = most + beyond_rule if beyond_today is None else beyond_today
    assert (snooze_day_fault(TODAY + timedelta(days=days), rulebook, TODAY) == "") is fits


def test_the_sentence_names_the_first_and_the_last_day(rulebook) -> None:
    last = TODAY + timedelta(days=rulebook.days("snooze_max_days", TODAY))
    assert snooze_day_fault(None, rulebook, TODAY) == (
        f"Choose a day from 24 Nov 2026 to {last:%d %b %Y}"
    )
