"""How the window opens on a screen and how it ends."""

from PySide6.QtCore import QSize, QTimer

from app.ui.main_window import has_room
from tests.ui.test_main_window import signed_in, window

__all__ = ["signed_in", "window"]


def test_a_window_without_room_for_its_frame_fills_the_screen(signed_in):
    usual = QSize(1366, 768)
    assert not has_room(QSize(1366, 768), usual)
    assert has_room(QSize(1920, 1040), usual)
    signed_in.hide()
    signed_in.resize(signed_in.screen().availableSize())
    signed_in.open_on_screen()
    assert signed_in.isMaximized()


def test_no_timer_of_the_window_outlives_its_end(signed_in):
    late = QTimer(signed_in.parts.pages.shown())
    late.start(60_000)
    assert signed_in.close()
    assert not late.isActive()
