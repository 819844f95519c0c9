"""Up to which day a branch is closed, and what waits."""

from datetime import date

import pytest

from app.services.read_closing import read_closing
from app.services.steps.refusal import Refused
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand


def test_a_branch_says_where_it_stands(desk, someone) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    assert read_closing(checker).last_closed is None
    close_by_hand(desk, date(2026, 3, 31))
    state = read_closing(checker)
    assert (state.last_closed, state.today) == (date(2026, 3, 31), desk.clock.today())
    assert state.waiting == ()
    with pytest.raises(Refused, match="role"):
        read_closing(desk)
