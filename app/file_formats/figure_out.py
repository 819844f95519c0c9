"""Pictures of figures as files: the waterfall of one score.

Source: explanations.md X5 and X6 (text, bars, waterfall of the same stored numbers). matplotlib is
loaded when a picture is asked for, never at start-up, and without pyplot.
"""

from dataclasses import dataclass
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Told apart by colour-blind eyes and in grey print, as the window draws them.
UP, DOWN, ENDS = "teal", "chocolate", "slategray"
HEIGHT_A_STEP = 0.42
WIDTH = 7.0
ROOM = 25  # score points of air on both sides


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
    """Start, steps and score in whole points: start plus the steps is the score."""

    title: str
    start: int
    steps: tuple[tuple[str, int], ...]
    score: int


def write_waterfall(waterfall: Waterfall, path: Path) -> None:
    """Draw a waterfall into an SVG, PNG or PDF file, as its name ends.

    Raises:
        FigureNotWrittenError: the folder is not there, or the ending is another one.
    """
    ending = path.suffix.lower()
    if ending not in {".svg", ".png", ".pdf"}:
        raise FigureNotWrittenError("Name a file that ends in .svg, .png or .pdf")
    try:
        _drawn(waterfall).savefig(path, metadata={"Date": None} if ending == ".svg" else None)
    except OSError as fault:
        sentence = "The picture cannot be written there: check the folder"
        raise FigureNotWrittenError(sentence) from fault


def waterfall_svg(waterfall: Waterfall) -> str:
    """The picture as SVG text for a letter; the same waterfall gives the same text."""
    import matplotlib as mpl  # heavy, only when a picture is asked for

    text = StringIO()
    with mpl.rc_context({"svg.hashsalt": "kasauti"}):
        _drawn(waterfall).savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def _drawn(waterfall: Waterfall) -> "Figure":
    from matplotlib.figure import Figure  # heavy, only when a picture is asked for

    rows = ["Starting point", *(label for label, _ in waterfall.steps), "Internal score"]
    figure = Figure(figsize=(WIDTH, 1.2 + HEIGHT_A_STEP * len(rows)), layout="constrained")
    axes = figure.subplots()
    levels = list(accumulate((points for _, points in waterfall.steps), initial=waterfall.start))
    low = min(levels) - ROOM
    axes.set_xlim(low, max(levels) + ROOM)
    for at, level in ((0, waterfall.start), (len(rows) - 1, waterfall.score)):
        axes.barh(at, level - low, left=low, color=ENDS)
        axes.text(level, at, f" {level}", va="center")
    for at, (_, points) in enumerate(waterfall.steps, start=1):
        before, after = levels[at - 1], levels[at]
        axes.barh(at, points, left=before, color=UP if points > 0 else DOWN)
        axes.text(max(before, after), at, f" {points:+d}", va="center")
    axes.set_yticks(range(len(rows)), labels=rows)
    axes.invert_yaxis()
    axes.set_title(waterfall.title, loc="left")
    axes.set_xlabel("Score points")
    return figure
