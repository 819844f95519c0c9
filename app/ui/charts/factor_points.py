"""What the waterfall and the bars draw: whole points that add up, and their words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class FactorPoints:
    """One group and the points it moved the score by."""

    key: str
    label: str
    points: int


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """A score taken apart: `start` plus every row's points is `score`."""

    start: int
    score: int
    rows: tuple[FactorPoints, ...]
    cutoffs: tuple[tuple[int, str], ...] = ()

    def levels(self) -> tuple[tuple[int, int], ...]:
        """From and to of each row, in order.

        >>> ScoreParts(648, 612, (FactorPoints("B", "", -75), FactorPoints("W", "", 39))).levels()
        ((648, 573), (573, 612))
        """
        at, found = self.start, []
        for row in self.rows:
            found.append((at, at + row.points))
            at += row.points
        return tuple(found)


def direction_words(points: int) -> str:
    """Which way a group moved the estimate; a direction, never a cause (X8)."""
    if points == 0:
        return QCoreApplication.translate("ScoreParts", "no change")
    if points > 0:
        return QCoreApplication.translate("ScoreParts", "raised")
    return QCoreApplication.translate("ScoreParts", "lowered")


def all_directions() -> tuple[str, ...]:
    """Every word of a direction."""
    return tuple(direction_words(points) for points in (-1, 0, 1))


def start_words() -> str:
    """What the first row of a chart is called."""
    return QCoreApplication.translate("ScoreParts", "Starting point")


def score_words() -> str:
    """What the last row of a chart is called."""
    return QCoreApplication.translate("ScoreParts", "Internal score")


def direction_tone(points: int) -> str:
    """The colour token: points that lower the score raise the risk."""
    return "muted" if points == 0 else "lowers" if points > 0 else "raises"


def direction_icon(points: int) -> str:
    """The arrow of a direction."""
    return "minus" if points == 0 else "arrow-up" if points > 0 else "arrow-down"


def points_words(points: int) -> str:
    """Points with their sign."""
    return f"{points:+d}" if points else "0"


def table_text(parts: ScoreParts) -> str:
    """The same numbers as lines of text, one a row, for the clipboard and for screen readers."""
    lines = [f"{start_words()}\t{parts.start}"]
    lines += [
        f"{row.label}\t{direction_words(row.points)}\t{points_words(row.points)}"
        for row in parts.rows
    ]
    return "\n".join([*lines, f"{score_words()}\t{parts.score}"])
