"""A branch with as many loans as wished, each with its ledger, written by the server itself.

PostgreSQL only: generate_series makes the rows, so that a million loans with their instalments and
receipts are there in minutes. A twentieth of the borrowers has a second loan. A seventh of the
loans has missed its last one to five instalments, which its number says; all others were paid on
their day, and a thirtieth of them falls due on each day of a month.
"""

import sys
from datetime import date

from benchmark_crowd import BRANCH, OFFICER
from benchmark_sql import Driver, Words, fill, insert

SAY = Words(server=True)
DAY = date(2026, 9, 30)
"""The day up to which instalments have fallen due and are paid or missed."""
EMI, INTEREST = 223_710, 100_000
PRINCIPAL = EMI - INTEREST
COMING = 3
TABLES = ("customers", "applications", "loans", "instalments", "repayments")
_MISSED = "(CASE WHEN n.n % 7 = 0 THEN 1 + (n.n / 7) % 5 ELSE 0 END)"
_DUE = "(l.first_due_date + make_interval(months => k.k))::date"


def _people() -> tuple[str, str]:
    """Who closes the days of the branch."""
    person = {
        "user_id": f"'{OFFICER}'::uuid", "staff_id": "'bench'", "staff_key": "'bench'",
        "full_name": "'Bench'", "state": "'Active'", "branch_id": str(BRANCH), "failed_tries": "0",
    }  # fmt: skip
    role = {"branch_id": str(BRANCH), "user_id": f"'{OFFICER}'::uuid", "role": "'Supervisor'"}
    once = "generate_series(1, 1)"
    return insert("users", person, once), insert("user_branches", role, once)


def _customers(borrowers: int) -> str:
    words = {
        "full_name": "Ravi Kumar", "search_name": "ravi kumar", "full_name_local": "",
        "email": "", "address": "14, 4th Main", "city": "Mysuru", "state": "Karnataka",
        "pincode": "560011", "segment": "Retail", "kyc_status": "Complete", "kyc_risk": "Low",
        "date_of_birth": "1980-01-01", "customer_since": "2016-01-01", "officer_id": str(OFFICER),
    }  # fmt: skip
    values = {
        "branch_id": str(BRANCH), "customer_id": SAY.key(1, "n.n"), "number": "1001 + n.n",
        "phone": "(6000000000 + n.n)::text", "form_60": "false", "created_at": "now()",
        "pan_index": "decode(lpad(to_hex(n.n), 64, '0'), 'hex')", "version": "1",
        **_quoted(words, {"date_of_birth": "date", "customer_since": "date", "officer_id": "uuid"}),
    }  # fmt: skip
    return insert("customers", values, f"generate_series(0, {borrowers - 1}) AS n(n)")


def _applications(loans: int, borrowers: int) -> str:
    words = {
        "product_code": "HOME_RENOVATION", "loan_purpose": "Home Renovation", "rate_type": "Fixed",
        "repayment_type": "EMI", "remarks": "", "status": "Disbursed",
        "application_date": "2024-01-01", "officer_id": str(OFFICER),
    }  # fmt: skip
    values = {
        "branch_id": str(BRANCH), "application_id": SAY.key(2, "n.n"), "number": "1001 + n.n",
        "customer_id": SAY.key(1, f"(n.n % {borrowers})"), "amount_paise": "10000000",
        "tenure_months": "60", "rate_ppm": "122500", "moratorium_months": "0",
        "insurance_premium_paise": "0", "other_charges_paise": "0", "digital_loan": "false",
        "status_since": "now()", "version": "1",
        **_quoted(words, {"application_date": "date", "officer_id": "uuid"}),
    }  # fmt: skip
    return insert("applications", values, f"generate_series(0, {loans - 1}) AS n(n)")


