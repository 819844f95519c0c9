"""The JSON of a bureau report, as `register`, `apply` and `score` take it."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator

from app.cli.border_values import Day, Whole, WrongValueError, word_reader
from db.records.people import BureauReport
from db.vocabulary.people import BureauName, BureauScoreState

STRICT = {"extra": "forbid"}


def _score(value: object) -> int | BureauScoreState:
    """A bureau score, or the report's own word for having none."""
    if isinstance(value, str) and not value.strip().isdigit():
        return word_reader(BureauScoreState)(value)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise WrongValueError("Bureau score is a whole number, or the report's word for none")
    return int(value)


BureauNameWord = Annotated[BureauName, PlainValidator(word_reader(BureauName))]
Score = Annotated[int | BureauScoreState, PlainValidator(_score)]


@dataclass(frozen=True)
class BureauForm:
    """The five facts of a bureau report."""

    __pydantic_config__ = STRICT
    bureau_name: BureauNameWord | None = None
    bureau_score: Score | None = None
    bureau_report_date: Day | None = None
    bureau_late_payments: Whole | None = None
    bureau_active_loans: Whole | None = None

    def report(self) -> BureauReport:
        """The typed report; a number means SCORED."""
        score = self.bureau_score
        state = score if isinstance(score, BureauScoreState) else None
        number = None if isinstance(score, BureauScoreState) else score
        return BureauReport(
            bureau_name=self.bureau_name,
            score=number,
            score_state=BureauScoreState.SCORED if number is not None else state,
            report_date=self.bureau_report_date,
            late_payments=self.bureau_late_payments,
            active_loans=self.bureau_active_loans,
        )
