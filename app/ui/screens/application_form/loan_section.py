"""Section 2 of S31: what is asked for, on which terms, with which charges."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.rules.money import amount_in_words, percent_text, rupees_shown
from app.rules.products import Product
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import FormRow, FormSection
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.line_field import LineField
from app.ui.widgets.money_edit import MoneyEdit
from app.ui.widgets.percent_edit import PercentEdit
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text_edit import NoteEdit
from app.ui.widgets.workbench import Workbench
from db.vocabulary.lending import Benchmark, LoanPurpose, RateType, RepaymentType

_SHORT = 180
_TENURE_STEP = 6
_REMARKS = 2_000


def _tr(words: str) -> str:
    return QCoreApplication.translate("LoanSection", words)


class LoanSection(FormSection):
    """Purpose, product, amount, tenure, rate, repayment: what every loan has, then remarks."""

    def __init__(self) -> None:
        super().__init__(_tr("Loan"))
        purposes = [Choice(purpose, word_of("loan_purpose", purpose)) for purpose in LoanPurpose]
        self.add(FormRow(_tr("Loan purpose"), Picker("loan_purpose", purposes)))
        self.add(FormRow(_tr("Product"), Picker("product_code", [])))
        self._add_household()
        self.add(FormRow(_tr("Loan amount"), MoneyEdit("loan_amount"), width=_SHORT))
        tenure = CountEdit("loan_tenure_months", _tr("months"), _TENURE_STEP)
        self.add(FormRow(_tr("Loan tenure"), tenure, width=_SHORT))
        self.add(FormRow(_tr("Interest rate"), PercentEdit("interest_rate"), width=_SHORT))
        rates = [Choice(kind, word_of("rate_type", kind)) for kind in RateType]
        self.add(FormRow(_tr("Rate type"), Segmented("rate_type", rates)))
        self._add_floating()
        kinds = {
            RepaymentType.EMI: _tr("Equal monthly instalments"),
            RepaymentType.BULLET: _tr("All at the end"),
        }
        repaid = [Choice(kind, text) for kind, text in kinds.items()]
        self.add(FormRow(_tr("Repayment"), Picker("repayment_type", repaid)))
        self.add(FormRow(_tr("Remarks"), NoteEdit("remarks", _REMARKS), optional=True))
        preview = CheckField("score_preview", _tr("Show while typing"))
        self.add(FormRow(_tr("Score preview"), preview))

    def _add_floating(self) -> None:
        kinds = [Choice(kind, word_of("benchmark", kind)) for kind in Benchmark]
        self.add(FormRow(_tr("Benchmark"), Picker("benchmark", kinds)))
        self.add(FormRow(_tr("Spread"), PercentEdit("spread", "%"), width=_SHORT))

    def _add_household(self) -> None:
        for name, words in (
            ("household_income", _tr("Household income a year")),
            ("household_repayments", _tr("Household repayments a month")),
        ):
            self.add(FormRow(words, MoneyEdit(name), width=_SHORT))


class ChargesSection(FormSection):
    """What few loans change: dates, fees other than the product's own, the way it came in."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(_tr("Dates and charges"), _tr("empty takes the product's own"))
        today = workbench.desk.clock.today
        for words, field in (
            (_tr("Processing fee"), MoneyEdit("processing_fee")),
            (_tr("First due date"), DateEdit("first_due_date", today)),
            (_tr("Moratorium"), CountEdit("moratorium_months", _tr("months"))),
            (_tr("Insurance premium"), MoneyEdit("insurance_premium")),
            (_tr("Other charges"), MoneyEdit("other_charges")),
        ):
            self.add(FormRow(words, field, optional=True, width=_SHORT))
        digital = CheckField("digital_loan", _tr("Applied for and paid out online"))
        self.add(FormRow(_tr("Digital loan"), digital))


def product_choices(products: tuple[Product, ...], purpose: object) -> list[Choice]:
    """The products that serve a purpose, all while none is chosen."""
    return [
        Choice(product.product_code, product.names["en"])
        for product in products
        if purpose is None or purpose in product.purposes
    ]


def amount_note(amount_paise: int | None) -> str:
    """The amount in words, for the note column."""
    return "" if amount_paise is None else amount_in_words(amount_paise)


def show_rate(row: FormRow, product: Product | None, rate_ppm: int | None) -> None:
    """Put the card rate beside the field, and offer it in the empty one."""
    row.set_note(rate_note(product, rate_ppm))
    if isinstance(row.input, LineField):
        row.input.suggest(None if product is None else product.card_rate_ppm)


def rate_note(product: Product | None, rate_ppm: int | None) -> str:
    """Where the rate stands against the card of the product."""
    if product is None:
        return ""
    least, most = percent_text(product.rate_ppm.least), percent_text(product.rate_ppm.most)
    if rate_ppm is None:
        return _tr("card rate %1 %").replace("%1", percent_text(product.card_rate_ppm))
    inside = product.rate_ppm.allows(rate_ppm)
    words = _tr("on the card, %1 to %2 %") if inside else _tr("off the card, %1 to %2 %")
    return words.replace("%1", least).replace("%2", most)


def tenure_note(last_due: date | None, born: date | None) -> str:
    """When the loan ends, and how old the applicant is then."""
    if last_due is None:
        return ""
    words = _tr("ends %1").replace("%1", f"{last_due:%b %Y}")
    if born is None:
        return words
    age = last_due.year - born.year - ((last_due.month, last_due.day) < (born.month, born.day))
    return f"{words}, {_tr('age %1').replace('%1', str(age))}"


def fee_note(fee_paise: int | None, gst_paise: int | None) -> str:
    """The fee with its tax, for the note column."""
    if fee_paise is None or gst_paise is None:
        return ""
    words = _tr("%1 and GST %2").replace("%1", rupees_shown(fee_paise))
    return words.replace("%2", rupees_shown(gst_paise))
