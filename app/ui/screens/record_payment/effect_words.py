"""What a payment does, in sentences: dues cleared, days late, class, and what more is needed."""

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.read_payments import PaymentDesk
from app.services.steps.receipt_effect import ReceiptEffect
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.loan_life import AssetClass


def tr(words: str) -> str:
    """Words of this page."""
    return QCoreApplication.translate("RecordPayment", words)


def start_words(*, chosen: bool) -> str:
    """What stands before anything is worked out."""
    return tr("The loan is read first.") if chosen else tr("Choose a loan and enter an amount.")


def dues_words(effect: ReceiptEffect) -> str:
    """How many dues it clears: "Clears 2 of 3 dues"."""
    before, after = effect.dues_before, effect.dues_after
    if before == 0:
        return tr("No instalment is in arrears")
    if after > before:
        words = tr("%1 more dues fall into arrears")
        return words.replace("%1", str(after - before))
    words = tr("Clears the only due") if before == 1 else tr("Clears all %2 dues")
    if after:
        words = tr("Clears none of %2 dues") if after == before else tr("Clears %1 of %2 dues")
    return words.replace("%1", str(before - after)).replace("%2", str(before))


def need_words(effect: ReceiptEffect) -> str:
    """What more is needed: "SMA-1 until ₹12,400 more"; empty when nothing is."""
    after = effect.after
    if not after.cure_paise:
        return ""
    if after.better_class is not None:
        words = tr("%1 until %2 more; all arrears are %3")
        words = words.replace("%2", rupees_shown(after.better_paise))
    else:
        words = tr("%1 until %3 more")
    words = words.replace("%1", class_words(after.asset_class))
    return words.replace("%3", rupees_shown(after.cure_paise))


def moved_words(effect: ReceiptEffect) -> str:
    """That the split of later payments changes; empty where none does."""
    if not effect.moved_receipts:
        return ""
    if effect.moved_receipts == 1:
        return tr("The split of one other payment changes: a correction is added, nothing is lost")
    words = tr("The split of %1 other payments changes: corrections are added, nothing is lost")
    return words.replace("%1", str(effect.moved_receipts))


def as_of_words(effect: ReceiptEffect) -> str:
    """Of which day-end days and class are: only a day-end moves a class."""
    return tr("at the day-end of %1").replace("%1", date_shown(effect.after.as_of))


def class_words(asset_class: AssetClass) -> str:
    """A class as people read it."""
    return word_of("asset_class", asset_class)


def change_words(before: str, after: str) -> str:
    """A figure before and after; one of them where nothing changes."""
    if before == after:
        return after
    return tr("%1, was %2").replace("%1", after).replace("%2", before)


def due_words(seen: PaymentDesk) -> str:
    """What is due, for the note beside the amount."""
    if seen.due_paise:
        return tr("%1 is due").replace("%1", rupees_shown(seen.due_paise))
    if seen.next_due_date is None:
        return ""
    words = tr("Nothing is due; %1 falls due on %2")
    words = words.replace("%1", rupees_shown(seen.next_due_paise))
    return words.replace("%2", date_shown(seen.next_due_date))
