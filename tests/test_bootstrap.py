from pathlib import Path

import pytest

from app.bootstrap import DESK_BOOK, SANDBOX_BOOK, ports_of, verb_in, window_settings
from app.settings import SettingsError, read_settings


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ([], ""),
        (["--data-dir", "desk"], ""),
        (["--data-dir=desk"], ""),
        (["--json", "customers", "--search", "reddy"], "customers"),
        (["--data-dir", "desk", "self-test"], "self-test"),
        (["--as-of", "2026-09-30", "portfolio", "summary"], "portfolio"),
    ],
)
def test_the_verb_is_the_first_word_that_is_no_options_value(words, verb):
    assert verb_in(words) == verb


def test_the_window_takes_its_options(tmp_path: Path):
    settings = window_settings(["--data-dir", str(tmp_path), "--theme=dark"])
    assert settings.data_dir == tmp_path
    assert settings.text("theme") == "dark"


def test_the_window_refuses_what_it_does_not_know():
    with pytest.raises(SettingsError, match="no option --colour"):
        window_settings(["--colour", "red"])


def test_an_unused_desk_gives_way_to_the_sandbox_beside_it(tmp_path: Path):
    settings = read_settings({}, {"data_dir": str(tmp_path)})
    assert ports_of(settings).url.endswith(DESK_BOOK)
    (tmp_path / SANDBOX_BOOK).touch()
    assert ports_of(settings).url.endswith(SANDBOX_BOOK)
    assert ports_of(settings, sandbox=True).url.endswith(SANDBOX_BOOK)


def test_an_address_given_beats_both_files(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    settings = read_settings({}, {"data_dir": str(tmp_path), "database": url})
    (tmp_path / SANDBOX_BOOK).touch()
    assert ports_of(settings, sandbox=True).url == url
