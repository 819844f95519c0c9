import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette, QRawFont

from app.resource_files import RESOURCES, resource
from app.ui.theme import (
    DARK,
    HEAT,
    HEAT_WORDS,
    LIGHT,
    TOKENS,
    TYPE,
    make_palette,
    make_style_sheet,
    theme_of,
)

PROJECT = Path(__file__).resolve().parents[2]
TEXT = ("text", "muted", "accent", "raises", "lowers", "warning", "bad", "good")
GROUNDS = ("window", "surface")
PALE = ("hover", "selected", "warning-bg", "bad-bg", "good-bg", "raises-bg", "lowers-bg")
ON_PALE = {
    "warning-bg": ("text", "muted", "warning"),
    "bad-bg": ("text", "muted", "bad"),
    "good-bg": ("text", "good"),
    "raises-bg": ("text", "raises"),
    "lowers-bg": ("text", "lowers"),
    "hover": ("text", "muted"),
    "selected": ("text", "muted", "accent"),
}


def luminance(hexed):
    channels = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reads_on_every_ground(tokens):
    pairs = [(t, g) for t in TEXT for g in GROUNDS] + [
        (t, g) for g, ts in ON_PALE.items() for t in ts
    ]
    pairs += [("on-accent", "accent"), ("on-accent", "raises")]
    poor = {p: contrast(tokens[p[0]], tokens[p[1]]) for p in pairs}
    assert not {p: c for p, c in poor.items() if c < 4.5}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_and_marks_stand_out(tokens):
    marks = ("line", "accent", "raises", "lowers", "warning", "bad", "good")
    assert all(contrast(tokens[m], tokens[g]) >= 3 for m in marks for g in GROUNDS)


@pytest.mark.parametrize("name", HEAT)
def test_the_number_in_a_heat_cell_reads_on_every_step(name):
    pairs = tuple(zip(HEAT[name], HEAT_WORDS[name], strict=True))
    assert len(pairs) == 7
    poor = [pair for pair in pairs if contrast(*pair) < 4.5]
    assert not poor


def test_both_themes_have_the_same_tokens():
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("name", TOKENS)
def test_the_palette_sets_every_role_of_every_group(name):
    palette = make_palette(TOKENS[name])
    groups = (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    )
    roles = [
        r
        for r in QPalette.ColorRole
        if r not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles)
    ]
    known = {QColor(value).rgb() for value in TOKENS[name].values()}
    missing = [(g, r) for g in groups for r in roles if palette.color(g, r).rgb() not in known]
    assert not missing


@pytest.mark.parametrize("name", TOKENS)
def test_the_style_sheet_knows_every_token_and_no_colour(name):
    assert "@" not in make_style_sheet(TOKENS[name])
    template = resource("styles/kasauti.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", template)


def test_no_colour_stands_outside_the_theme():
    found = [
        path
        for path in (PROJECT / "app" / "ui").rglob("*.py")
        if path.name != "theme.py" and re.search(r"[\"']#[0-9A-Fa-f]{6}", path.read_text("utf-8"))
    ]
    assert not found


def test_switching_repaints_and_changes_icons(theme, qapp, qtbot):
    light = theme.pixmap("users", "accent", 16, 1.0).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, "dark")
    assert theme.name == "dark"
    assert theme.pixmap("users", "accent", 16, 1.0).toImage() != light
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")


def test_an_icon_is_drawn_at_the_ratio_of_its_screen(theme):
    drawn = theme.pixmap("users", "text", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)


def test_the_bundled_fonts_are_used_with_both_weights(theme):
    assert "Noto Sans" in QFontDatabase.families()
    assert {"Regular", "SemiBold"} <= set(QFontDatabase.styles("Noto Sans"))
    for role, (size, weight) in TYPE.items():
        font = theme.font(role)
        assert (font.pixelSize(), font.weight()) == (size, weight)


def test_digits_are_equally_wide():
    for weight in ("Regular", "SemiBold"):
        font = QRawFont(str(resource(f"fonts/NotoSans-{weight}.ttf")), 13)
        advances = {
            point.x()
            for point in font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))
        }
        assert len(advances) == 1


def test_every_sign_of_the_window_is_in_the_font():
    font = QRawFont(str(resource("fonts/NotoSans-Regular.ttf")), 13)
    words = "".join(p.read_text("utf-8") for p in (PROJECT / "app" / "ui").rglob("*.py"))
    assert not {c for c in words if c.isprintable() and not font.supportsCharacter(ord(c))}


def test_every_icon_has_its_licence_and_takes_a_colour():
    icons = list((RESOURCES / "icons").glob("*.svg"))
    assert (RESOURCES / "icons" / "LICENSE").is_file()
    assert (RESOURCES / "fonts" / "OFL.txt").is_file()
    assert icons
    assert all("currentColor" in icon.read_text("utf-8") for icon in icons)


def test_there_is_one_theme():
    assert theme_of() is theme_of()
