"""What is wrong with the typing: on leaving a field its own check, on submit everything."""

from collections.abc import Callable
from datetime import date

from app.services.register_customer import check_customer
from app.ui.screens.customer_form.customer_inputs import CustomerInputs
from app.ui.widgets.form_row import Form
from db.records.people import Customer

# Format and check digits only: what depends on other fields waits for the submit (F3).
CHECKED_ON_LEAVING = (
    "full_name",
    "date_of_birth",
    "phone",
    "email",
    "pincode",
    "pan_number",
    "aadhaar_number",
    "other_id_number",
    "other_id_expiry",
    "bank_account_number",
    "ifsc_code",
    "monthly_income",
    "bureau_score",
    "bureau_report_date",
)


def form_faults(inputs: CustomerInputs, stored: Customer | None, today: date) -> dict[str, str]:
    """Sentence by field; a text that cannot be read comes before what its absence would say."""
    faults = check_customer(inputs.facts(), today, kept_numbers(stored))
    return faults | inputs.form.problems()


def kept_numbers(stored: Customer | None) -> frozenset[str]:
    """The number fields that the book holds already, so an edit may leave them untyped."""
    if stored is None:
        return frozenset()
    masks = {
        "pan_number": stored.pan_masked,
        "aadhaar_number": stored.aadhaar_masked,
        "other_id_number": stored.other_id_masked,
        "bank_account_number": stored.bank_account_masked,
    }
    return frozenset(name for name, mask in masks.items() if mask)


def checked_on_leaving(form: Form, faults: Callable[[], dict[str, str]]) -> None:
    """Show a field's own fault when it is left after an edit and not empty."""

    def check(name: str) -> None:
        row = form.row(name)
        if row.field.edited and not row.field.is_empty():
            row.set_error(faults().get(name, ""))

    for name in CHECKED_ON_LEAVING:
        form.row(name).field.left.connect(lambda name=name: check(name))
