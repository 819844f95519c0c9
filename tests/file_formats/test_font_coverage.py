"""What no shipped font can show is told by its script or its name."""

from pathlib import Path

import pytest

from app.file_formats.font_coverage import ScriptMissingError, check_shown, named
from app.resource_files import resource

FONTS = resource("fonts")


@pytest.mark.parametrize(
    "text",
    ["Asha Kulkarni", "रवि श्रीवास्तव", "ಕೃಷ್ಣಮೂರ್ತಿ", "₹1,00,000.00 — “x” 2…", "a\tb\nc", "क्‍ष"],
)
def test_shipped_scripts_are_shown(text: str) -> None:
    check_shown([text], FONTS)


@pytest.mark.parametrize(
    ("text", "character", "script"),
    [
        ("Selvi தமிழ்", "த", "Tamil"),
        ("ਗੁਰਪ੍ਰੀਤ", "ਗ", "Gurmukhi"),
        ("Asha 😀", "😀", "grinning face"),
        ("تاج", "ت", "Arabic"),
        ("a\u0007b", "\u0007", "unknown sign"),
    ],
)
def test_a_character_without_a_font_is_named(text: str, character: str, script: str) -> None:
    with pytest.raises(ScriptMissingError) as missing:
        check_shown(["fine", text, "fine too"], FONTS)
    assert f"“{character}” ({script})" in missing.value.sentence
    assert text in missing.value.sentence


def test_a_long_text_is_cut_in_the_sentence() -> None:
    with pytest.raises(ScriptMissingError) as missing:
        check_shown(["x" * 500 + "😀"], FONTS)
    assert len(missing.value.sentence) < 200


def test_without_fonts_nothing_is_shown(tmp_path: Path) -> None:
    with pytest.raises(ScriptMissingError):
        check_shown(["a"], tmp_path)
    check_shown([], tmp_path)


def test_a_vowel_sign_names_its_script() -> None:
    assert named("ி") == "Tamil"
