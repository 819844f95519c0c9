"""How long work tells how far it is and asks whether it should stop."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total) as work goes on."""

Cancelled = Callable[[], bool]
"""Asked between parts of the work; True stops it with nothing written."""


class StoppedError(Exception):
    """The work was stopped on request; nothing was saved, unless what was done is kept.

    Attributes:
        sentence: what had been done, for the person who stopped it.
    """

    def __init__(self, done: int, total: int, *, kept: bool = False) -> None:
        saved = "what was done is kept" if kept and done else "nothing was saved"
        self.sentence = f"Stopped after {done:,} of {total:,}; {saved}"
        super().__init__(self.sentence)


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""


def never() -> bool:
    """Never stop."""
    return False
