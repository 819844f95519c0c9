"""A letter on disk: whole, or not there."""

import pytest

from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.refusal import Refused


def test_a_letter_is_written_whole(tmp_path):
    target = tmp_path / "letter.pdf"
    check_target(target)
    write_letter(target, b"%PDF-1.7")
    assert target.read_bytes() == b"%PDF-1.7"
    assert [file.name for file in tmp_path.iterdir()] == ["letter.pdf"]


def test_another_ending_a_folder_and_a_missing_folder_are_refused(tmp_path):
    (tmp_path / "taken.pdf").mkdir()
    for target in ("letter.txt", "taken.pdf", "nowhere/letter.pdf"):
        with pytest.raises(Refused):
            check_target(tmp_path / target)


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path):
    target = tmp_path / "taken.pdf"
    target.mkdir()
    with pytest.raises(Refused, match="cannot be written there"):
        write_letter(target, b"%PDF-1.7")
    assert [file.name for file in tmp_path.iterdir()] == ["taken.pdf"]
