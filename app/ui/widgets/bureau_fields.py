"""The facts of a credit bureau's report, typed from the paper (`form.bureau`).

Missing means unknown, never zero. Used by the customer form and the application form.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import FormRow
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from db.records.people import BureauReport
from db.vocabulary.people import BureauName, BureauScoreState

_LONGEST_SCORE = 20
_CODES = {
    "-1": BureauScoreState.NO_HISTORY,
    "nh": BureauScoreState.NO_HISTORY,
    "no history": BureauScoreState.NO_HISTORY,
    "no_history": BureauScoreState.NO_HISTORY,
    "0": BureauScoreState.THIN,
    "thin": BureauScoreState.THIN,
    "no report": BureauScoreState.NO_REPORT,
    "no_report": BureauScoreState.NO_REPORT,
    "old index": BureauScoreState.OLD_INDEX,
    "old_index": BureauScoreState.OLD_INDEX,
}
