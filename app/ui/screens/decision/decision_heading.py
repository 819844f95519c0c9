"""What stands over the decision page: whose application, which loan, since when in which state."""

from PySide6.QtCore import QCoreApplication

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.money import percent_text, rupees_shown
from app.services.read_application import ApplicationView
from app.ui.widgets.figure_words import amount_words
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.screen import Crumb, Heading


def first_heading() -> Heading:
    """What stands there until the application has been read."""
    return Heading(_tr("Application"), (Crumb(_tr("Applications"), "applications"),))


def heading_of(view: ApplicationView) -> Heading:
    """Name, loan asked for and EMI, with the way back to the list."""
    application, name = view.application, view.customer.full_name
    terms = _tr("%1 for %2 months at %3 %, %4")
    terms = terms.replace("%1", rupees_shown(application.amount_paise))
    terms = terms.replace("%2", str(application.tenure_months))
    terms = terms.replace("%3", percent_text(application.rate_ppm))
    terms = terms.replace("%4", word_of("loan_purpose", application.loan_purpose).lower())
    if view.estimate is not None:
        terms += f", EMI {amount_words(view.estimate.figures.estimated_emi_paise)}"
    title = _tr("%1, Application %2").replace("%1", name).replace("%2", application.reference)
    crumbs = (Crumb(_tr("Applications"), "applications"), Crumb(application.reference))
    return Heading(name, crumbs, terms, title)


def status_words(view: ApplicationView) -> str:
    """The state of the application and since when."""
    status = view.application.status
    since = date_shown(bank_day(view.application.status_since))
    return f"{word_of('application_status', status)}, {since}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("DecisionHeading", words)
