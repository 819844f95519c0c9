"""The verbs of a loan that is paid early: `foreclosure`.

Source: commands.md (loan life). The parts of a quote add up to its total.
"""

import argparse

from app.cli.customer_verbs import customer_key
from app.cli.json_messages import money
from app.cli.verb import Access, Verb, day_of
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.steps.desk import Desk

Answer = dict[str, object]


def run_foreclosure(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `foreclosure LOAN --on DATE`."""
    on = arguments.on or desk.clock.today()
    found = quote_foreclosure(QuoteForeclosure(arguments.loan, on), desk)
    quote = found.quote
    return {
        "loan_id": found.loan_id,
        "reference": found.reference,
        "principal_outstanding": money(quote.principal_paise),
        "accrued_interest": money(quote.accrued_interest_paise),
        "overdue": money(quote.overdue_paise),
        "fee": money(quote.fee_paise),
        "gst": money(quote.gst_paise),
        "charges": money(quote.charges_paise),
        "total": money(quote.total_paise),
        "advance": money(found.advance_paise),
        "to_pay": money(found.to_pay_paise),
        "fee_allowed": found.fee_allowed,
        "fee_reason": quote.fee_reason,
        "days": quote.days,
        "valid_to": found.valid_to,
    }


def _loan_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loan", metavar="LOAN", type=customer_key, help="its id or number, L-1042")


def _foreclosure_arguments(parser: argparse.ArgumentParser) -> None:
    _loan_argument(parser)
    parser.add_argument("--on", type=day_of, metavar="DATE", help="day of closing (today)")


VERBS = (
    Verb(
        "foreclosure", "what closes a loan", _foreclosure_arguments, run_foreclosure, Access.READS
    ),
)
