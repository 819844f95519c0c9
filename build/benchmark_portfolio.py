"""A bank with as many loans as wished over many branches, written by the database itself.

Both engines: series of numbers make the rows, so that a million loans with their dues and receipts
are there in minutes. Everything about a loan follows from its number: branch, product, age, missed
and late dues, security. The day is the last closed one; two month ends are kept.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from benchmark_sql import Driver, Words, fill, insert, pick

DAY, FIRST_DAY, MONTH_BEFORE = date(2026, 9, 30), date(2026, 9, 1), date(2026, 8, 31)
EMI, INTEREST = 223_710, 100_000
YOUNGEST, AGES, COMING = 9, 37, 3  # months: 27 dues a loan have fallen due on average
PRODUCTS = (
    ("HOME_RENOVATION", "Home Renovation"), ("EDUCATION", "Education"),
    ("MEDICAL", "Medical Emergency"), ("DEBT_CONSOLIDATION", "Debt Consolidation"),
    ("VEHICLE", "Vehicle Purchase"), ("BUSINESS_TERM", "Business Expansion"),
    ("HOME_PURCHASE", "Home Purchase"), ("PERSONAL", "Wedding Expenses"),
)  # fmt: skip
STATES = ("Karnataka", "Kerala", "Maharashtra", "Tamil Nadu", "Telangana")
CLASSES = (("Standard", "0"), ("SMA-0", "1-30"), ("SMA-1", "31-60"), ("SMA-2", "61-90"))
WORST = ("Sub-Standard", "90+")
METHODS = ("Mandate", "UPI", "Cash", "Bank Transfer")
TABLES = (
    "customers", "applications", "loans", "instalments", "repayments", "disbursements",
    "decisions", "collateral", "month_end_snapshots",
)  # fmt: skip


def standing(missed: str, part: int) -> str:
    """Class (0) or bucket (1) of a loan with so many unpaid dues."""
    steps = " ".join(
        f"WHEN {missed} = {place} THEN '{each[part]}'"
        for place, each in enumerate(CLASSES)
        if place
    )
    return f"CASE WHEN {missed} > 3 THEN '{WORST[part]}' {steps} ELSE '{CLASSES[0][part]}' END"


class Bank:
    """What each record says, as expressions over the number `n` of a loan, or of a person.

    `loans` is a multiple of 10 times `branches`, so that a loan and its borrower share a branch.
    """

    youngest, ages = YOUNGEST, AGES
    month_ends: tuple[tuple[date, int], ...] = ((MONTH_BEFORE, 1), (DAY, 0))
    late = "WHEN l.n % 29 = 3 AND k.n = 3 THEN 100 WHEN (l.n + k.n) % 13 = 0 THEN 5"
    valued = "NULL"

    def __init__(self, loans: int, branches: int, say: Words) -> None:
        self.say, self.people, self.branches = say, loans * 7 // 10, branches
        self.branch = f"(1 + n % {branches})"
        self.local = f"(n / {branches})"
        self.number = f"1001 + {self.local}"
        self.age = f"({self.youngest} + {self.local} % {self.ages})"
        self.missed = self.missed_of()
        self.first = say.months(say.days(say.day(FIRST_DAY), "n % 28"), f"1 - {self.age}")
        self.officer = say.key(7, f"{self.branch} * 100 + {self.local} % 10")
        part = f"{EMI - INTEREST} * {self.size()}"
        self.lent = f"({self.age} + {COMING} + {self.rest()}) * {part}"
        self.owed = f"({COMING} + {self.missed} + {self.rest()}) * {part}"
        self.paid_out = say.months(self.first, "-1")
        self.product = pick([each[0] for each in PRODUCTS], self.local)
        self.purpose = pick([each[1] for each in PRODUCTS], self.local)
        self.all = say.series(str(loans - 1), "s")

    def missed_of(self) -> str:
        """How many dues of a loan are unpaid."""
        return f"(CASE WHEN {self.local} % 11 = 0 THEN 1 + {self.local} % 5 ELSE 0 END)"

    def size(self) -> str:
        """How many times the smallest instalment a loan's is."""
        return "1"

    def rest(self) -> str:
        """How many parts of the principal the last due asks for beside its own."""
        return "0"

    def city(self) -> str:
        """Where a person lives."""
        return "'Mysuru'"

    def state(self) -> str:
        """The state of it."""
        return pick(STATES, self.branch)

    def scored(self) -> dict[str, str]:
        """What an application says of its score."""
        return {}

    def missed_at(self, ago: int) -> str:
        """How many dues were unpaid at the month end so many months ago; 0 or less for none."""
        return f"({self.missed} - {ago})"

    def worth(self) -> str:
        """What the security of a loan is worth."""
        return f"{self.lent} * (1 + {self.local} % 4) / 2"

    def turned(self, _behind: str) -> str:
        """When a loan turned NPA whose oldest unpaid due is that."""
        return self.say.day(date(2026, 9, 10))

    def statements(self) -> Iterator[str]:
        """What fills an empty migrated book."""
        yield self._customers()
        yield self._applications()
        yield self._loans()
        yield from self._ledger()
        yield from self._beside()
        yield from (self._snapshots(*each) for each in self.month_ends)

    def _customers(self) -> str:
        say = self.say
        index = "decode(lpad(to_hex(n), 64, '0'), 'hex')" if say.server else "key_of(8, n)"
        values = {
            "branch_id": self.branch, "customer_id": say.key(1, "n"), "number": self.number,
            "full_name": "'Ravi Kumar'", "search_name": "'ravi kumar'", "full_name_local": "''",
            "date_of_birth": say.day(date(1980, 1, 1)), "phone": "CAST(6000000000 + n AS TEXT)",
            "email": "''", "address": "''", "city": self.city(),
            "state": self.state(), "pincode": "'560011'", "segment": "'Retail'",
            "form_60": say.no, "pan_index": index, "kyc_status": "'Complete'", "kyc_risk": "'Low'",
            "customer_since": say.day(date(2016, 1, 1)), "created_at": say.now,
            "officer_id": self.officer, "version": 1,
        }  # fmt: skip
        return insert("customers", values, say.series(str(self.people - 1), "s"))

    def _applications(self, status: str = "Disbursed", source: str = "") -> str:
        say = self.say
        values = {
            "branch_id": self.branch, "application_id": say.key(2, "n"), "number": self.number,
            "customer_id": say.key(1, f"(n % {self.people})"), "product_code": self.product,
            "loan_purpose": self.purpose, "amount_paise": self.lent, "tenure_months": 60,
            "rate_ppm": 122500, "rate_type": "'Fixed'", "repayment_type": "'EMI'",
            "moratorium_months": 0, "insurance_premium_paise": 0, "other_charges_paise": 0,
            "digital_loan": say.no, "remarks": "''", "status": f"'{status}'",
            "status_since": say.now, "application_date": say.months(self.first, "-2"),
            "officer_id": self.officer, "version": 1,
        }  # fmt: skip
        return insert("applications", values | self.scored(), source or self.all)

    def _loans(self) -> str:
        say, missed = self.say, self.missed
        behind = say.months(self.first, f"{self.age} - {missed}")
        values = {
            "branch_id": self.branch, "loan_id": say.key(3, "n"), "number": self.number,
            "application_id": say.key(2, "n"),
            "customer_id": say.key(1, f"(n % {self.people})"), "product_code": self.product,
            "loan_purpose": self.purpose, "principal_paise": self.lent,
            "outstanding_paise": self.owed, "overdue_paise": f"{missed} * {EMI} * {self.size()}",
            "emi_paise": f"{EMI} * {self.size()}", "rate_ppm": 122500, "tenure_months": 60,
            "sanction_date": self.paid_out, "disbursement_date": self.paid_out,
            "first_due_date": self.first, "next_due_date": say.months(self.first, self.age),
            "oldest_unpaid_due": f"CASE WHEN {missed} > 0 THEN {behind} END",
            "status": f"CASE WHEN {missed} > 3 THEN 'Defaulted' ELSE 'Active' END",
            "asset_class": standing(missed, 0), "dpd_bucket": standing(missed, 1),
            "officer_id": self.officer, "version": 1,
            "defaulted_on": f"CASE WHEN {missed} > 3 THEN {self.turned(behind)} END",
            "provision_paise": f"{self.owed} / 250",
        }  # fmt: skip
        return insert("loans", values, self.all)

    def _ledger(self) -> Iterator[str]:
        """Instalments and receipts of every loan: some late, a few very late once."""
        say, emi, interest = self.say, f"{EMI} * l.size", f"{INTEREST} * l.size"
        part = f"{EMI - INTEREST} * l.size"
        number = f"(number - 1001) * {self.branches} + branch_id - 1"
        numbered = f"(SELECT loans.*, {number} AS n FROM loans) AS o"  # noqa: S608  # our own words
        made = f"branch_id, loan_id, n, {self.age} AS age, {self.missed} AS missed, first_due_date"
        made += f", {self.size()} AS size, {self.rest()} AS rest"
        base = f"(SELECT {made} FROM {numbered}) AS l"  # noqa: S608  # our own words
        due = say.months("l.first_due_date", "k.n")
        paid = "k.n < l.age - l.missed"
        paid_on = say.days(due, f"CASE {self.late} ELSE 0 END")
        months = say.series(str(self.youngest + self.ages + COMING), "k")
        last = f"k.n + 1 = l.age + {COMING}"
        left = f"(CASE WHEN {last} THEN 0 ELSE l.age + {COMING} - k.n - 1 + l.rest END) * {part}"
        owing = f"(CASE WHEN {last} THEN 1 + l.rest ELSE 1 END) * {part}"
        dues = {
            "branch_id": "l.branch_id", "loan_id": "l.loan_id", "number": "k.n + 1",
            "due_date": due, "opening_paise": f"{left} + {owing}", "interest_paise": interest,
            "principal_paise": owing, "closing_paise": left,
            "paid_interest_paise": f"CASE WHEN {paid} THEN {interest} ELSE 0 END",
            "paid_principal_paise": f"CASE WHEN {paid} THEN {part} ELSE 0 END",
            "paid_on": f"CASE WHEN {paid} THEN {paid_on} END",
        }  # fmt: skip
        yield insert("instalments", dues, f"{base} JOIN {months} ON k.n < l.age + {COMING}")
        receipts = {
            "branch_id": "l.branch_id", "repayment_id": say.key(4, "l.n * 64 + k.n"),
            "loan_id": "l.loan_id", "value_date": paid_on, "recorded_at": say.now,
            "amount_paise": emi, "interest_paise": interest, "principal_paise": part,
            "charges_paise": 0, "excess_paise": 0, "balance_after_paise": left,
            "kind": "CASE WHEN (l.n + k.n) % 197 = 0 THEN 'Prepayment' ELSE 'Receipt' END",
            "method": pick(METHODS, "l.n + k.n"), "reference": "''", "policy": "'FIFO_IPC'",
        }  # fmt: skip
        yield insert("repayments", receipts, f"{base} JOIN {months} ON {paid}")

    def decided(self, decision: str, source: str = "") -> str:
        """The decision of each application."""
        say = self.say
        values = {
            "branch_id": self.branch, "decision_id": say.key(6, "n"),
            "application_id": say.key(2, "n"), "decision": f"'{decision}'",
            "maker_id": self.officer, "checker_id": say.key(7, "1"),
            "decided_at": say.moment(self.paid_out), "reason_code": "''", "note": "''",
        }  # fmt: skip
        return insert("decisions", values, source or self.all)

    def _beside(self) -> Iterator[str]:
        """Payments out, decisions, and the security of every third loan."""
        say, branch = self.say, {"branch_id": self.branch}
        out = {
            "disbursement_id": say.key(5, "n"), "loan_id": say.key(3, "n"),
            "amount_paise": self.lent, "disbursement_date": self.paid_out, "mode": "'Cheque'",
        }  # fmt: skip
        yield insert("disbursements", branch | out, self.all)
        yield self.decided("approve")
        held = {
            "collateral_id": say.key(9, "n"), "application_id": say.key(2, "n"), "position": 1,
            "collateral_type": pick(("Property", "Vehicle", "Gold"), f"{self.local} / 3"),
            "value_paise": self.worth(),
            "accepted_share_ppm": 800000, "description": "''", "status": "'Charged'",
            "valuation_date": self.valued,
        }  # fmt: skip
        yield insert("collateral", branch | held, f"{self.all} WHERE {self.local} % 3 = 0")

    def _snapshots(self, month_end: date, ago: int) -> str:
        missed, part = self.missed_at(ago), ago * (EMI - INTEREST)
        overdue = f"CASE WHEN {missed} > 0 THEN {missed} * {EMI} * {self.size()} ELSE 0 END"
        values = {
            "branch_id": self.branch, "month_end": self.say.day(month_end),
            "loan_id": self.say.key(3, "n"), "asset_class": standing(missed, 0),
            "dpd_bucket": standing(missed, 1),
            "outstanding_paise": f"{self.owed} + {part} * {self.size()}",
            "overdue_paise": overdue, "provision_paise": f"{self.owed} / 250",
        }  # fmt: skip
        lent = "" if ago <= self.youngest else f" WHERE {self.age} >= {ago}"
        return insert("month_end_snapshots", values, self.all + lent)


def fill_bank(
    engine: Driver, loans: int, branches: int, kind: type[Bank] = Bank, more: Sequence[str] = ()
) -> None:
    """Fill a migrated book and count its summaries; indexes are made once the rows are in.

    Args:
        engine: of the book.
        loans: how many.
        branches: over how many they lie.
        kind: what the records say.
        more: tables that `kind` fills beside those of every bank.
    """
    say = Words(engine.dialect.name == "postgresql")
    fill(engine, say, (*TABLES, *more), kind(loans, branches, say).statements())
    count_summaries(engine, branches)


def count_summaries(engine: Driver, branches: int) -> None:
    """All cells of every branch, then the bank's."""
    from app.book_ports import shipped_rulebook
    from app.services.steps.summary_terms import summary_terms
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work

    terms = summary_terms(DAY, shipped_rulebook())
    keys = FixedKeys().keys()
    for branch_id in range(1, branches + 1):
        with open_unit_of_work(engine, keys) as book:
            book.cells.rebuild(branch_id)
            book.summaries.rebuild(branch_id, terms)
            book.commit()
    with open_unit_of_work(engine, keys) as book:
        book.roll_up.refresh()
        book.refresh_statistics()
        book.commit()


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
