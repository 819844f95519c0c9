from dataclasses import replace
from datetime import timedelta

from app.services.keep_draft import KeepDraft, discard_drafts, keep_draft, my_drafts
from app.services.steps.draft_age import old_drafts


def test_a_draft_is_old_from_the_day_of_the_rule_on(desk):
    keep_draft(KeepDraft("customer_form", None, 0, "Asha", {"full_name": "As"}), desk)
    [draft] = my_drafts(desk)
    days = desk.rulebook().days("draft_ask_delete_days", desk.clock.today())
    for age, expected in ((0, False), (days - 1, False), (days, True), (days + 5, True)):
        aged = replace(draft, updated_at=desk.clock.now() - timedelta(days=age))
        assert (old_drafts([aged], desk) == (aged,)) is expected
    assert old_drafts([], desk) == ()


def test_several_are_thrown_away_at_once(desk):
    for name in ("As", "Ra"):
        keep_draft(KeepDraft("customer_form", None, 0, name, {"full_name": name}), desk)
    assert discard_drafts([draft.draft_id for draft in my_drafts(desk)], desk) == 2
    assert my_drafts(desk) == ()
