"""The JSON of `register` and `update-customer`: the fields of the customer form."""

from dataclasses import dataclass, field, replace
from typing import Any

from app.cli.border import read_form
from app.cli.border_values import (
    Day,
    Digits,
    EmptyIsNone,
    MonthsOfYears,
    Paise,
    Text,
    Whole,
    YesOrNo,
    word,
    word_reader,
)
from app.services.steps.customer_facts import CustomerFacts, ObligationEntry
from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    EmploymentType,
    Gender,
    IncomeSource,
    OtherIdType,
    State,
)
from typing import Annotated

from pydantic import PlainValidator

STRICT = {"extra": "forbid"}


def _score(value: object) -> int | str:
    """A bureau score, or the report's own word for having none."""
    if isinstance(value, str) and not value.strip().isdigit():
        return word_reader(BureauScoreState)(value)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("Bureau score is a whole number, or the report's word for none")
    return int(value)


@dataclass(frozen=True)
class BureauForm:
    """The five facts of a bureau report."""

    __pydantic_config__ = STRICT
    bureau_name: word(BureauName) | None = None
    bureau_score: Annotated[int | str, PlainValidator(_score)] | None = None
    bureau_report_date: Day | None = None
    bureau_late_payments: Whole | None = None
    bureau_active_loans: Whole | None = None

    def report(self) -> BureauReport:
        """The typed report; a score means SCORED."""
        score, state = self.bureau_score, None
        if isinstance(score, str):
            score, state = None, BureauScoreState(score)
        elif score is not None:
            state = BureauScoreState.SCORED
        return BureauReport(
            bureau_name=self.bureau_name,
            score=score,
            score_state=state,
            report_date=self.bureau_report_date,
            late_payments=self.bureau_late_payments,
            active_loans=self.bureau_active_loans,
        )
