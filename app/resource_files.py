"""Where the shipped data files are: beside the sources, or inside a bundle.

PyInstaller unpacks data next to the program and names that folder `sys._MEIPASS`.
"""

import sys
from pathlib import Path

_BUNDLE = getattr(sys, "_MEIPASS", None)
ROOT = Path(_BUNDLE) if _BUNDLE else Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"


class ResourceMissingError(FileNotFoundError):
    """A shipped file is not there: the copy of the program is incomplete."""


def resource(name: str) -> Path:
    """Return the path of a shipped file, such as `rules/words.json`.

    Raises:
        ResourceMissingError: no such file was shipped, or the name leads out of the folder.
    """
    path = (RESOURCES / name).resolve()
    if not path.is_relative_to(RESOURCES.resolve()) or not path.exists():
        message = f"the shipped file {name} is missing"
        raise ResourceMissingError(message)
    return path
