"""Rows of lists as JSON, the same wherever they appear."""

from app.cli.json_messages import money, percent
from db.records.lists import ApplicationRow, LoanRow

HUNDRED = 100


def application_row(row: ApplicationRow) -> dict[str, object]:
    """One line of the applications list."""
    score = row.credit_score_hundredths
    return {
        "application_id": row.application_id,
        "reference": row.reference,
        "customer_id": row.customer_id,
        "full_name": row.full_name,
        "loan_amount": money(row.amount_paise),
        "loan_tenure_months": row.tenure_months,
        "interest_rate": percent(row.rate_ppm),
        "loan_purpose": row.loan_purpose,
        "product_code": row.product_code,
        "status": row.status,
        "credit_score": None if score is None else score / HUNDRED,
        "risk_probability": row.risk_probability,
        "risk_level": row.risk_level,
        "application_date": row.application_date,
    }


def loan_row(row: LoanRow, days_past_due: int | None) -> dict[str, object]:
    """One line of the loans list; days past due are derived by the caller, None = not asked."""
    return {
        "loan_id": row.loan_id,
        "reference": row.reference,
        "customer_id": row.customer_id,
        "application_id": row.application_id,
        "loan_amount": money(row.principal_paise),
        "outstanding_balance": money(row.outstanding_paise),
        "overdue_amount": money(row.overdue_paise),
        "emi_amount": money(row.emi_paise),
        "interest_rate": percent(row.rate_ppm),
        "tenure_months": row.tenure_months,
        "disbursement_date": row.disbursement_date,
        "next_due_date": row.next_due_date,
        "status": row.status,
        "asset_class": row.asset_class,
        "days_past_due": days_past_due,
    }
