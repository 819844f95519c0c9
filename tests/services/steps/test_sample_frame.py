from datetime import date

import pytest

from app.resource_files import ResourceMissingError
from app.services.steps.sample_frame import SampleFrame, sample_file, sample_random
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import EmploymentType

DAY = date(2026, 3, 1)


def frame(rulebook, state=42):
    return SampleFrame(412, DAY, rulebook, sample_random("sample", state), sample_file("work.json"))


def test_ids_and_instants_follow_the_state(rulebook):
    one, other = frame(rulebook), frame(rulebook)
    assert [one.new_id(DAY) for _ in range(5)] == [other.new_id(DAY) for _ in range(5)]
    assert frame(rulebook, 43).new_id(DAY) != frame(rulebook).new_id(DAY)


def test_instants_lie_in_opening_hours(rulebook):
    drawn = [frame(rulebook, state).instant(DAY) for state in range(50)]
    assert all(4 <= each.hour <= 11 for each in drawn)
    assert {each.date() for each in drawn} == {DAY}


def test_the_words_of_the_files_are_words_of_the_book():
    work = sample_file("work.json")
    assert {kind.value for kind in EmploymentType} <= set(work)
    assert set(work["payees"]) <= {kind.value for kind in ObligationType}


def test_a_file_that_was_not_shipped_is_named():
    with pytest.raises(ResourceMissingError):
        sample_file("nothing.json")
