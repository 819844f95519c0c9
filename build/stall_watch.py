"""Tells why the window's loop stood still: what each thread did then, and who had the processor."""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks_window import GapWatch

ALLOWED_MS = 50.0
_LOOK_S = 0.01
_DEEPEST = 14
_SCHEDULER = Path("/proc/thread-self/schedstat")
_MS, _NS = 1_000.0, 1_000_000.0  # of a second, and nanoseconds in one


class StallWatch(GapWatch):
    """A watch that also tells the longest pause without the wait for a processor.

    In a pause the window's thread is at work, waits for a processor that others have, or is held
    up: by a lock, by another thread's turn at Python's, or by the disc. On Linux the scheduler
    tells the first two. With a file each pause longer than allowed is written there, with stacks.

    Attributes:
        own_ms: the longest pause less its wait for a processor, of all measurements so far.
    """

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.own_ms = 0.0
        self._file = file
        self._window = threading.get_ident()
        self._last = 0.0
        self._spent = (0, 0)
        self._stacks: list[str] = []
        self._watching = False

    def longest_ms(self, begin: Callable[[], object]) -> float:
        """As any watch; with a file, a thread of its own looks on meanwhile."""
        self._last, self._spent, self._watching = time.perf_counter(), _spent(), True
        looker = threading.Thread(target=self._look, daemon=True)
        if self._file is not None:
            looker.start()
        longest = super().longest_ms(begin)
        self._watching = False
        if self._file is not None:
            looker.join()
            self._write(f"longest {longest:.1f} ms\n")
        return longest

    def _tick(self) -> None:
        super()._tick()
        now, spent = time.perf_counter(), _spent()
        pause = (now - self._last) * _MS
        work, wait = (spent[0] - self._spent[0]) / _NS, (spent[1] - self._spent[1]) / _NS
        self.own_ms = max(self.own_ms, pause - wait)
        if pause > ALLOWED_MS:
            words = f"pause {pause:.0f} ms: at work {work:.0f}, no processor {wait:.0f}\n"
            self._write(words + "".join(self._stacks))
        self._stacks, self._last, self._spent = [], now, spent

    def _look(self) -> None:
        while self._watching:
            time.sleep(_LOOK_S)
            late = (time.perf_counter() - self._last) * _MS
            if late > ALLOWED_MS / 2:
                self._stacks.append(f"-- after {late:.0f} ms\n{self._threads()}")

    def _threads(self) -> str:
        """The stack of the window's thread, then of each other one."""
        frames = sys._current_frames()  # noqa: SLF001  # the documented way to see other threads
        own = threading.get_ident()
        order = sorted((each for each in frames if each != own), key=lambda e: e != self._window)
        return "".join(
            f"thread {'window' if each == self._window else each}\n"
            + "".join(traceback.format_stack(frames[each])[-_DEEPEST:])
            for each in order
        )

    def _write(self, words: str) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(words)


def _spent() -> tuple[int, int]:
    """Nanoseconds that this thread has worked, and waited for a processor."""
    try:
        work, wait = _SCHEDULER.read_text(encoding="ascii").split()[:2]
    except OSError:
        return 0, 0
    return int(work), int(wait)


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
