"""Pages of a letter as pictures: read, fitted to the width, spoken."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from app.ui.documents.page_pictures import PagePictures, pictures_of


def page(width, height):
    """A white page as PNG bytes."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def pages(qtbot):
    made = PagePictures("panel.preview")
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    yield made
    made.hide()


def shown(pages):
    return [label for label in pages.findChildren(QLabel) if not label.isHidden()]


def test_pages_are_fitted_to_the_width_and_speak_their_number(pages):
    pages.show_pictures(pictures_of((page(600, 800), page(600, 800))))
    assert pages.count() == 2
    first, second = shown(pages)
    assert [first.accessibleName(), second.accessibleName()] == ["Page 1 of 2", "Page 2 of 2"]
    before = first.pixmap().width()
    assert before <= pages.viewport().width()
    pages.resize(500, 400)
    assert first.pixmap().width() > before


def test_other_pages_replace_them(pages):
    pages.show_pictures(pictures_of((page(60, 80),)))
    pages.show_pictures(())
    assert pages.count() == 0
    assert shown(pages) == []
