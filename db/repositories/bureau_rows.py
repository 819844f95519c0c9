"""A bureau report between its record and its columns."""

from sqlalchemy import RowMapping

from db.records.people import BureauReport


def bureau_values(report: BureauReport) -> dict[str, object]:
    """Return the column values of a report."""
    return {
        "bureau_name": report.bureau_name,
        "bureau_score": report.score,
        "bureau_score_state": report.score_state,
        "bureau_report_date": report.report_date,
        "bureau_late_payments": report.late_payments,
        "bureau_active_loans": report.active_loans,
    }


def bureau_of(row: RowMapping) -> BureauReport:
    """Return the report that stands in a row."""
    return BureauReport(
        bureau_name=row["bureau_name"],
        score=row["bureau_score"],
        score_state=row["bureau_score_state"],
        report_date=row["bureau_report_date"],
        late_payments=row["bureau_late_payments"],
        active_loans=row["bureau_active_loans"],
    )
