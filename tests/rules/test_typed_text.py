"""A sentence says back what was typed, however long that is."""

from app.rules.dates import DateTextError
from app.rules.money_entry import MoneyNotReadError
from app.rules.typed_text import LONGEST, typed_text


def test_a_short_text_is_said_whole_and_a_long_one_is_cut() -> None:
    assert typed_text(" 3 lakhs ") == "3 lakhs"
    assert typed_text("9" * LONGEST) == "9" * LONGEST
    assert typed_text("9" * (LONGEST + 1)) == "9" * LONGEST + "…"


def test_the_sentences_of_amounts_and_dates_stay_short() -> None:
    for refusal in (MoneyNotReadError("x" * 500), DateTextError("x" * 500)):
        assert "xxx…" in str(refusal)
        assert len(str(refusal)) < 100
