"""The 28 model inputs as people read them; column names never reach a screen.

Source: explanations.md X7. The names are those of `ml/features.py`; a test holds both equal.
"""

from collections.abc import Mapping

FEATURE_LABELS: Mapping[str, str] = {
    "debt_to_income_ratio": "Debt instalments as a share of income",
    "loan_to_income_ratio": "Loan in years of income",
    "estimated_emi": "New monthly instalment",
    "monthly_income": "Monthly income",
    "loan_amount": "Loan amount",
    "loan_amount_category": "Loan amount band",
    "loan_tenure_months": "Tenure in months",
    "tenure_category": "Tenure band",
    "interest_rate": "Card rate of the product",
    "years_of_experience": "Years of experience",
    "fixed_obligation_to_income_ratio": "All fixed dues as a share of income",
    "existing_emi": "Existing debt instalments",
    "net_monthly_surplus": "Left each month after all dues",
    "loan_to_value_ratio": "Loan as a share of the security",
    "collateral_cover": "Security cover after margin",
    "bureau_score": "Credit bureau score",
    "bureau_score_missing": "No credit bureau score",
    "active_loan_count": "Loans running now",
    "prior_late_payments": "Late instalments before",
    "months_as_customer": "Months as our customer",
    "months_with_employer": "Months in the present work",
    "has_guarantor": "Guarantor offered",
    "employment_self_employed": "Self-employed",
    "employment_business": "In business",
    "purpose_home": "Purpose: home",
    "purpose_vehicle": "Purpose: vehicle",
    "purpose_education": "Purpose: education",
    "purpose_business": "Purpose: business",
}
