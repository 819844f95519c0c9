"""What was loaded is left out of later collections, and collecting goes on as before."""

import gc
import importlib

import pytest

from app.file_formats.heavy_import import heavy_import


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_while_loading_and_what_lives_is_left_out_later():
    gc.unfreeze()
    with heavy_import():
        assert not gc.isenabled()
        kept = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(kept)


def test_a_process_that_collects_nothing_stays_so():
    gc.disable()
    with heavy_import():
        pass
    assert not gc.isenabled()


def test_a_library_that_is_not_there_leaves_collecting_on():
    with pytest.raises(ImportError), heavy_import():
        importlib.import_module("no_such_library")
    assert gc.isenabled()
