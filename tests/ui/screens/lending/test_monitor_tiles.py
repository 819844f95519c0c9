"""Keys of the monitor's tiles (S80)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from app.ui.screens.monitor.tile_row import tile_names


@pytest.fixture
def page(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    return driver


def test_the_tiles_are_one_stop_of_tab_and_arrows_go_from_one_to_the_next(page):
    def focused():
        return QApplication.focusWidget().objectName()

    def press(key):
        QTest.keyClick(QApplication.focusWidget(), key)

    page.find("kpi.total_outstanding").setFocus()
    press(Qt.Key.Key_Right)
    assert focused() == "kpi.npa_ratio"
    press(Qt.Key.Key_Down)
    assert focused() == "kpi.average_emi_payment_rate"
    press(Qt.Key.Key_Up)
    assert focused() == "kpi.npa_ratio"
    press(Qt.Key.Key_Tab)
    assert not focused().startswith("kpi.")
    press(Qt.Key.Key_Backtab)
    assert focused() == "kpi.npa_ratio"
    press(Qt.Key.Key_End)
    assert focused() == "kpi.total_disbursed"
    press(Qt.Key.Key_Home)
    assert focused() == "kpi.total_outstanding"
    stops = Qt.FocusPolicy.TabFocus
    tiles = [page.find(f"kpi.{names.name}") for names in tile_names()]
    assert [bool(tile.focusPolicy() & stops) for tile in tiles] == [True, *[False] * 12]
