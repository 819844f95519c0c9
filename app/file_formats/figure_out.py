"""Pictures of figures as files: the waterfall of one score.

Source: explanations.md X5 and X6 (text, bars, waterfall of the same stored numbers). matplotlib is
loaded when a picture is asked for, never at start-up, and without pyplot.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from app.file_formats.heavy_import import heavy_import
from app.resource_files import resource

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Told apart by colour-blind eyes and in grey print, as the window draws them.
UP, DOWN, ENDS, MUTED = "teal", "chocolate", "slategray", "dimgray"
# Inches: a row, the scale below the rows, the bars; a title above and labels beside in a file.
ROW, FOOT, BARS, HEAD, LABELS = 0.3, 0.3, 4.4, 0.45, 2.45
ROOM = 25  # score points of air on both sides
THICK, GAP = 0.66, 0.06  # of a row; inches between a bar and its figure
STEPS, MOST_MARKS = (10, 20, 50, 100, 200, 500), 9
# The day of drawing stays out, so that the same figure is the same file.
_NO_DATE = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}
FONT = "Noto Sans"


class FigureNotWrittenError(OSError):
    """The picture could not be written.

    Attributes:
        sentence: for the person who asked.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Start, steps and score in whole points: start plus the steps is the score.

    Attributes:
        ends: the labels of start and score.
    """

    title: str
    start: int
    steps: tuple[tuple[str, int], ...]
    score: int
    ends: tuple[str, str] = ("Starting point", "Internal score")

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands beside the rows, from the top."""
        first, last = self.ends
        return (first, *(label for label, _ in self.steps), last)


def write_waterfall(waterfall: Waterfall, path: Path) -> None:
    """Draw a waterfall into an SVG, PNG or PDF file, as its name ends.

    Raises:
        FigureNotWrittenError: the folder is not there, or the ending is another one.
    """
    ending = path.suffix.lower()
    if ending not in _NO_DATE:
        raise FigureNotWrittenError("Name a file that ends in .svg, .png or .pdf")
    try:
        with _style():
            _with_words(waterfall).savefig(path, metadata=_NO_DATE[ending])
    except OSError as fault:
        sentence = "The picture cannot be written there: check the folder"
        raise FigureNotWrittenError(sentence) from fault


def waterfall_svg(waterfall: Waterfall) -> str:
    """Bars and figures alone as SVG, `BARS` wide: a letter sets the labels beside its rows.

    Hindi has to be shaped, which only the typesetter does. The same waterfall gives the same SVG.
    """
    text = StringIO()
    with _style():
        _bars(waterfall, (0.0, 0.0)).savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


@contextmanager
def _style() -> Iterator[None]:
    _load()
    import matplotlib as mpl  # heavy, only when a picture is asked for

    with mpl.rc_context({"svg.hashsalt": "kasauti", "font.family": [FONT]}):
        yield


@cache
def _load() -> None:
    with heavy_import():
        from matplotlib import font_manager  # heavy, only when a picture is asked for
        from matplotlib.backends import backend_svg  # noqa: F401  # else loaded by the first figure

    for file in sorted(resource("fonts").glob("NotoSans-*.ttf")):
        font_manager.fontManager.addfont(file)


def _with_words(waterfall: Waterfall) -> "Figure":
    figure = _bars(waterfall, (LABELS, HEAD))
    height = figure.get_figheight()
    for at, label in enumerate(waterfall.labels):
        figure.text(0.01, 1 - (HEAD + ROW * (at + 0.5)) / height, label, va="center", size=9)
    figure.text(0.01, 1 - HEAD / 2 / height, waterfall.title, va="center", size=10, weight=600)
    return figure


def _bars(waterfall: Waterfall, room: tuple[float, float]) -> "Figure":
    """Bars, figures and a scale, with room at the left and above.

    Set by hand: a set of axes makes 30,000 objects that stop the window when they are collected.
    """
    from matplotlib.figure import Figure  # heavy, only when a picture is asked for
    from matplotlib.patches import Rectangle

    left, above = room
    count = len(waterfall.labels)
    width, height = left + BARS, above + ROW * count + FOOT
    figure = Figure(figsize=(width, height))
    levels = list(accumulate((points for _, points in waterfall.steps), initial=waterfall.start))
    low, high = min(levels) - ROOM, max(levels) + 2 * ROOM

    def across(points: float) -> float:
        return (left + BARS * (points - low) / (high - low)) / width

    def down(rows: float) -> float:
        return 1 - (above + ROW * rows) / height

    for at, start, end, figures, colour in _rows(waterfall, levels, low):
        first, last = sorted((across(start), across(end)))
        size = last - first, down(at) - down(at + THICK)
        corner = first, down(at + (1 + THICK) / 2)
        figure.add_artist(Rectangle(corner, *size, color=colour, linewidth=0))
        figure.text(last + GAP / width, down(at + 0.5), figures, va="center", size=9)
    figure.add_artist(
        Rectangle(
            (left / width, down(count)), BARS / width, 0.01 / height, color=MUTED, linewidth=0
        )
    )
    step = next(each for each in STEPS if (high - low) / each <= MOST_MARKS)
    for mark in range(-(-low // step) * step, high, step):
        if low + ROOM / 2 < mark < high - ROOM / 2:  # else the edge would cut it
            foot = down(count + FOOT / ROW / 2)
            figure.text(
                across(mark), foot, str(mark), ha="center", va="center", size=8, color=MUTED
            )
    return figure


def _rows(
    waterfall: Waterfall, levels: list[int], low: int
) -> Iterator[tuple[int, int, int, str, str]]:
    """Row, where its bar starts and ends, what stands beside it, and its colour."""
    yield 0, low, waterfall.start, str(waterfall.start), ENDS
    for at, (_, points) in enumerate(waterfall.steps, start=1):
        yield at, levels[at - 1], levels[at], f"{points:+d}", UP if points > 0 else DOWN
    yield len(levels), low, waterfall.score, str(waterfall.score), ENDS
