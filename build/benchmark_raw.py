"""What each portfolio verb tells, as one statement that reads every raw row it hangs on.

Nothing comes from a summary. Bands and limits are fewer and plainer here than in the verbs, so no
statement does more than its verb. Portfolio verbs are held to these at the size of a small branch;
the aggregates of a figure alone are what the cells are measured against at a million loans.
"""

import sys
from collections.abc import Callable
from typing import Any

from benchmark_portfolio import DAY, FIRST_DAY, MONTH_BEFORE

# Pieces of the statements: who is open, what fell due, what became of the loans of a month end.
_PIECES = {
    "open": "l.status IN ('Active', 'Defaulted')",
    "npa": "asset_class IN ('Sub-Standard', 'Doubtful-1', 'Doubtful-2', 'Doubtful-3', 'Loss')",
    "dues": (
        "FROM instalments i JOIN loans l ON l.branch_id = i.branch_id AND l.loan_id = i.loan_id "
        "WHERE i.interest_paise + i.principal_paise > 0 AND i.due_date <= '{day}'"
    ),
    "on_time": (
        "count(*), sum(CASE WHEN i.paid_on <= i.due_date THEN 1 ELSE 0 END), "
        "sum(CASE WHEN i.paid_on > i.due_date THEN 1 ELSE 0 END), "
        "sum(CASE WHEN i.paid_on IS NULL THEN 1 ELSE 0 END)"
    ),
    "both_ends": (
        "FROM month_end_snapshots a JOIN loans l ON l.branch_id = a.branch_id "
        "AND l.loan_id = a.loan_id LEFT JOIN month_end_snapshots b ON b.branch_id = a.branch_id "
        "AND b.loan_id = a.loan_id AND b.month_end = '{day}' WHERE a.month_end = '{before}'"
    ),
    "months": (
        "SELECT 1 AS what, s.month_end AS month, sum(s.outstanding_paise) AS a, "
        "sum(CASE WHEN s.{npa} THEN s.outstanding_paise ELSE 0 END) AS b "
        "FROM month_end_snapshots s GROUP BY 2 UNION ALL "
        "SELECT 2, d.disbursement_date, count(*), sum(d.amount_paise) FROM disbursements d "
        "GROUP BY 2 UNION ALL "
        "SELECT 3, l.defaulted_on, count(*), 0 FROM loans l GROUP BY 2 UNION ALL "
        "SELECT 4, {decided_on}, count(*), sum(CASE WHEN c.decision <> 'reject' THEN 1 ELSE 0 END) "
        "FROM decisions c GROUP BY 2"
    ),
}
_STATEMENTS = {
    "summary": (
        "SELECT * FROM (SELECT count(*) AS n, sum(CASE WHEN {open} THEN l.outstanding_paise END), "
        "sum(CASE WHEN {open} AND l.{npa} THEN l.outstanding_paise END), "
        "sum(CASE WHEN {open} AND l.dpd_bucket = '90+' THEN l.outstanding_paise END) "
        "FROM loans l) AS p, (SELECT {on_time}, sum(CASE WHEN i.due_date >= '{first}' THEN "
        "i.paid_interest_paise + i.paid_principal_paise END) {dues}) AS d, "
        "(SELECT count(*) AS n, sum(CASE WHEN q.status = 'Disbursed' THEN 1 END) "
        "FROM applications q) AS q, (SELECT sum(r.amount_paise) AS n FROM repayments r) AS r, "
        "({months}) AS m"
    ),
    "npa-analysis": (
        "SELECT 1, l.asset_class, NULL, count(*), sum(l.outstanding_paise), sum(l.provision_paise) "
        "FROM loans l WHERE {open} GROUP BY 2 UNION ALL "
        "SELECT 2, a.asset_class, b.asset_class, count(*), sum(b.outstanding_paise), "
        "sum(a.provision_paise) {both_ends} GROUP BY 2, 3"
    ),
    "repayment-stats": (
        "SELECT i.due_date, {on_time}, sum(i.interest_paise + i.principal_paise), "
        "sum(i.paid_interest_paise + i.paid_principal_paise) {dues} GROUP BY 1 UNION ALL "
        "SELECT NULL, count(*), sum(r.amount_paise), sum(r.charges_paise), 0, 0, 0 "
        "FROM repayments r GROUP BY r.method"
    ),
    "collateral-analysis": (
        "SELECT k.collateral_type, count(*), sum(k.value_paise), "
        "sum(k.value_paise * k.accepted_share_ppm / 1000000) FROM loans l JOIN collateral k "
        "ON k.branch_id = l.branch_id AND k.application_id = l.application_id "
        "WHERE {open} GROUP BY 1 UNION ALL "
        "SELECT CASE WHEN o.accepted IS NULL THEN 'none' WHEN o.owed <= o.accepted / 2 THEN '50' "
        "WHEN o.owed <= o.accepted THEN '100' ELSE 'above' END, count(*), sum(o.owed), sum(o.old) "
        "FROM (SELECT l.outstanding_paise AS owed, sum(k.value_paise * k.accepted_share_ppm / "
        "1000000) AS accepted, max(CASE WHEN k.valuation_date IS NULL THEN 1 ELSE 0 END) AS old "
        "FROM loans l LEFT JOIN collateral k ON k.branch_id = l.branch_id "
        "AND k.application_id = l.application_id WHERE {open} "
        "GROUP BY l.branch_id, l.loan_id, l.outstanding_paise) o GROUP BY 1"
    ),
    "loan-distribution": (
        "SELECT 'purpose', l.loan_purpose, count(*), sum(l.outstanding_paise) FROM loans l "
        "WHERE {open} GROUP BY 2 UNION ALL "
        "SELECT 'size', CASE WHEN l.principal_paise <= 50000000 THEN '1' "
        "WHEN l.principal_paise <= 150000000 THEN '2' ELSE '3' END, count(*), "
        "sum(l.outstanding_paise) FROM loans l WHERE {open} GROUP BY 2"
    ),
    "concentration": (
        "SELECT l.loan_purpose, l.asset_class, count(*), sum(l.outstanding_paise) FROM loans l "
        "WHERE {open} GROUP BY 1, 2"
    ),
    "cohorts": (
        "SELECT b.cohort, b.due, count(*) FROM (SELECT l.disbursement_date AS cohort, l.loan_id, "
        "min(i.due_date) AS due {dues} AND (i.paid_on IS NULL OR i.paid_on > {bad}) "
        "AND {bad} <= '{day}' GROUP BY l.branch_id, l.loan_id, l.disbursement_date) b "
        "GROUP BY 1, 2"
    ),
    "roll-rates": (
        "SELECT a.dpd_bucket, b.dpd_bucket, count(*), sum(a.outstanding_paise) "
        "{both_ends} GROUP BY 1, 2"
    ),
    "trend": "{months}",
    "on time": "SELECT {on_time} {dues}",
}


def raw_figure(engine: Any, name: str) -> Callable[[], object]:  # noqa: ANN401  # SQLAlchemy's engine
    """What runs the statement of a verb or figure."""
    server_side = engine.dialect.name == "postgresql"
    words = {
        "day": DAY.isoformat(),
        "first": FIRST_DAY.isoformat(),
        "before": MONTH_BEFORE.isoformat(),
        "bad": "i.due_date + 89" if server_side else "date(i.due_date, '89 days')",
        "decided_on": "c.decided_at::date" if server_side else "date(c.decided_at)",
    }
    for piece, text in _PIECES.items():
        words[piece] = text.format(**words)
    statement = _STATEMENTS[name].format(**words)

    def run() -> object:
        with engine.connect() as connection:
            return connection.exec_driver_sql(statement).fetchall()

    return run


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
