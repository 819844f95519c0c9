"""The verbs `portfolio …`: sums of the book, and with `--rows` exactly the loans behind them.

Source: commands.md (Portfolio).
"""

import argparse
from collections.abc import Callable, Sequence

from app.cli.json_messages import money, percent_of
from app.cli.verb import Access, Verb
from app.services.steps.desk import Desk
from app.services.watch_portfolio import (
    AlertLine,
    KeyLine,
    collateral_analysis,
    loan_distribution,
    npa_analysis,
    portfolio_summary,
    portfolio_trend,
    repayment_stats,
    rows_behind,
)
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import AssetClass

Answer = dict[str, object]
_SUMMARY_FIGURES = (
    "loans",
    "active_loans",
    "defaulted_loans",
    "disbursed",
    "outstanding",
    "npa",
    "par30",
    "par60",
    "par90",
)


def run_summary(desk: Desk) -> Answer:
    """Answer `portfolio summary`."""
    found = portfolio_summary(desk)
    return {
        "as_of": found.as_of,
        "loan_statistics": {
            "total_applications": found.total_applications,
            "total_loans": found.total_loans,
            "active_loans": found.active_loans,
            "defaulted_loans": found.defaulted_loans,
            "approval_rate": percent_of(found.approval_rate),
        },
        "financial_metrics": {
            "total_disbursed": money(found.total_disbursed_paise),
            "total_outstanding": money(found.total_outstanding_paise),
            "total_repaid": money(found.total_repaid_paise),
            "total_npa_amount": money(found.total_npa_amount_paise),
        },
        "risk_metrics": {
            "npa_ratio": percent_of(found.npa_ratio),
            "net_npa_ratio": percent_of(found.net_npa_ratio),
            "default_rate": percent_of(found.default_rate),
            "average_emi_payment_rate": percent_of(found.average_emi_payment_rate),
            "par30": percent_of(found.par30),
            "par60": percent_of(found.par60),
            "par90": percent_of(found.par90),
            "collection_efficiency": percent_of(found.collection_efficiency),
            "collection_efficiency_variant": found.collection_variant,
        },
        "alerts": [_alert(each) for each in found.alerts],
    }


def run_npa_analysis(desk: Desk) -> Answer:
    """Answer `portfolio npa-analysis`: every asset class."""
    found = npa_analysis(desk)
    return {
        "as_of": found.as_of,
        "npa_classification": {
            str(line.asset_class): {
                "count": line.loans,
                "amount": money(line.outstanding_paise),
                "percentage": percent_of(line.percentage),
                "provision_required": money(line.provision_required_paise),
            }
            for line in found.classes
        },
    }


def run_repayment_stats(desk: Desk) -> Answer:
    """Answer `portfolio repayment-stats`."""
    found = repayment_stats(desk)
    return {
        "as_of": found.as_of,
        "due": found.due,
        "on_time": found.on_time,
        "late": found.late,
        "unpaid": found.unpaid,
        "on_time_share": percent_of(found.on_time_share),
        "late_fees": money(found.late_fees_paise),
        "by_method": [
            {
                "key": line.key,
                "repayments": line.loans,
                "amount": money(line.amount_paise),
                "share": percent_of(line.share),
            }
            for line in found.by_method
        ],
    }


def run_collateral_analysis(desk: Desk) -> Answer:
    """Answer `portfolio collateral-analysis`."""
    found = collateral_analysis(desk)
    return {
        "as_of": found.as_of,
        "rows": _keys(found.rows),
        "ltv_bands": _keys(found.ltv_bands, _share_band),
    }


def run_loan_distribution(desk: Desk) -> Answer:
    """Answer `portfolio loan-distribution`."""
    found = loan_distribution(desk)
    return {
        "as_of": found.as_of,
        "rows": _keys(found.rows),
        "ticket_sizes": _keys(found.ticket_sizes, _money_band),
    }


def run_trend(desk: Desk) -> Answer:
    """Answer `portfolio trend`: twelve month ends, oldest first."""
    months = portfolio_trend(desk)
    return {
        "as_of": desk.clock.today(),
        "months": [
            {
                "month": month.month_end,
                "outstanding": money(month.outstanding_paise),
                "npa_ratio": percent_of(month.npa_ratio),
                "default_rate": percent_of(month.default_rate),
                "approval_rate": percent_of(month.approval_rate),
                "disbursed": money(month.disbursed_paise),
            }
            for month in months
        ],
    }


def _alert(line: AlertLine) -> Answer:
    return {
        "rule": line.rule,
        "level": line.level,
        "value": percent_of(line.value),
        "limit": percent_of(line.limit),
        "since": line.since,
    }


def _keys(lines: Sequence[KeyLine], named: Callable[[str], str] = str) -> list[Answer]:
    return [
        {
            "key": named(line.key),
            "loans": line.loans,
            "amount": money(line.amount_paise),
            "share": percent_of(line.share),
        }
        for line in lines
    ]


def _share_band(key: str) -> str:
    """A band of parts per million in per cent: "65-75" is above 65 up to 75."""
    return _band(key, lambda part: f"{percent_of_ppm(part)}")


def _money_band(key: str) -> str:
    """A band of paise in rupees."""
    return _band(key, lambda part: str(int(part) // 100))


def percent_of_ppm(part: str) -> str:
    """Whole parts per million as per cent without needless zeros."""
    return f"{int(part) / 10_000:g}"


def _band(key: str, shown: Callable[[str], str]) -> str:
    low, dash, high = key.partition("-")
    if not dash:
        return key
    return f"{shown(low)}-{shown(high) if high else ''}"


def _rows(figures: Sequence[str], desk: Desk) -> Answer:
    """The loans behind each figure; count and sum equal the figure."""
    answers = []
    for figure in figures:
        rows = rows_behind(figure, desk)
        answers.append(
            {
                "figure": figure,
                "loans": len(rows),
                "amount": money(sum(row.amount_paise for row in rows)),
                "rows": [
                    {
                        "loan_id": row.loan_id,
                        "reference": row.reference,
                        "amount": money(row.amount_paise),
                    }
                    for row in rows
                ],
            }
        )
    return {"as_of": desk.clock.today(), "figures": answers}


def _verb(name: str, about: str, run: Callable[[Desk], Answer], figures: Sequence[str]) -> Verb:
    """One verb of the group; `--rows` lists all its figures, `--rows FIGURE` one."""

    def arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--rows",
            nargs="?",
            const="",
            choices=["", *figures],
            metavar="FIGURE",
            help=f"the loans behind the figures: {', '.join(figures)}",
        )

    def answer(given: argparse.Namespace, desk: Desk) -> Answer:
        if given.rows is None:
            return run(desk)
        return _rows([given.rows] if given.rows else figures, desk)

    return Verb(f"portfolio {name}", about, arguments, answer, Access.READS)


VERBS = (
    _verb("summary", "main figures and alerts", run_summary, _SUMMARY_FIGURES),
    _verb(
        "npa-analysis",
        "asset classes and provisions",
        run_npa_analysis,
        [f"class:{each}" for each in AssetClass],
    ),
    _verb("repayment-stats", "how instalments were paid", run_repayment_stats, ("loans",)),
    _verb(
        "collateral-analysis",
        "security and loan to value",
        run_collateral_analysis,
        [f"collateral:{each}" for each in CollateralType],
    ),
    _verb(
        "loan-distribution",
        "loans by purpose and size",
        run_loan_distribution,
        [f"purpose:{each}" for each in LoanPurpose],
    ),
    _verb("trend", "the last twelve month ends", run_trend, ("outstanding", "npa")),
)
