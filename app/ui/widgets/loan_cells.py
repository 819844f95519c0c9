"""How a loan's class and its money look in a cell: word, icon and colour; amounts to the paisa.

Source: visual-language.md (never colour alone; numbers at the right with equal decimals).
"""

from PySide6.QtCore import QCoreApplication

from app.rules.asset_classification import is_npa
from app.rules.money import rupees
from db.vocabulary.loan_life import AssetClass


def class_icon(asset_class: AssetClass) -> tuple[str, str]:
    """Good while standard, a warning in special mention, bad from sub-standard on."""
    if is_npa(asset_class):
        return "circle-x", "bad"
    if asset_class is AssetClass.STANDARD:
        return "circle-check", "good"
    return "alert-triangle", "warning"


def days_late_words(days: int) -> str:
    """So many days late.

    >>> days_late_words(1), days_late_words(1057)
    ('1 day late', '1,057 days late')
    """
    if days == 1:
        return QCoreApplication.translate("LoanCells", "1 day late")
    words = QCoreApplication.translate("LoanCells", "%1 days late")
    return words.replace("%1", f"{days:,}")


def exact_amount(paise: int) -> str:
    """An amount in a column whose head carries the sign, always with paise.

    >>> exact_amount(898569), exact_amount(-50)
    ('8,985.69', '-0.50')
    """
    return rupees(paise).replace("₹", "")


def amount_or_blank(paise: int) -> str:
    """The same; nothing for 0, so that a column shows only what moved."""
    return exact_amount(paise) if paise else ""
