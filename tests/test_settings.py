from pathlib import Path

import pytest

from app.settings import SPECS, SettingsError, read_settings


def test_every_setting_has_a_value_and_an_origin():
    settings = read_settings({}, {})
    assert [s.name for s in settings.values] == [spec.name for spec in SPECS]
    assert {s.origin for s in settings.values} == {"built in"}


def test_command_line_beats_environment_beats_file(tmp_path: Path):
    config = tmp_path / "desk.toml"
    config.write_text('theme = "light"\nbranch = "0412"\nlog_level = "ERROR"\n')
    settings = read_settings(
        {"KASAUTI_THEME": "dark", "KASAUTI_BRANCH": "0500"}, {"branch": "0600"}, config
    )
    origins = {s.name: (s.value, s.origin) for s in settings.values}
    assert origins["theme"] == ("dark", "KASAUTI_THEME")
    assert origins["branch"] == ("0600", "command line")
    assert origins["log_level"] == ("ERROR", "settings file")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("colour = 'red'", "unknown settings"),
        ("theme = ", "is not TOML"),
        ("theme = 'red'", "must be one of: system, light, dark"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(tmp_path: Path, content: str, said: str):
    config = tmp_path / "desk.toml"
    config.write_text(content)
    with pytest.raises(SettingsError) as refused:
        read_settings({}, {}, config)
    assert said in refused.value.sentence


def test_an_unreadable_file_is_refused(tmp_path: Path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings({}, {}, tmp_path / "absent.toml")


def test_data_dir_can_be_chosen(tmp_path: Path):
    assert read_settings({}, {"data_dir": str(tmp_path)}).data_dir == tmp_path
    assert read_settings({}, {}).data_dir.name == "kasauti"


def test_an_undeclared_setting_is_a_fault():
    with pytest.raises(KeyError):
        read_settings({}, {}).text("no_such_setting")
