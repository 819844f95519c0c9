"""Words for what a rule row stores as codes: segment, confirmation, place in the program."""

from PySide6.QtCore import QCoreApplication

from app.rules.rule_rows import ALL_SEGMENTS, RuleRow
from app.rules.rule_values import rule_value_shown
from app.rules.wording import UnknownWordError
from app.ui.widgets.dated_rows import readable
from app.ui.widgets.lending_cells import word_of

_NINE = "nine:"
_SHIPPED = "shipped"
_WORD = "word"
_LISTS = {  # where the word list of a rule has another name than the rule
    "emi_fallback_rounding": "emi_rounding",
    "interest_full_month": "interest_method",
    "interest_other_period": "interest_method",
    "prepayment_default_keep": "prepayment_keep",
    "excess_treatment": "excess_choice",
    "kyc_default_risk": "kyc_risk",
    "risk_level_recommendation": "recommendation",
    "band_recommendation": "recommendation",
    "collection_efficiency_variant": "collection_variant",
}
_AREAS = {
    "app/rules": "lending rules",
    "app/services": "work of the desk",
    "ml/monitoring": "watching the model",
    "ml/runtime": "the score",
    "ml/training": "training the model",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("RulesScreen", words)


def segment_words(segment: str) -> str:
    """A segment as people read it; every rule has at least the segment "All"."""
    return _tr("All") if segment == ALL_SEGMENTS else readable(segment)


def row_value(row: RuleRow) -> str:
    """The value with its unit; a stored word as people read it."""
    shown = rule_value_shown(row.value, row.unit)
    return value_word(row.code, shown) if row.unit == _WORD and row.value is not None else shown


def value_word(code: str, word: str) -> str:
    """A word that the rule of this code may take, as people read it.

    >>> value_word("emi_fallback_rounding", "PAISA")
    'To the paisa'
    """
    try:
        return word_of(_LISTS.get(code, code), word)
    except UnknownWordError:
        return readable(word)


def confirm_words(row: RuleRow) -> str:
    """Who stands behind a row, and what the bank has still to look at."""
    if row.proposed_by not in {"", _SHIPPED}:
        return _tr("Changed by people of this bank.")
    if row.confirm is None:
        return _tr("Shipped with the program.")
    head = _tr("Shipped, not yet confirmed by the bank.")
    if row.confirm == "text":
        tail = _tr("Seen in summaries only: read the original text.")
    elif row.confirm.startswith(_NINE):
        tail = _tr("One of the nine starting choices that the bank has to settle, number %1.")
        tail = tail.replace("%1", row.confirm.removeprefix(_NINE))
    else:
        tail = _tr("The bank agrees with this figure or puts its own.")
    return f"{head} {tail}"


def used_by_words(path: str) -> str:
    """Which part of the program reads the row.

    >>> used_by_words("app/rules/credit_policy.py")
    'Credit policy (lending rules)'
    """
    if not path:
        return ""
    folder, _, file = path.rpartition("/")
    area = next((words for start, words in _AREAS.items() if folder.startswith(start)), "")
    name = readable(file.removesuffix(".py"))
    return f"{name} ({_tr(area)})" if area else name
