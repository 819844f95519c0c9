"""The waterfall as a picture: the same file twice, and what cannot be written."""

import re

import pytest

from app.file_formats.figure_out import (
    FigureNotWrittenError,
    Waterfall,
    waterfall_svg,
    write_waterfall,
)

PICTURE = Waterfall("A-1: how the score was built", 575, (("Security", -15), ("Work", 30)), 590)


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_the_picture_is_the_same_twice(tmp_path, ending):
    files = [tmp_path / f"{name}{ending}" for name in ("one", "two")]
    for file in files:
        write_waterfall(PICTURE, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].stat().st_size > 1000


def test_labels_stand_in_the_order_of_the_bars():
    assert PICTURE.labels == ("Starting point", "Security", "Work", "Internal score")


def test_a_letter_gets_bars_without_words():
    drawn = waterfall_svg(PICTURE)
    assert drawn == waterfall_svg(PICTURE)
    assert "<text" not in drawn
    # matplotlib notes the text of what it draws as paths.
    noted = re.findall(r"<!-- (.*?) -->", drawn)
    for figure in ("575", "-15", "+30", "590"):
        assert figure in noted
    assert "Security" not in drawn
    other = Waterfall("A-1", 575, (("Security", -16), ("Work", 31)), 590)
    assert waterfall_svg(other) != drawn


@pytest.mark.parametrize("name", ["a.doc", "no folder/a.svg"])
def test_what_cannot_be_written_is_said(tmp_path, name):
    with pytest.raises(FigureNotWrittenError) as fault:
        write_waterfall(PICTURE, tmp_path / name)
    assert str(tmp_path) not in fault.value.sentence
