"""Loading a heavy library once, so that the window never stands still for it later.

A full collection of the garbage collector walks over every object there is and lets no other thread
run: 140 ms with the libraries of letters loaded, at any moment. What was loaded stays for good, so
it is put where no collection looks any more.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heavy_import() -> Iterator[None]:
    """Import without a collection; everything that lives then is left out of later ones."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
