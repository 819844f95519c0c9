"""Start the window and report the moment of its first paint, then end at once.

`probe_first_paint.py STARTED [--bare] [arguments of the program]` prints one line of JSON:
milliseconds since STARTED (time.monotonic() of the parent, or 0), megabytes in memory and the
modules loaded. --bare shows an empty window instead, as the reference. The program itself is not
changed: only QApplication.exec is wrapped, so that an event filter sees the first paint.
"""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parent.parent
STARTED = float(sys.argv[1])
run_the_program = QApplication.exec


def report() -> None:
    """Print what was reached and leave without clearing up: nothing after this is measured."""
    reached = time.monotonic()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    answer = {
        "ms": (reached - STARTED) * 1000.0,
        "mb": pages * os.sysconf("SC_PAGESIZE") / 1e6,
        "modules": sorted(sys.modules),
    }
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os._exit(0)


class FirstPaint(QObject):
    """Reports as soon as the first paint of any widget has been handled."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice a paint; the report follows when it is over."""
        if not self.seen and event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.seen = True
            QTimer.singleShot(0, report)
        return False


def watched_exec(*_application: object) -> int:
    """Run the event loop with the watcher in place."""
    application = QApplication.instance()
    watcher = FirstPaint(application)
    application.installEventFilter(watcher)
    return run_the_program()


def bare_window() -> int:
    """The reference: what Qt alone costs."""
    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    return application.exec()


def main(arguments: list[str]) -> int:
    """Start Kasauti's window, or the bare one."""
    QApplication.exec = watched_exec
    if arguments[:1] == ["--bare"]:
        return bare_window()
    sys.path.insert(0, str(ROOT))
    from app.bootstrap import main as start

    return start(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
