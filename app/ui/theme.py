"""Colours, type and icons of the window, light and dark: the only home of a colour.

Source: desktop.md 6 (tokens, Fusion, own palette), visual-language.md (added tokens, type scale).
The style sheet is `resources/styles/kasauti.qss`, where `@token` stands for a colour; it selects
by class or by the property `kind`, never by object name.
"""

import re
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.resource_files import resource

LIGHT: Final = {
    "window": "#F4F5F7",
    "surface": "#FFFFFF",
    "text": "#1B1F24",
    "muted": "#57606A",
    "line": "#868E99",
    "accent": "#1F5FBF",
    "raises": "#A85300",
    "lowers": "#1B6E8C",
    "warning": "#8A5A00",
    "bad": "#B3261E",
    "good": "#1E6B3A",
    "hair": "#DEE2E7",
    "hover": "#EEF1F4",
    "selected": "#E3ECF9",
    "warning-bg": "#FBF3E1",
    "bad-bg": "#FBEBE9",
    "good-bg": "#E8F2EC",
    "raises-bg": "#F9ECDF",
    "lowers-bg": "#E1EFF4",
    "on-accent": "#FFFFFF",
}
DARK: Final = {
    "window": "#1E2227",
    "surface": "#16191D",
    "text": "#E6E8EB",
    "muted": "#A3ACB6",
    "line": "#6E7781",
    "accent": "#5B9BFF",
    "raises": "#F0A35E",
    "lowers": "#5CC3E6",
    "warning": "#E3B341",
    "bad": "#FF8A80",
    "good": "#6BCB8B",
    "hair": "#31373E",
    "hover": "#23282E",
    "selected": "#1D3150",
    "warning-bg": "#2F2817",
    "bad-bg": "#33201F",
    "good-bg": "#1A2B21",
    "raises-bg": "#35281B",
    "lowers-bg": "#182C35",
    "on-accent": "#10141A",
}
TOKENS: Final = {"light": LIGHT, "dark": DARK}
# One ramp of seven steps from low to high for heat maps, and the words on each step.
HEAT: Final = {
    "light": ("#EAF2F5", "#CFE3EA", "#A8CBD8", "#C8B985", "#D6A35F", "#C27A2C", "#8A4400"),
    "dark": ("#1B2733", "#1F3A4D", "#27566E", "#4E7A86", "#9A8A5A", "#C98A4B", "#F0A35E"),
}
HEAT_WORDS: Final = {
    "light": (*("#1B1F24",) * 6, "#FFFFFF"),
    "dark": (*("#E6E8EB",) * 3, "#FFFFFF", *("#10141A",) * 3),
}

FAMILY: Final = "Noto Sans"
FALLBACKS: Final = ("Noto Sans Devanagari", "Noto Sans Kannada")
# Role: logical pixels, weight. Line heights follow from the layouts.
TYPE: Final = {
    "score": (36, QFont.Weight.DemiBold),
    "score-small": (28, QFont.Weight.DemiBold),
    "live": (24, QFont.Weight.DemiBold),
    "tile": (20, QFont.Weight.DemiBold),
    "title": (18, QFont.Weight.DemiBold),
    "header": (16, QFont.Weight.DemiBold),
    "body": (13, QFont.Weight.Normal),
    "strong": (13, QFont.Weight.DemiBold),
    "small": (12, QFont.Weight.Normal),
    "small-strong": (12, QFont.Weight.DemiBold),
    "key": (11, QFont.Weight.Normal),
}

_FONT_FILES: Final = tuple(
    f"fonts/{family}-{weight}.ttf"
    for family in ("NotoSans", "NotoSansDevanagari", "NotoSansKannada")
    for weight in ("Regular", "SemiBold")
)
_SMALL_ICON = 12
_TOKEN = re.compile(r"@([a-z]+(?:-[a-z]+)*)")
_CURRENT: list["Theme"] = []

_Role = QPalette.ColorRole
_PALETTE: Final = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "surface",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "on-accent",
    _Role.PlaceholderText: "muted",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on-accent",
    _Role.Accent: "accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.Light: "surface",
    _Role.Midlight: "hover",
    _Role.Mid: "hair",
    _Role.Dark: "line",
    _Role.Shadow: "hair",
}
_DISABLED: Final = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def make_palette(tokens: dict[str, str]) -> QPalette:
    """Return a palette with every role of every group set; disabled text is muted."""
    palette = QPalette()
    for role, token in _PALETTE.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["muted"]))
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(tokens["hover"]))
    return palette


