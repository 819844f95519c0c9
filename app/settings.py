"""Every setting once: its name, default, and where its value came from.

Order: built in < settings file (TOML) < environment `KASAUTI_*` < command line. Standard
library only, since this is read before the first window is painted.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

THEMES = ("system", "light", "dark")
LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting: name, built-in value, what it is for and, if closed, its allowed words."""

    name: str
    default: str
    about: str
    allowed: tuple[str, ...] = ()


SPECS = (
    SettingSpec("data_dir", "", "folder of this desk's files"),
    SettingSpec("database", "", "address of the book; empty = SQLite in the data folder"),
    SettingSpec("branch", "", "branch code, four digits; empty = the only branch of the user"),
    SettingSpec("theme", "system", "colours of the window", THEMES),
    SettingSpec("lang", "en", "language of words and letters", LANGUAGES),
    SettingSpec("model_dir", "", "folder of the champion model; empty = the bundled one"),
    SettingSpec("attachment_max_kb", "5120", "largest attached file in kilobytes"),
    SettingSpec("attachment_max_papers", "40", "largest number of papers of one application"),
    SettingSpec("attachment_kinds", "pdf jpeg png", "kinds of file that may be attached"),
    SettingSpec("log_level", "INFO", "how much is logged", ("DEBUG", "INFO", "WARNING", "ERROR")),
)


class SettingsError(Exception):
    """The configuration cannot be used.

    Attributes:
        sentence: what is wrong and where, for the person who set it up.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with its origin: built in, file, environment or command line."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run."""

    values: tuple[Setting, ...]

    def text(self, name: str) -> str:
        """Return the value of a setting.

        Raises:
            KeyError: no such setting is declared.
        """
        for setting in self.values:
            if setting.name == name:
                return setting.value
        raise KeyError(name)

    @property
    def data_dir(self) -> Path:
        """The folder of this desk's files; the user's data folder by default."""
        chosen = self.text("data_dir")
        return Path(chosen).expanduser() if chosen else user_data_path("kasauti", appauthor=False)


def read_settings(
    environment: Mapping[str, str],
    given: Mapping[str, str],
    config: Path | None = None,
) -> Settings:
    """Resolve every setting.

    Args:
        environment: variables of the process; only `KASAUTI_<NAME>` of declared names count.
        given: values of the command line, by setting name.
        config: TOML file, if one was named.

    Raises:
        SettingsError: the file cannot be read, names an unknown setting, or a value is not one
            of the allowed words.
    """
    in_file = _read_file(config) if config else {}
    return Settings(tuple(_resolve(spec, in_file, environment, given) for spec in SPECS))


def _resolve(
    spec: SettingSpec,
    in_file: Mapping[str, str],
    environment: Mapping[str, str],
    given: Mapping[str, str],
) -> Setting:
    variable = f"KASAUTI_{spec.name.upper()}"
    candidates = (
        (given.get(spec.name), "command line"),
        (environment.get(variable), variable),
        (in_file.get(spec.name), "settings file"),
        (spec.default, "built in"),
    )
    value, origin = next((v, o) for v, o in candidates if v is not None)
    if spec.allowed and value not in spec.allowed:
        words = ", ".join(spec.allowed)
        raise SettingsError(f"Setting {spec.name} ({origin}) must be one of: {words}")
    return Setting(spec.name, value, origin)


def _read_file(path: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"The settings file {path.name} cannot be read") from fault
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"The settings file {path.name} is not TOML: {fault}") from fault
    unknown = sorted(set(content) - {spec.name for spec in SPECS})
    if unknown:
        raise SettingsError(f"The settings file {path.name} names unknown settings: {unknown}")
    return {name: str(value) for name, value in content.items()}
