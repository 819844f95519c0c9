from dataclasses import replace

import pytest

from app.services.steps.book_person import viewer_of
from app.services.steps.refusal import Refused


def test_a_viewer_is_the_person_on_the_business_day(desk):
    viewer = viewer_of(desk)
    assert (viewer.branch_id, viewer.user_id) == (412, desk.person().user_id)
    assert viewer.today == desk.clock.today()
    with pytest.raises(Refused):
        viewer_of(replace(desk, actor=None))
