"""Rubbish is collected in the window's thread alone.

Python collects reference cycles in whichever thread happens to make one object too many. On a lane
that would free widgets outside the window's thread, which Qt answers with a crash. So while lanes
run, automatic collection is off and a timer of the window collects instead, at the same marks. What
the program has loaded by then stays for good and is left out: walking over it took 100 ms and more.
The oldest generation waits until the lanes rest: what they are reading is in it, and walking over
100,000 loans took 250 ms.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_OLDEST = 2
_LONGEST_WAIT = 3_000  # looks, so five minutes
_EVERY_MS = 100  # short, so that what came together on a lane stays a small pause


class WindowCollector(QObject):
    """Collects until `stop`; several windows of one process share the switch."""

    _running = 0
    _loaded_left_out = False

    def __init__(self, parent: QObject, busy: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._busy = busy
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._on = False

    def start(self) -> None:
        """Take collection over; called again, it does nothing."""
        if self._on:
            return
        self._on = True
        WindowCollector._running += 1
        gc.disable()
        if not WindowCollector._loaded_left_out:  # once: later objects come and go with pages
            WindowCollector._loaded_left_out = True
            gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give collection back, once no lane of any window runs."""
        if not self._on:
            return
        self._on = False
        self._timer.stop()
        WindowCollector._running -= 1
        if not WindowCollector._running:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose mark has been passed, as Python itself would.

        While a lane works it is not the oldest of all, for five minutes at most.
        """
        passed = [
            generation
            for generation, (count, mark) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > mark
        ]
        if passed and passed[-1] == _OLDEST and self._busy() and self._waited < _LONGEST_WAIT:
            self._waited += 1
            passed.pop()
        elif passed and passed[-1] == _OLDEST:
            self._waited = 0
        if passed:
            gc.collect(passed[-1])
