"""Acts of the audit chain as people read them on a timeline."""

from PySide6.QtCore import QCoreApplication

_WORDS = {
    "register_customer": "Customer registered",
    "update_customer": "Facts changed",
    "reveal_pan": "PAN looked at",
    "submit_application": "Application entered",
    "enter_application": "Application entered",
    "withdraw_application": "Application withdrawn",
    "score_application": "Scored again",
    "assess_application": "Scored",
    "decide_application": "Decided",
    "disburse_loan": "Loan disbursed",
    "post_repayment": "Payment received",
    "import_rows": "Imported",
    "make_sample_book": "Made for the sample book",
}


def act_words(act: str) -> str:
    """The words of an act; one that is not listed is spelled out."""
    words = _WORDS.get(act) or act.replace("_", " ").capitalize()
    return QCoreApplication.translate("CustomerScreen", words)
