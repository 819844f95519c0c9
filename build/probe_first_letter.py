"""The first letter of a process: `probe_first_letter.py BOOK` prints how long it took, and memory.

The desk is open, as it is for an officer; fonts, typesetter and rules are asked for the first time.
"""

import json
import sys
import time
from pathlib import Path

import benchmark_letters

ROOT = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    """Make one Key Facts Statement and report."""
    sys.path.insert(0, str(ROOT))
    from app.services.issue_documents import make_document

    with benchmark_letters.letter_desk(Path(words[0])) as desk:
        (request,) = benchmark_letters.letters(desk, 1)
        started = time.perf_counter()
        make_document(request, desk)
        took = time.perf_counter() - started
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    sys.stdout.write(json.dumps({"ms": took * 1000.0, "mb": pages * 4096 / 1e6}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
