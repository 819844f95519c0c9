"""The end-of-day report: movements between classes, provisions and what waits, as one CSV file.

Source: screens.md S66. Money in rupees.
"""

from collections.abc import Iterator, Sequence

from app.file_formats.csv_out import csv_bytes
from app.rules.money import rupees_text
from app.services.steps.day_work import ClosedDay

HEAD = (
    "business_date", "part", "from_or_class", "to_or_segment", "loans", "outstanding", "amount",
    "reference",
)  # fmt: skip


def day_report(days: Sequence[ClosedDay]) -> bytes:
    """The content of the file; days closed earlier have no lines in it."""
    return csv_bytes(HEAD, [line for closed in days for line in _lines(closed)])


def _lines(closed: ClosedDay) -> Iterator[tuple[str, ...]]:
    day = closed.day.isoformat()
    for each in closed.movements:
        yield day, "moved", each.before, each.after, str(each.loans), "", "", ""
    for sums in closed.provisions:
        segment = f"{sums.provision_segment}, {'secured' if sums.secured else 'unsecured'}"
        yield (
            day, "provision", sums.asset_class, segment, str(sums.loans),
            rupees_text(sums.outstanding_paise), rupees_text(sums.provision_paise), "",
        )  # fmt: skip
    provision, suspense = rupees_text(closed.provision_paise), rupees_text(closed.suspense_paise)
    yield day, "provision", "total", "", str(closed.loans), "", provision, ""
    yield day, "interest in suspense", "total", "", "", "", suspense, ""
    if closed.penal is not None:
        levied = (str(closed.penal.loans), "", rupees_text(closed.penal.paise))
        yield day, "penal charges", "total", "", *levied, ""
    for act in closed.waiting:
        asked = (act.act, act.value_date.isoformat())
        yield day, "waits for a second person", *asked, "", "", "", act.reference
