from importlib import import_module

import pytest

from app.ui import screen_catalogue
from app.ui.widgets.screen import Screen


def test_every_place_of_the_catalogue_is_a_screen():
    for name, place in screen_catalogue.PLACES.items():
        module = import_module(place.module)
        screen_class = getattr(module, place.class_name)
        assert issubclass(screen_class, Screen)
        assert screen_class.name == name


def test_an_unknown_screen_is_refused(workbench):
    with pytest.raises(screen_catalogue.UnknownScreenError):
        screen_catalogue.build_screen("cockpit", workbench)


def test_a_bundle_is_told_every_module_that_is_imported_by_name():
    assert len(screen_catalogue.MODULES) == len(screen_catalogue.PLACES) + 7
    for module in screen_catalogue.MODULES:
        assert import_module(module)
