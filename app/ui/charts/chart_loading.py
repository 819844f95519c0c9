"""Loads the chart of curves, and pyqtgraph with it, away from the window's thread.

The module is imported by name, so that nothing loads it before; a bundle is told of it by the
catalogue of screens.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from app.file_formats.heavy_import import heavy_import

if TYPE_CHECKING:
    from app.ui.charts.curve_chart import CurveChart

CURVES = "app.ui.charts.curve_chart"


def load_curves() -> "type[CurveChart]":
    """Import it (compute lane); the widget itself is made in the window's thread."""
    with heavy_import():
        module = import_module(CURVES)
    chart: type[CurveChart] = module.CurveChart
    return chart
