"""The verbs `portfolio …`: figures of the book, and with `--rows` exactly the lines behind them.

Source: commands.md (Portfolio).
"""

import argparse

from app.cli.json_messages import money, percent_of
from app.cli.portfolio_scope import Answer, Told, alert_answer, band_shown, monitor_verb
from app.rules.money import PAISE_PER_RUPEE, PPM_PER_PERCENT
from app.rules.portfolio_ratios import percent
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import DueDay
from app.services.watch_classes import watch_classes
from app.services.watch_concentration import watch_cuts
from app.services.watch_repayment import watch_repayment
from app.services.watch_security import watch_security
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_trend
from db.vocabulary.operations import ConcentrationKey

_SUMMARY_FIGURES = (
    "loans",
    "active_loans",
    "defaulted_loans",
    "disbursed",
    "outstanding",
    "npa",
    "net_npa",
    "par30",
    "par60",
    "par90",
)


def run_summary(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio summary`."""
    found = watch_summary(scope, desk)
    answer: Answer = {
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
        "alerts": [alert_answer(each) for each in found.alerts],
    }
    return answer, _SUMMARY_FIGURES


def run_npa_analysis(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio npa-analysis`: every asset class, and what moved in the month."""
    found = watch_classes(scope, desk)
    answer: Answer = {
        "as_of": found.as_of,
        "since": found.since,
        "npa_classification": {
            str(line.asset_class): {
                "count": line.loans,
                "amount": money(line.amount_paise),
                "percentage": percent_of(line.percentage),
                "provision_required": money(line.provision_required_paise),
                "provision_held": money(line.provision_held_paise),
                "moved_in": line.moved_in,
                "moved_out": line.moved_out,
            }
            for line in found.classes
        },
        "movements": [
            {
                "from": move.before,
                "to": move.after,
                "loans": move.loans,
                "amount": money(move.amount_paise),
            }
            for move in found.movements
        ],
    }
    shown = [line.figure for line in found.classes]
    return answer, shown + [line.figure for line in found.movements]


def run_repayment_stats(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio repayment-stats`."""
    found = watch_repayment(scope, desk)
    receipts = sum(line.amount_paise or 0 for line in found.by_method)
    answer: Answer = {
        "as_of": found.as_of,
        "due": found.due.count,
        "on_time": found.on_time.count,
        "late": found.late.count,
        "unpaid": found.unpaid.count,
        "on_time_share": percent_of(found.on_time_share),
        "late_fees": money(found.late_fees_paise),
        "collection_efficiency": {
            "current": percent_of(found.current_efficiency),
            "overall": percent_of(found.overall_efficiency),
            "headline": percent_of(found.headline_efficiency),
        },
        "prepayments": {
            "count": found.prepayments.count,
            "amount": money(found.prepayments.amount_paise),
        },
        "bounces": {"count": found.bounces.count, "amount": money(found.bounces.amount_paise)},
        "by_method": [
            {
                "key": line.key,
                "repayments": line.count,
                "amount": money(line.amount_paise),
                "share": percent_of(percent(line.amount_paise or 0, receipts)),
            }
            for line in found.by_method
        ],
        "days": [_day(day) for day in found.days],
    }
    lines = (found.unpaid, found.prepayments, found.bounces, *found.by_method)
    return answer, [line.figure for line in lines]


def _day(day: DueDay) -> Answer:
    return {
        "date": day.day,
        "due": day.due,
        "on_time": day.on_time,
        "late": day.late,
        "unpaid": day.unpaid,
        "amount": money(day.due_paise),
        "received": money(day.received_paise),
    }


def run_collateral_analysis(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio collateral-analysis`."""
    found = watch_security(scope, desk)
    answer: Answer = {
        "as_of": found.as_of,
        "rows": [
            {
                "key": line.kind,
                "loans": line.loans,
                "amount": money(line.value_paise),
                "share": percent_of(line.share),
            }
            for line in found.kinds
        ],
        "ltv_bands": [
            {
                "key": band_shown(line.key, lambda ppm: f"{ppm / PPM_PER_PERCENT:g}"),
                "loans": line.loans,
                "amount": money(line.amount_paise),
                "share": percent_of(line.share),
            }
            for line in found.bands
        ],
        "breaches": {
            "loans": found.breaches.count,
            "amount": money(found.breaches.amount_paise),
        },
        "old_valuations": {
            "loans": found.old_valuations.count,
            "amount": money(found.old_valuations.amount_paise),
        },
    }
    shown = [line.figure for line in found.kinds] + [line.figure for line in found.bands]
    return answer, [*shown, found.breaches.figure, found.old_valuations.figure]


def run_loan_distribution(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio loan-distribution`."""
    purposes, sizes = watch_cuts(scope, desk, (ConcentrationKey.PURPOSE, ConcentrationKey.TICKET))
    answer: Answer = {
        "as_of": purposes.as_of,
        "rows": [
            {
                "key": line.key,
                "loans": line.loans,
                "amount": money(line.amount_paise),
                "share": percent_of(line.share),
            }
            for line in purposes.rows
        ],
        "ticket_sizes": [
            {
                "key": band_shown(line.key, lambda paise: str(paise // PAISE_PER_RUPEE)),
                "loans": line.loans,
                "amount": money(line.amount_paise),
                "share": percent_of(line.share),
            }
            for line in sizes.rows
        ],
    }
    return answer, [line.figure for line in (*purposes.rows, *sizes.rows)]


def run_trend(_: argparse.Namespace, scope: MonitorScope, desk: Desk) -> Told:
    """Answer `portfolio trend`: twelve month ends, oldest first."""
    found = monitor_trend(scope, desk)
    answer: Answer = {
        "as_of": found.as_of,
        "months": [
            {
                "month": month.month_end,
                "outstanding": money(month.outstanding_paise),
                "npa_ratio": percent_of(month.npa_ratio),
                "default_rate": percent_of(month.default_rate),
                "approval_rate": percent_of(month.approval_rate),
                "disbursed": money(month.disbursed_paise),
            }
            for month in found.months
        ],
    }
    return answer, [f"paid_out {month.month_end:%Y-%m}" for month in found.months]


VERBS = (
    monitor_verb("summary", "main figures and alerts", run_summary),
    monitor_verb("npa-analysis", "asset classes, provisions, movements", run_npa_analysis),
    monitor_verb("repayment-stats", "how instalments were paid", run_repayment_stats),
    monitor_verb("collateral-analysis", "security and loan to value", run_collateral_analysis),
    monitor_verb("loan-distribution", "loans by purpose and size", run_loan_distribution),
    monitor_verb("trend", "the last twelve month ends", run_trend),
)
