"""The Profile as rows: a heading a section, then its facts with their provenance (F10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.services.read_customer_profile import ProfileFact
from app.services.steps.fact_fields import FactSection
from app.ui.item_models.columns import Column
from app.ui.screens.customer.fact_words import fact_label, section_title, value_words
from app.ui.widgets.lending_cells import word_of


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A fact, or the heading of a section where `fact` is None."""

    section: FactSection
    fact: ProfileFact | None = None


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def rows_of(facts: Sequence[ProfileFact]) -> tuple[ProfileRow, ...]:
    """The rows of the list, section by section."""
    rows: list[ProfileRow] = []
    for section in FactSection:
        rows.append(ProfileRow(section))
        rows += [ProfileRow(section, fact) for fact in facts if fact.section is section]
    return tuple(rows)


def profile_columns() -> tuple[Column[ProfileRow], ...]:
    """Fact, value, whether it was checked and by what, by whom, since when."""
    return (
        Column("fact", _tr("Fact"), _name, 154, strong=_heads, muted=_tells),
        Column("value", _tr("Value"), _value, 244, strong=True, tip=_value),
        Column("source", _tr("Comes from"), source_words, 190, icon=_dot, tip=source_words),
        Column("by", _tr("Checked by"), _checked_by, 96, muted=True),
        Column("on", _tr("Since"), _since, 96, "right", muted=True),
    )


def _heads(row: ProfileRow) -> bool:
    return row.fact is None


def _tells(row: ProfileRow) -> bool:
    return row.fact is not None


def _name(row: ProfileRow) -> str:
    return section_title(row.section) if row.fact is None else fact_label(row.fact.name)


def _value(row: ProfileRow) -> str:
    return "" if row.fact is None else value_words(row.fact.name, row.fact.value)


def _dot(row: ProfileRow) -> tuple[str, str] | None:
    fact = row.fact
    if fact is None or (fact.value is None and fact.waiting is None):
        return None
    if fact.waiting is not None:
        return "hourglass", "warning"
    return ("circle-filled", "good") if fact.checked else ("circle", "muted")


def source_words(row: ProfileRow) -> str:
    """Checked or not, and the source: "Checked: passport", "Not checked: told"."""
    fact = row.fact
    if fact is None:
        return ""
    if fact.waiting is not None:
        return _tr("Correction waits")
    if fact.value is None:
        return ""
    source = fact.document or word_of("fact_source", fact.source).lower()
    words = _tr("Checked: %1") if fact.checked else _tr("Not checked: %1")
    return words.replace("%1", source)


def _checked_by(row: ProfileRow) -> str:
    return "" if row.fact is None else row.fact.checked_by


def _since(row: ProfileRow) -> str:
    fact = row.fact
    if fact is None or fact.value is None or fact.on is None:
        return ""
    return date_shown(fact.on)