def _loans(loans: int, borrowers: int, months: int) -> str:
    year, month = divmod(DAY.year * 12 + DAY.month - months, 12)
    first = f"(DATE '{date(year, month + 1, 1).isoformat()}' + (n.n % 30)::int)"
    words = {
        "product_code": "HOME_RENOVATION", "loan_purpose": "Home Renovation", "status": "Active",
        "asset_class": "Standard", "dpd_bucket": "0", "sanction_date": "2024-04-05",
        "disbursement_date": "2024-04-05", "officer_id": str(OFFICER),
    }  # fmt: skip
    later = f"{first} + make_interval(months => {months}"
    values = {
        "branch_id": str(BRANCH), "loan_id": SAY.key(3, "n.n"), "number": "1001 + n.n",
        "application_id": SAY.key(2, "n.n"), "customer_id": SAY.key(1, f"(n.n % {borrowers})"),
        "principal_paise": str((months + COMING) * PRINCIPAL),
        "outstanding_paise": f"({COMING} + {_MISSED}) * {PRINCIPAL}",
        "overdue_paise": f"{_MISSED} * {EMI}", "emi_paise": str(EMI), "rate_ppm": "122500",
        "tenure_months": "60", "first_due_date": first, "next_due_date": f"({later}))::date",
        "oldest_unpaid_due": f"CASE WHEN {_MISSED} > 0 THEN ({later} - {_MISSED}))::date END",
        "version": "1",
        **_quoted(
            words, {"sanction_date": "date", "disbursement_date": "date", "officer_id": "uuid"}
        ),
    }  # fmt: skip
    return insert("loans", values, f"generate_series(0, {loans - 1}) AS n(n)")


def _instalments(months: int) -> str:
    whole, paid = (months + COMING) * PRINCIPAL, f"k.k < {months} - l.missed"
    values = {
        "branch_id": str(BRANCH), "loan_id": "l.loan_id", "number": "k.k + 1", "due_date": _DUE,
        "opening_paise": f"{whole} - k.k * {PRINCIPAL}", "interest_paise": str(INTEREST),
        "principal_paise": str(PRINCIPAL), "closing_paise": f"{whole} - (k.k + 1) * {PRINCIPAL}",
        "paid_interest_paise": f"CASE WHEN {paid} THEN {INTEREST} ELSE 0 END",
        "paid_principal_paise": f"CASE WHEN {paid} THEN {PRINCIPAL} ELSE 0 END",
        "paid_on": f"CASE WHEN {paid} THEN {_DUE} END",
    }  # fmt: skip
    return insert("instalments", values, _each_loan(months + COMING))


def _receipts(loans: int, months: int) -> tuple[str, str]:
    """Payments out, and a row of the ledger for every instalment that was paid."""
    whole = (months + COMING) * PRINCIPAL
    out = {
        "branch_id": str(BRANCH), "disbursement_id": SAY.key(4, "n.n"),
        "loan_id": SAY.key(3, "n.n"), "amount_paise": str(whole),
        "disbursement_date": "DATE '2024-04-05'", "mode": "'Cheque'",
    }  # fmt: skip
    back = {
        "branch_id": str(BRANCH), "repayment_id": "gen_random_uuid()", "loan_id": "l.loan_id",
        "value_date": _DUE, "recorded_at": _DUE, "amount_paise": str(EMI),
        "interest_paise": str(INTEREST), "principal_paise": str(PRINCIPAL), "charges_paise": "0",
        "excess_paise": "0", "balance_after_paise": f"{whole} - (k.k + 1) * {PRINCIPAL}",
        "method": "'Mandate'", "reference": "''", "policy": "'FIFO_IPC'",
    }  # fmt: skip
    paid = f"{_each_loan(months)} WHERE k.k < {months} - l.missed"
    return (
        insert("disbursements", out, f"generate_series(0, {loans - 1}) AS n(n)"),
        insert("repayments", back, paid),
    )


def _each_loan(months: int) -> str:
    missed = _MISSED.replace("n.n", "(number - 1001)")
    own = f"SELECT loan_id, first_due_date, {missed} AS missed FROM loans"  # noqa: S608  # our own
    return f"({own}) AS l CROSS JOIN generate_series(0, {months - 1}) AS k(k)"


def _quoted(words: dict[str, str], kinds: dict[str, str]) -> dict[str, str]:
    return {
        name: f"'{word}'::{kinds[name]}" if name in kinds else f"'{word}'"
        for name, word in words.items()
    }


def fill_ledger(engine: Driver, loans: int, months: int, *, receipts: bool) -> None:
    """Fill a migrated book; indexes are made once the rows are in.

    Args:
        engine: of PostgreSQL.
        loans: how many.
        months: instalments of each that have fallen due by `DAY`; three more are to come.
        receipts: whether the ledger has its rows, or the instalments alone say what was paid.
    """
    borrowers = loans * 20 // 21
    made = [*_people(), _customers(borrowers), _applications(loans, borrowers)]
    made += [_loans(loans, borrowers, months), _instalments(months)]
    made += _receipts(loans, months) if receipts else ()
    fill(engine, SAY, TABLES, made)


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
