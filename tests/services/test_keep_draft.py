import pytest

from app.services.keep_draft import KeepDraft, discard_draft, keep_draft, my_drafts, open_draft
from app.services.steps.refusal import Refused
from db.records.refusals import NotFound
from db.vocabulary.people import Role


def draft_of(content, draft_id=None):
    return KeepDraft("customer_form", None, 0, "Asha", content, draft_id)


def test_typing_is_kept_replaced_and_thrown_away(desk):
    kept = keep_draft(draft_of({"full_name": "As"}), desk)
    again = keep_draft(draft_of({"full_name": "Asha"}, kept.draft_id), desk)
    assert again.draft_id == kept.draft_id
    assert open_draft(kept.draft_id, desk) == {"full_name": "Asha"}
    assert [each.title for each in my_drafts(desk)] == ["Asha"]
    discard_draft(kept.draft_id, desk)
    discard_draft(kept.draft_id, desk)
    assert my_drafts(desk) == ()
    with pytest.raises(NotFound):
        open_draft(kept.draft_id, desk)
    assert keep_draft(draft_of({"a": 1}, kept.draft_id), desk).draft_id == kept.draft_id


def test_another_person_can_neither_read_nor_change_it(desk, someone):
    kept = keep_draft(draft_of({"full_name": "As"}), desk)
    other = someone("other", Role.OFFICER)
    for attempt in (
        lambda: open_draft(kept.draft_id, other),
        lambda: discard_draft(kept.draft_id, other),
        lambda: keep_draft(draft_of({}, kept.draft_id), other),
    ):
        with pytest.raises(Refused, match="another person"):
            attempt()
    assert my_drafts(other) == ()


def test_a_draft_has_a_largest_size(desk):
    with pytest.raises(Refused, match="too long"):
        keep_draft(draft_of({"remarks": "x" * 600_000}), desk)


def test_a_draft_is_kept_while_a_long_read_runs(desk):
    with desk.read_book() as reader:
        assert reader.drafts.of_user(desk.person().branch_id, desk.person().user_id) == ()
        kept = keep_draft(draft_of({"full_name": "Asha"}), desk)
        assert open_draft(kept.draft_id, desk) == {"full_name": "Asha"}
        assert reader.users.any()  # the read goes on


def test_a_list_is_read_while_somebody_writes(desk):
    with desk.open_book() as writer:
        writer.drafts.of_user(desk.person().branch_id, desk.person().user_id)
        assert my_drafts(desk) == ()
