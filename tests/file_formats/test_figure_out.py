import pytest

from app.file_formats.figure_out import FigureNotWrittenError, Waterfall, write_waterfall

PICTURE = Waterfall("A-1: how the score was built", 575, (("Security", -15), ("Work", 30)), 590)


def test_the_picture_is_the_same_twice(tmp_path):
    for name in ("one.svg", "two.svg"):
        write_waterfall(PICTURE, tmp_path / name)
    text = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "<svg" in text
    assert (tmp_path / "two.svg").stat().st_size == (tmp_path / "one.svg").stat().st_size


@pytest.mark.parametrize("name", ["a.doc", "no folder/a.svg"])
def test_what_cannot_be_written_is_said(tmp_path, name):
    with pytest.raises(FigureNotWrittenError) as fault:
        write_waterfall(PICTURE, tmp_path / name)
    assert str(tmp_path) not in fault.value.sentence
