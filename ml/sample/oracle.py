"""The sealed oracle: true probabilities, in a file of their own beside the table of a job.

Source: machine-learning.md section 4. Only tests and `compare` open it. The training job does not
even import this module; a test watches every file that a training process opens.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

ORACLE_FILE: Final = "oracle.npz"


def seal_oracle(folder: Path, truth: Mapping[str, Any]) -> None:
    """Write the generator's own probabilities (and what follows from them) by name."""
    np.savez(folder / ORACLE_FILE, **dict(truth))


def open_oracle(folder: Path) -> dict[str, Any]:
    """Return what was sealed.

    Raises:
        OSError: nothing was sealed in this folder.
    """
    with np.load(folder / ORACLE_FILE, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
