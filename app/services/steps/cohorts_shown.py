"""Which cohorts and months on book are shown: the youngest, without the empty beginning."""

from dataclasses import replace

from app.services.steps.monitor_tabs import CohortsWatched

EVERY = 0


def shown_part(answer: CohortsWatched, most: int) -> CohortsWatched:
    """The youngest cohorts, by the months on book that say something.

    Left out are the last months, which none of them has reached, and the first ones, which hold
    nothing but zeros: nobody can be 90 days late so early. One month always stays.

    Args:
        answer: every cohort, oldest first.
        most: how many of the youngest; 0 for every one.
    """
    rows = answer.rows[-most:] if most else answer.rows
    places = range(len(answer.months_on_book))
    reached = [n for n in places if any(row.cells[n].share is not None for row in rows)]
    late = [n for n in reached if any(row.cells[n].ever_bad for row in rows)]
    end = reached[-1] + 1 if reached else 0
    begin = late[0] if late else max(end - 1, 0)
    cut = tuple(replace(row, cells=row.cells[begin:end]) for row in rows)
    return replace(answer, rows=cut, months_on_book=answer.months_on_book[begin:end])
