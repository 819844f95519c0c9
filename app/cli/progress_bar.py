"""A bar on standard error while long work runs, if a person is looking."""

import argparse
import sys

from app.services.steps.progress import Progress, silent

WIDTH = 30


def progress_bar(arguments: argparse.Namespace) -> Progress:
    """Draws on a terminal, unless `--quiet` was given; silent otherwise."""
    if getattr(arguments, "quiet", False) or not sys.stderr.isatty():
        return silent
    return _draw


def _draw(done: int, total: int) -> None:
    share = done / total if total else 1.0
    bar = "#" * int(WIDTH * share)
    end = "\n" if done >= total else ""
    print(f"\r[{bar:<{WIDTH}}] {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)
