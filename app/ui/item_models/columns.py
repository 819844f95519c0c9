"""What a column of a list shows, as data, and the cells made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon

from app.ui.theme import Theme

RowT = TypeVar("RowT")
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
ALIGNMENTS = {
    "left": _MIDDLE | Qt.AlignmentFlag.AlignLeft,
    "right": _MIDDLE | Qt.AlignmentFlag.AlignRight,
    "center": _MIDDLE | Qt.AlignmentFlag.AlignHCenter,
}
PLACEHOLDER = "\u2026"


class CellLook(NamedTuple):
    """All that is painted of a cell; None = as other cells."""

    text: str
    side: Qt.AlignmentFlag
    font: QFont | None = None
    icon: QIcon | None = None
    colour: QColor | None = None


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """One column.

    Attributes:
        key: its name in code.
        title: its head, translated.
        text: the words of a row.
        width: logical pixels; what is left over is shared in proportion.
        align: left or right.
        strong: weight 600, for names and what counts.
        muted: ids and zeros; a callable decides by row.
        small: in the size of rule ids.
        icon: (icon name, colour token) of a state, or None.
        sort: the key the book sorts by; None = not sortable.
        token: the colour of the words by row.
        tip: the tooltip by row.
    """

    key: str
    title: str
    text: Callable[[RowT], str]
    width: int = 120
    align: str = "left"
    strong: bool | Callable[[RowT], bool] = False
    muted: bool | Callable[[RowT], bool] = False
    small: bool = False
    icon: Callable[[RowT], tuple[str, str] | None] | None = None
    sort: str | None = None
    token: Callable[[RowT], str] | None = None
    tip: Callable[[RowT], str] | None = None


class Cells(Generic[RowT]):
    """Answers Qt's questions about the cells of rows; unserved roles return None at once."""

    def __init__(self, columns: tuple[Column[RowT], ...], theme: Theme) -> None:
        self.columns = columns
        self._theme = theme
        role = Qt.ItemDataRole
        self._answers: dict[int, Callable[[Column[RowT], RowT], Any]] = {
            role.DisplayRole: lambda column, row: column.text(row),
            role.ForegroundRole: self._colour,
            role.FontRole: self._font,
            role.DecorationRole: self._icon,
            role.ToolTipRole: self._tip,
        }
        self.roles = frozenset(map(int, (*self._answers, role.TextAlignmentRole)))

    def data(self, row: RowT | None, column: int, role: int) -> Any:  # noqa: ANN401  # Qt's own
        """Return what a role asks of a cell; a row that is not read yet shows dots."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[self.columns[column].align]
        answer = self._answers.get(role)
        if answer is None:
            return None
        if row is None:
            return PLACEHOLDER if role == Qt.ItemDataRole.DisplayRole else None
        return answer(self.columns[column], row)

    def look(self, row: RowT | None, place: int) -> CellLook:
        """Return all that is painted of a cell: one call instead of five through Qt."""
        column = self.columns[place]
        side = ALIGNMENTS[column.align]
        if row is None:
            return CellLook(PLACEHOLDER, side)
        icon = self._icon(column, row) if column.icon is not None else None
        font, colour = self._font(column, row), self._colour(column, row)
        return CellLook(column.text(row), side, font, icon, colour)

    def header(self, section: int, orientation: Qt.Orientation, role: int) -> Any:  # noqa: ANN401  # Qt's own
        """Return the head of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[self.columns[section].align]
        return None

    def _colour(self, column: Column[RowT], row: RowT) -> Any:  # noqa: ANN401  # Qt's own
        if column.token is not None:
            return self._theme.color(column.token(row))
        return self._theme.color("muted") if _says(column.muted, row) else None

    def _font(self, column: Column[RowT], row: RowT) -> Any:  # noqa: ANN401  # Qt's own
        if column.small:
            return self._theme.font("key")
        return self._theme.font("strong") if _says(column.strong, row) else None

    def _icon(self, column: Column[RowT], row: RowT) -> Any:  # noqa: ANN401  # Qt's own
        named = column.icon(row) if column.icon is not None else None
        return None if named is None else self._theme.icon(*named)

    @staticmethod
    def _tip(column: Column[RowT], row: RowT) -> str | None:
        return None if column.tip is None else column.tip(row)


def _says(wanted: bool | Callable[[RowT], bool], row: RowT) -> bool:  # noqa: FBT001  # a flag or a question
    return wanted(row) if callable(wanted) else wanted
