"""The verbs of the end of a day: `classify`, `day-end`, `journal`.

Source: commands.md (loan life).
"""

import argparse
from pathlib import Path

from app.cli.customer_verbs import customer_key
from app.cli.json_messages import money, percent
from app.cli.progress_bar import progress_bar
from app.cli.verb import Access, Verb, day_of
from app.services.close_day import CloseDay, close_day
from app.services.read_classification import read_classification
from app.services.steps.day_report import day_report
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.write_journal import write_journal

Answer = dict[str, object]


def run_classify(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `classify LOAN`."""
    found = read_classification(arguments.loan, desk)
    return {
        "loan_id": found.loan_id,
        "reference": found.reference,
        "as_of": found.as_of,
        "days_past_due": found.days_past_due,
        "asset_class": found.asset_class,
        "npa_since": found.npa_since,
        "oldest_unpaid_due": found.oldest_unpaid_due,
        "cause": found.cause,
        "pulled_by": found.pulled_by,
        "cure_amount": money(found.cure_paise),
        "provision_rate": percent(found.provision_rate_ppm),
        "provision_required": money(found.provision_paise),
    }


def run_day_end(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `day-end --date D [--dry-run] [--report FILE]`."""
    target = None if arguments.report is None else Path(arguments.report)
    if target is not None:
        check_target(target, ".csv")
    request = CloseDay(arguments.date or desk.clock.today(), dry_run=arguments.dry_run)
    done = close_day(request, desk, progress_bar(arguments))
    if target is not None:
        write_letter(target, day_report(done.days))
    return {
        "date": done.day,
        "dry_run": done.dry_run,
        "closed": [each.day for each in done.days],
        "loans": done.loans,
        "moved": [
            {"from": each.before, "to": each.after, "count": each.loans} for each in done.movements
        ],
        "provision": money(done.provision_paise),
        "suspense": money(done.days[-1].suspense_paise) if done.days else None,
        "penal_charges": {
            "loans": done.penal.loans,
            "amount": money(done.penal.paise),
        },
        "pending_receipts": 0,
        "waiting": [each._asdict() for each in done.days[-1].waiting] if done.days else [],
    }


def run_journal(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `journal --date D --out FILE`."""
    target = Path(arguments.out)
    check_target(target, ".csv")
    made = write_journal(arguments.date or desk.clock.today(), desk)
    write_letter(target, made.content)
    return {
        "date": made.day,
        "out": str(target),
        "rows": made.rows,
        "debit": money(made.debit_paise),
        "credit": money(made.credit_paise),
    }


def _loan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loan", metavar="LOAN", type=customer_key, help="its id or number, L-1042")


def _day_end(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=day_of, metavar="DATE", help="last day to close (today)")
    parser.add_argument("--dry-run", action="store_true", help="show what moves, keep nothing")
    parser.add_argument("--report", metavar="FILE.csv", help="write the end-of-day report")


def _journal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=day_of, metavar="DATE", help="day of booking (today)")
    parser.add_argument("--out", metavar="FILE.csv", required=True, help="the file to write")


VERBS = (
    Verb("classify", "why a loan stands in its class", _loan, run_classify, Access.READS),
    Verb("day-end", "close the days of the branch", _day_end, run_day_end, Access.WRITES),
    Verb("journal", "the postings of a day as a file", _journal, run_journal, Access.WRITES),
)
