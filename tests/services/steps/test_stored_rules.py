"""The rule book of the open book, and what its rows may hold."""

from app.services.steps.stored_rules import rule_shape, stored_rulebook


def test_the_stored_book_is_the_shipped_one(desk, rulebook):
    with desk.open_book() as book:
        stored = stored_rulebook(book)
    assert len(stored.rows) == len(rulebook.rows)
    assert {row.row_id for row in stored.rows} == {row.row_id for row in rulebook.rows}


def test_words_and_segments_come_from_the_header(rulebook):
    assert "NET" in rule_shape("income_base", rulebook).words
    assert "OFFICER" in rule_shape("sanction_limit", rulebook).segments
    assert rule_shape("foir_band_high_above", rulebook).words == ()
