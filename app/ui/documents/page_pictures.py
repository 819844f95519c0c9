"""The pages of a letter under each other, as wide as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

_GAP = 12


def pictures_of(pages: Sequence[bytes]) -> tuple[QImage, ...]:
    """Read PNG pages into pictures; may run on any lane."""
    return tuple(QImage.fromData(page) for page in pages)


class PagePictures(QScrollArea):
    """Scrolls with the keys; each page speaks its number."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(self.tr("Pages of the letter"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pictures: tuple[QImage, ...] = ()
        self._pages: list[QLabel] = []
        self._holder = QWidget()
        self._holder.setProperty("kind", "page")
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, _GAP)
        self._lines.setSpacing(_GAP)
        self._lines.addStretch(1)
        self.setWidget(self._holder)

    def count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show other pages from their beginning."""
        for page in self._pages:
            page.hide()
            page.deleteLater()
        self._pictures = tuple(pictures)
        self._pages = []
        for number, _picture in enumerate(self._pictures, start=1):
            page = QLabel()
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            said = self.tr("Page %1 of %2").replace("%1", str(number))
            page.setAccessibleName(said.replace("%2", str(len(self._pictures))))
            self._lines.insertWidget(number - 1, page)
            page.show()  # at once: the layout would do it with the next event
            self._pages.append(page)
        self._scale()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._scale()

    def _scale(self) -> None:
        width = max(self.viewport().width() - 2, 1)
        ratio = self.devicePixelRatioF()
        for page, picture in zip(self._pages, self._pictures, strict=True):
            shown = picture.scaledToWidth(
                round(width * ratio), Qt.TransformationMode.SmoothTransformation
            )
            shown.setDevicePixelRatio(ratio)
            page.setPixmap(QPixmap.fromImage(shown))
