"""First code of the bundled window program: `kasauti VERB` becomes `kasauti-cli VERB`.

Runs before PyInstaller's own Qt hook, so no verb pays for Qt. Windows' window programs have no
console to answer on, so there IT calls kasauti-cli itself.
"""

import os
import sys

_OPTIONS_WITH_VALUE = {
    "--data-dir",
    "--database",
    "--branch",
    "--as",
    "--as-of",
    "--config",
    "--lang",
}


def _verb(arguments: list[str]) -> str | None:
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _OPTIONS_WITH_VALUE:
            next(waiting, None)
        elif argument in ("-h", "--help", "--version") or not argument.startswith("-"):
            return argument
    return None


_console = os.path.join(os.path.dirname(sys.executable), "kasauti-cli")  # noqa: PTH118, PTH120 - pathlib costs a start-up import
if os.name == "posix" and _verb(sys.argv[1:]) not in (None, "self-test"):
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    os.execv(_console, [_console, *sys.argv[1:]])  # noqa: S606 - our own program, no shell
