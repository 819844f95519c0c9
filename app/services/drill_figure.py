"""Exactly the lines behind a figure of the monitor: count and sum equal it.

Source: screens.md S80 (every figure drills), commands.md (`--rows`). Figures are named as the
answers name them: `npa`, `class Standard`, `cohort 2026-03 6`, `roll 2026-09-30 1-30 31-60`.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.services.steps.figure_terms import figure_terms
from app.services.steps.monitor_answers import FigureLines
from app.services.steps.monitor_scope import MonitorScope, ScopeView, look_up
from app.services.steps.refusal import bad_input
from db.records.monitor import FigureRow
from db.records.months import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

_KEYED = ("class", "collateral", "ltv", "method")  # their one key may hold blanks
_GROUPS = ("group", "group_npa")
_MONTH_FIGURE = 2


def drill_figure(
    figure: str, scope: MonitorScope, desk: "Desk", limit: int | None = None
) -> FigureLines:
    """The lines behind a figure; the first ones where a limit is given.

    Raises:
        Refused: the person may not see the monitor, the day cannot be chosen, or there is no such
            figure.
    """
    rulebook = desk.rulebook()
    words = figure_words(figure)
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        with _known(figure):
            return _lines(figure, words, view, limit, (book, rulebook))


def drill_further(
    figure: str, scope: MonitorScope, desk: "Desk", span: tuple[int, int]
) -> tuple[FigureRow, ...]:
    """Further lines behind a figure, in the same order; `span`: how many come before, and the most.

    Raises:
        Refused: as `drill_figure`.
    """
    rulebook, (before, limit) = desk.rulebook(), span
    words = figure_words(figure)
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        with _known(figure):
            found = _counted_here(words, view, book)
            if found is not None:
                return found[before : before + limit]
            terms = figure_terms(view.as_of, rulebook)
            return book.monitor.figures.rows(words, view.cut, terms, limit, before)


@contextmanager
def _known(figure: str) -> "Iterator[None]":
    """Refuse a figure that the book does not know."""
    try:
        yield
    except ValueError as unknown:
        raise bad_input(
            {"figure": f"There is no figure {figure!r}: choose one of those shown"}
        ) from unknown


def figure_words(figure: str) -> tuple[str, ...]:
    """The words of a figure; a key that may hold blanks is one word.

    >>> figure_words("group city New Delhi"), figure_words("roll 2026-09-30 0 1-30")
    (('group', 'city', 'New Delhi'), ('roll', '2026-09-30', '0', '1-30'))
    """
    kind, _, rest = figure.partition(" ")
    if kind in _KEYED:
        return (kind, rest)
    if kind in _GROUPS:
        by, _, key = rest.partition(" ")
        return (kind, by, key)
    return tuple(figure.split()) or ("",)


def _lines(
    figure: str,
    words: Sequence[str],
    view: ScopeView,
    limit: int | None,
    sources: "tuple[UnitOfWork, Rulebook]",
) -> FigureLines:
    book, rulebook = sources
    found = _counted_here(words, view, book)
    if found is not None:
        total = sum(each.amount_paise for each in found)
        return FigureLines(view.as_of, figure, len(found), total, found[:limit])
    figures, terms = book.monitor.figures, figure_terms(view.as_of, rulebook)
    rows = figures.rows(words, view.cut, terms, limit)
    if limit is None or len(rows) < limit:
        count, total = len(rows), sum(each.amount_paise for each in rows)
    else:
        count, total = figures.total(words, view.cut, terms)
    return FigureLines(view.as_of, figure, count, total, rows)


def _counted_here(
    words: Sequence[str], view: ScopeView, book: "UnitOfWork"
) -> tuple[FigureRow, ...] | None:
    """The lines of figures that no single statement gives; None for all others."""
    if words[0] != "bounces" or len(words) != _MONTH_FIGURE:
        return None
    return book.monitor.dues.bounced(view.cut, month_of(words[1]))
