"""First code of the bundled console program: what needs a window goes to `kasauti`.

That is `self-test`, which opens every screen offscreen, and a start without any verb.
"""

import os
import subprocess
import sys

_words = [word for word in sys.argv[1:] if not word.startswith("-")]
if not sys.argv[1:] or "self-test" in _words[:1]:
    _folder = os.path.dirname(sys.executable)  # noqa: PTH120 - pathlib costs a start-up import
    _window = os.path.join(_folder, "kasauti" + (".exe" if os.name == "nt" else ""))  # noqa: PTH118 - as above, no pathlib here
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    if os.name == "posix":
        os.execv(_window, [_window, *sys.argv[1:]])  # noqa: S606 - our own program, no shell
    sys.exit(subprocess.run([_window, *sys.argv[1:]], check=False).returncode)
