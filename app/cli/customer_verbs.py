"""The verbs about customers: `customers`, `customer`, `register`, `update-customer`."""

import argparse
from uuid import UUID

from app.cli.border import read_form
from app.cli.customer_border import CustomerForm, facts_over
from app.cli.json_messages import money
from app.cli.json_reading import read_json
from app.cli.row_json import application_row, loan_row
from app.cli.verb import Access, Verb
from app.rules.days_past_due import days_past_due
from app.services.find_customers import FindCustomers, count_customers, find_customers
from app.services.read_customer import CustomerView, customer_facts, read_customer
from app.services.register_customer import (
    CustomerFacts,
    CustomerRegistered,
    RegisterCustomer,
    UpdateCustomer,
    register_customer,
    update_customer,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import keyed_command_id, new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.lists import CustomerFilter, CustomerRow
from db.records.people import Customer, Employment, Obligation
from db.vocabulary.people import KycStatus, Scope

LARGEST_PAGE = 1_000
MONTHS = 12
_FORM_IS_OBJECT = "The file holds one JSON object with the fields of the customer form"


def run_customers(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `customers`."""
    kyc = arguments.kyc_status
    wanted = CustomerFilter(
        search=arguments.search,
        scope=Scope(arguments.scope),
        kyc_status=None if kyc is None else KycStatus(kyc),
        city=arguments.city,
    )
    found = find_customers(FindCustomers(wanted, arguments.limit, arguments.after), desk)
    return {
        "customers": [_row(row) for row in found.page.rows],
        "total": count_customers(wanted, desk).total,
        "next": found.page.next,
        "as_of": found.as_of,
    }


def run_customer(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `customer ID`: by id or reference, identity numbers masked."""
    return view_json(read_customer(customer_key(arguments.customer), desk), desk)


def run_register(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `register FILE`."""
    form, given = _form(arguments.file)
    command_id = command_id_of(form.idempotency_key, "register", desk)
    facts = facts_over(form, given, CustomerFacts())
    return _registered(register_customer(RegisterCustomer(command_id, facts), desk))


def run_update(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `update-customer ID FILE`: fields left out stay as they are, null clears one."""
    form, given = _form(arguments.file)
    stored = read_customer(customer_key(arguments.customer), desk).customer
    facts = facts_over(form, given, customer_facts(stored.customer_id, desk))
    command_id = command_id_of(form.idempotency_key, "update", desk)
    version = stored.version if form.version is None else form.version
    request = UpdateCustomer(command_id, stored.customer_id, version, facts)
    return _registered(update_customer(request, desk))


def customer_key(text: str) -> UUID | str:
    """An id where the text is one, else the text as a reference."""
    try:
        return UUID(text)
    except ValueError:
        return text


def command_id_of(key: str | None, kind: str, desk: Desk) -> UUID:
    """The command id: made from the idempotency key where one is given."""
    if key:
        return keyed_command_id(desk.person().branch_id, f"{kind}|{key}")
    return new_id(desk)


def _form(path: str) -> tuple[CustomerForm, frozenset[str]]:
    content = read_json(path)
    if not isinstance(content, dict):
        raise Refused(RefusalKind.BAD_INPUT, _FORM_IS_OBJECT)
    return read_form(CustomerForm, content), frozenset(content)


def _registered(done: CustomerRegistered) -> dict[str, object]:
    return {
        "customer_id": done.customer_id,
        "reference": done.reference,
        "version": done.version,
        "kyc_status": done.kyc_status,
        "duplicates": [
            {
                "customer_id": each.customer_id,
                "reference": each.reference,
                "full_name": each.full_name,
                "match": each.match,
            }
            for each in done.duplicates
        ],
    }


def _row(row: CustomerRow) -> dict[str, object]:
    return {
        "customer_id": row.customer_id,
        "reference": row.reference,
        "full_name": row.full_name,
        "email": row.email or None,
        "phone": row.phone or None,
        "city": row.city or None,
        "state": row.state,
        "kyc_status": row.kyc_status,
        "created_at": row.created_at,
    }


def view_json(view: CustomerView, desk: Desk) -> dict[str, object]:
    """One customer with work, dues, applications and loans."""
    customer, rulebook, today = view.customer, desk.rulebook(), desk.clock.today()
    return {
        **_about(customer),
        "age": view.age,
        "employment": _employment(customer.employment),
        "obligations": [_obligation(each) for each in customer.obligations],
        "bureau": _bureau(customer),
        "outstanding": money(view.exposure_paise),
        "sanctioned": money(view.sanctioned_paise),
        "overdue": money(view.overdue_paise),
        "applications": [application_row(each) for each in view.applications],
        "loans": [
            loan_row(each, days_past_due(each.oldest_unpaid_due, today, rulebook))
            for each in view.loans
        ],
    }


def _about(customer: Customer) -> dict[str, object]:
    return {
        "customer_id": customer.customer_id,
        "reference": customer.reference,
        "version": customer.version,
        "full_name": customer.full_name,
        "full_name_local": customer.full_name_local or None,
        "email": customer.email or None,
        "phone": customer.phone or None,
        "address": customer.address or None,
        "city": customer.city or None,
        "state": customer.state,
        "pincode": customer.pincode or None,
        "created_at": customer.created_at,
        "customer_since": customer.customer_since,
        "date_of_birth": customer.date_of_birth,
        "segment": customer.segment,
        "kyc_status": customer.kyc_status,
        "kyc_due_on": customer.kyc_due_on,
        "pan_number": customer.pan_masked,
        "form_60": customer.form_60,
        "aadhaar_number": customer.aadhaar_masked,
        "other_id_type": customer.other_id_type,
        "other_id_number": customer.other_id_masked,
        "bank_account_number": customer.bank_account_masked,
        "ifsc_code": customer.ifsc_code,
    }


def _employment(work: Employment) -> dict[str, object]:
    months = work.experience_months
    return {
        "employer_name": work.employer_name or None,
        "employment_type": work.employment_type,
        "job_title": work.job_title or None,
        "monthly_income": money(work.monthly_income_paise),
        "years_of_experience": None if months is None else round(months / MONTHS, 2),
        "employment_start_date": work.employment_start_date,
        "income_source": work.income_source,
    }


def _obligation(due: Obligation) -> dict[str, object]:
    return {
        "obligation_id": due.obligation_id,
        "lender_name": due.lender_name,
        "obligation_type": due.obligation_type,
        "monthly_amount": money(due.monthly_amount_paise),
        "outstanding_amount": money(due.outstanding_paise),
        "end_date": due.end_date,
    }


def _bureau(customer: Customer) -> dict[str, object]:
    report = customer.bureau
    return {
        "bureau_name": report.bureau_name,
        "bureau_score": report.score,
        "bureau_score_state": report.score_state,
        "bureau_report_date": report.report_date,
        "bureau_late_payments": report.late_payments,
        "bureau_active_loans": report.active_loans,
    }


def page_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every list: page size and cursor."""
    parser.add_argument("--limit", type=page_size, default=100, metavar="N", help="rows a page")
    parser.add_argument("--after", metavar="CURSOR", help="the `next` of the page before")


def page_size(text: str) -> int:
    """A page size between 1 and the largest allowed."""
    try:
        size = int(text)
    except ValueError:
        size = 0
    if not 1 <= size <= LARGEST_PAGE:
        message = f"a page has 1 to {LARGEST_PAGE} rows"
        raise argparse.ArgumentTypeError(message)
    return size


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--search", default="", metavar="TEXT", help="name, phone, PAN or id")
    parser.add_argument("--scope", choices=[each.value for each in Scope], default=Scope.BRANCH)
    parser.add_argument("--kyc-status", choices=[each.value for each in KycStatus])
    parser.add_argument("--city")
    page_arguments(parser)


def _one_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("customer", metavar="ID", help="customer id or reference")


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="JSON file, - for standard input")


def _update_arguments(parser: argparse.ArgumentParser) -> None:
    _one_argument(parser)
    _file_argument(parser)


VERBS = (
    Verb("customers", "list customers", _list_arguments, run_customers),
    Verb("customer", "one customer", _one_argument, run_customer),
    Verb("register", "register a customer", _file_argument, run_register, Access.WRITES),
    Verb("update-customer", "change a customer", _update_arguments, run_update, Access.WRITES),
)