def make_style_sheet(tokens: dict[str, str]) -> str:
    """Return the style sheet with each `@token` replaced by its colour.

    Raises:
        KeyError: the sheet names a token that does not exist.
    """
    template = resource("styles/kasauti.qss").read_text(encoding="utf-8")
    return _TOKEN.sub(lambda match: tokens[match[1]], template)


def make_font(role: str) -> QFont:
    """Return the font of a role of the type scale, digits of equal width.

    Raises:
        KeyError: the scale has no such role.
    """
    size, weight = TYPE[role]
    font = QFont([FAMILY, *FALLBACKS])
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def system_name() -> str:
    """Return the theme the desktop asks for; an unknown wish counts as light."""
    scheme = QApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _screen_ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0


class Theme(QObject):
    """The look in force. Widgets that paint themselves repaint on `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = "light"
        self._name = "light"
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._fonts: dict[str, QFont] = {}
        self._loaded = False
        _CURRENT[:] = [self]

    @property
    def name(self) -> str:
        """The theme shown: light or dark."""
        return self._name

    @property
    def wish(self) -> str:
        """The theme asked for: light, dark or system."""
        return self._wish

    def apply(self, app: QApplication, wish: str) -> None:
        """Show a theme, at once and everywhere.

        Args:
            app: the application.
            wish: light, dark, or system, which follows the desktop while the program runs.
        """
        if not self._loaded:
            self._start(app)
        self._wish = wish
        self._name = system_name() if wish == "system" else wish
        self._pixmaps.clear()
        self._icons.clear()
        tokens = TOKENS[self._name]
        app.setPalette(make_palette(tokens))
        app.setStyleSheet(make_style_sheet(tokens))
        self.changed.emit()

    def color(self, token: str) -> QColor:
        """Return the colour of a token in the theme shown."""
        return QColor(TOKENS[self._name][token])

    def heat(self, step: int) -> tuple[QColor, QColor]:
        """Return ground and words of a step of the heat ramp, 0 the lowest of seven."""
        return QColor(HEAT[self._name][step]), QColor(HEAT_WORDS[self._name][step])

    def font(self, role: str) -> QFont:
        """Return the font of a role of the type scale."""
        if role not in self._fonts:
            self._fonts[role] = make_font(role)
        return self._fonts[role]

    def pixmap(self, name: str, tone: str = "text", size: int = 16, ratio: float = 0) -> QPixmap:
        """Return an icon drawn in a token's colour.

        Args:
            name: file name of the icon without its ending.
            tone: token of its colour.
            size: edge in logical pixels.
            ratio: device pixels a logical pixel; 0 takes the application's.
        """
        ratio = ratio or _screen_ratio()
        key = (name, tone, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(*key)
        return self._pixmaps[key]

    def icon(self, name: str, tone: str = "text", size: int = 16) -> QIcon:
        """Return an icon in a token's colour; it looks the same when disabled."""
        key = (name, tone, size)
        if key not in self._icons:
            icon = QIcon(self.pixmap(name, tone, size))
            icon.addPixmap(self.pixmap(name, "muted", size), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def _drawn(self, name: str, token: str, size: int, ratio: float) -> QPixmap:
        source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
        # Tabler draws with 2 of 24; at 16 pixels 1.75 looks as heavy as the text beside it, and a
        # dot of 9 pixels needs more to stay a line.
        width = "1.75" if size >= _SMALL_ICON else "3"
        coloured = source.replace("currentColor", self.color(token).name()).replace(
            'stroke-width="2"', f'stroke-width="{width}"'
        )
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(coloured.encode())).render(
            painter, QRectF(0, 0, pixmap.width(), pixmap.height())
        )
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _start(self, app: QApplication) -> None:
        app.setStyle("fusion")
        for name in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(resource(name)))
        app.setFont(make_font("body"))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._loaded = True

    def _follow(self) -> None:
        app = QApplication.instance()
        if self._wish == "system" and isinstance(app, QApplication):
            self.apply(app, "system")


def theme_of() -> Theme:
    """Return the theme of this program; the first call makes it."""
    return _CURRENT[0] if _CURRENT else Theme()
