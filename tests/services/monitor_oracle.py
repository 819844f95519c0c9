"""Every figure of the monitor counted in Python from the raw rows, apart from the program's SQL."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

from app.rules.money import share_of
from db.tables.applications import applications, collateral, decisions
from db.tables.customers import customers, employment
from db.tables.loan_account import month_end_snapshots, past_instalments, schedules
from db.tables.loans import disbursements, instalments, loans, repayments
from tests.services.raw_book import INDIA, RawBook, ticket, whole_months

NPA = ("Sub-Standard", "Doubtful-1", "Doubtful-2", "Doubtful-3", "Loss")
LATE = {30: ("31-60", "61-90", "90+"), 60: ("61-90", "90+"), 90: ("90+",)}
BAD_FROM_DAYS = 90


@dataclass
class Oracle:
    """The figures of one scope: a branch or all, a product, an officer, a day."""

    raw: RawBook
    day: date
    present: bool = True
    branch_id: int | None = None
    product_code: str | None = None
    officer_id: UUID | None = None

    def fits(self, row: SimpleNamespace) -> bool:
        return (
            (self.branch_id is None or row.branch_id == self.branch_id)
            and (self.product_code is None or row.product_code == self.product_code)
            and (self.officer_id is None or row.officer_id == self.officer_id)
        )

    @property
    def loans(self) -> dict[UUID, SimpleNamespace]:
        return {
            loan.loan_id: loan
            for loan in self.raw.of(loans)
            if self.fits(loan) and (self.present or loan.disbursement_date <= self.day)
        }

    def positions(self, day: date | None = None) -> dict[UUID, SimpleNamespace]:
        """Open loans: now, or as a month end kept them."""
        if day is None and self.present:
            return {
                key: loan
                for key, loan in self.loans.items()
                if str(loan.status) in ("Active", "Defaulted")
            }
        wanted = day or self.day
        own = {loan.loan_id for loan in self.raw.of(loans) if self.fits(loan)}
        return {
            row.loan_id: row
            for row in self.raw.of(month_end_snapshots)
            if row.month_end == wanted and row.loan_id in own
        }

    def until(self, day: date) -> bool:
        return self.present or day <= self.day

    def dues(self) -> list[SimpleNamespace]:
        return [
            row
            for row in self.raw.of(instalments)
            if row.loan_id in self.loans
            and row.due_date <= self.day
            and row.interest_paise + row.principal_paise > 0
        ]

    def receipts(self) -> list[SimpleNamespace]:
        return [
            row
            for row in self.raw.of(repayments)
            if row.loan_id in self.loans and self.until(row.value_date)
        ]

    def ratio(self, part: int, whole: int) -> float | None:
        return 100 * part / whole if whole else None

    def tiles(self) -> dict[str, float | int | None]:
        """Every tile by name."""
        stands = list(self.positions().values())
        owed = sum(row.outstanding_paise for row in stands)
        bad = [row for row in stands if str(row.asset_class) in NPA]
        npa = sum(row.outstanding_paise for row in bad)
        aside = sum(row.provision_paise for row in bad)
        lent = self.loans
        fell = sum(
            loan.defaulted_on is not None and self.until(loan.defaulted_on)
            for loan in lent.values()
        )
        dues = self.dues()
        in_month = [row for row in dues if row.due_date >= self.day.replace(day=1)]
        decided = self.decided(f"{self.day:%Y-%m}")
        return {
            "total_outstanding": owed,
            "total_disbursed": sum(
                row.amount_paise
                for row in self.raw.of(disbursements)
                if row.loan_id in lent and self.until(row.disbursement_date)
            ),
            "active_loans": len(stands),
            "npa_ratio": self.ratio(npa, owed),
            "net_npa_ratio": self.ratio(npa - aside, owed - aside),
            "total_npa_amount": npa,
            **{
                f"par{days}": self.ratio(
                    sum(r.outstanding_paise for r in stands if str(r.dpd_bucket) in late), owed
                )
                for days, late in LATE.items()
            },
            "default_rate": self.ratio(fell, len(lent)),
            "average_emi_payment_rate": self.ratio(
                sum(row.paid_on is not None and row.paid_on <= row.due_date for row in dues),
                len(dues),
            ),
            "approval_rate": self.ratio(
                sum(str(row.decision).startswith("approve") for row in decided), len(decided)
            ),
            "collection_efficiency": self.ratio(
                sum(row.paid_interest_paise + row.paid_principal_paise for row in in_month),
                sum(row.interest_paise + row.principal_paise for row in in_month),
            ),
        }

    def decided(self, month: str) -> list[SimpleNamespace]:
        """Final decisions of a month by the calendar of India."""
        own = {row.application_id for row in self.raw.of(applications) if self.fits(row)}
        return [
            row
            for row in self.raw.of(decisions)
            if row.application_id in own
            and str(row.decision) in ("approve", "approve_with_changes", "reject")
            and f"{row.decided_at.astimezone(INDIA):%Y-%m}" == month
        ]

    def classes(self) -> dict[str, tuple[int, int, int]]:
        """Loans, money and provision by class."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in self.positions().values():
            own = found[str(row.asset_class)]
            own[0] += 1
            own[1] += row.outstanding_paise
            own[2] += row.provision_paise
        return {key: tuple(value) for key, value in found.items()}

    def class_moves(self, since: date) -> dict[tuple[str | None, str | None], tuple[int, int]]:
        """Loans and money by class at the month end and now; stayers left out."""
        then, now = self.positions(since), self.positions()
        count: Counter = Counter()
        money: Counter = Counter()
        for key in then.keys() | now.keys():
            before = str(then[key].asset_class) if key in then else None
            after = str(now[key].asset_class) if key in now else None
            if before != after:
                count[before, after] += 1
                money[before, after] += (now.get(key) or then[key]).outstanding_paise
        return {pair: (count[pair], money[pair]) for pair in count}

    def rolls(self, opened: date, ended: date) -> dict[tuple[str, str], tuple[int, int]]:
        """Loans and opening balances by bucket at one month end and at the next."""
        then, now = self.positions(opened), self.positions(ended)
        every = {loan.loan_id: loan for loan in self.raw.of(loans)}
        count: Counter = Counter()
        money: Counter = Counter()
        for key, row in then.items():
            loan = every[key]
            gone = str(loan.status) == "Written-off" and loan.closed_on <= ended
            after = str(now[key].dpd_bucket) if key in now else "WRITTEN-OFF" if gone else "CLOSED"
            count[str(row.dpd_bucket), after] += 1
            money[str(row.dpd_bucket), after] += row.outstanding_paise
        return {pair: (count[pair], money[pair]) for pair in count}

    def first_bad(self) -> dict[UUID, date]:
        """The first day-end at which a loan was 90 days late, the due date's own being day 1.

        Dues that a later schedule replaced count until it began, those of a loan that was written
        off until that day.
        """
        began = {(row.loan_id, row.version): row.from_date for row in self.raw.of(schedules)}
        in_force = {(r.loan_id, r.number, r.due_date) for r in self.raw.of(instalments)}
        dues = [(row, None) for row in self.raw.of(instalments)] + [
            (row, began[row.loan_id, row.version + 1])
            for row in self.raw.of(past_instalments)
            if (row.loan_id, row.number, row.due_date) not in in_force
        ]
        found: dict[UUID, date] = {}
        for row, replaced in dues:
            loan = self.loans.get(row.loan_id)
            if loan is None or row.interest_paise + row.principal_paise <= 0:
                continue
            bad_on = row.due_date + timedelta(days=BAD_FROM_DAYS - 1)
            ends = [row.paid_on, replaced]
            if str(loan.status) == "Written-off":
                ends.append(loan.closed_on)
            still = all(end is None or end > bad_on for end in ends)
            if bad_on <= self.day and still:
                found[row.loan_id] = min(found.get(row.loan_id, bad_on), bad_on)
        return found

    def cohorts(self) -> dict[str, tuple[int, int, dict[int, int]]]:
        """Loans, principal and ever bad by month on book, of each month of disbursement."""
        bad, found = self.first_bad(), {}
        for loan in self.loans.values():
            name = f"{loan.disbursement_date:%Y-%m}"
            count, money, firsts = found.get(name, (0, 0, Counter()))
            if loan.loan_id in bad:
                firsts[whole_months(loan.disbursement_date, bad[loan.loan_id])] += 1
            found[name] = (count + 1, money + loan.principal_paise, firsts)
        return found

    def groups(self, by: str) -> dict[str, tuple[int, int, int]]:
        """Loans, money and NPA money by key."""
        every = {loan.loan_id: loan for loan in self.raw.of(loans)}
        people = {row.customer_id: row for row in self.raw.of(customers)}
        work = {row.customer_id: row for row in self.raw.of(employment)}
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for key, row in self.positions().items():
            loan = every[key]
            person, job = people[loan.customer_id], work.get(loan.customer_id)
            word = {
                "purpose": loan.loan_purpose,
                "product": loan.product_code,
                "segment": loan.provision_segment,
                "officer": loan.officer_id,
                "state": person.state,
                "city": person.city,
                "employer": job.employer_name if job else "",
                "ticket": ticket(loan.principal_paise),
            }[by]
            own = found[str(word or "")]
            own[0] += 1
            own[1] += row.outstanding_paise
            own[2] += row.outstanding_paise if str(row.asset_class) in NPA else 0
        return {key: tuple(value) for key, value in found.items()}

    def security(self) -> dict[str, tuple[int, int, int]]:
        """Loans, value and accepted value by kind."""
        found: dict[str, list] = defaultdict(lambda: [set(), 0, 0])
        for loan_id, item in self._secured():
            own = found[str(item.collateral_type)]
            own[0].add(loan_id)
            own[1] += item.value_paise
            own[2] += share_of(item.value_paise, item.accepted_share_ppm)
        return {key: (len(who), value, taken) for key, (who, value, taken) in found.items()}

    def bands(self, edges: tuple[int, ...]) -> dict[str, tuple[int, int]]:
        """Loans and money by what is owed over accepted security."""
        taken: Counter = Counter()
        for loan_id, item in self._secured():
            taken[loan_id] += share_of(item.value_paise, item.accepted_share_ppm)
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for key, row in self.positions().items():
            word = "none"
            if taken[key]:
                place = sum(row.outstanding_paise * 1_000_000 > e * taken[key] for e in edges)
                low = (0, *edges)[place]
                word = f"{low}-{edges[place]}" if place < len(edges) else f"{low}-"
            found[word][0] += 1
            found[word][1] += row.outstanding_paise
        return {key: tuple(value) for key, value in found.items()}

    def _secured(self):
        every = {loan.loan_id: loan for loan in self.raw.of(loans)}
        by_application = defaultdict(list)
        for item in self.raw.of(collateral):
            by_application[item.application_id].append(item)
        for key in self.positions():
            for item in by_application[every[key].application_id]:
                yield key, item

    def due_days(self) -> dict[date, tuple[int, int, int, int, int, int]]:
        """Due, on time, late, unpaid, due money and paid money of each due date."""
        found: dict[date, list[int]] = defaultdict(lambda: [0] * 6)
        for row in self.dues():
            own = found[row.due_date]
            own[0] += 1
            own[1] += row.paid_on is not None and row.paid_on <= row.due_date
            own[2] += row.paid_on is not None and row.paid_on > row.due_date
            own[3] += row.paid_on is None
            own[4] += row.interest_paise + row.principal_paise
            own[5] += row.paid_interest_paise + row.paid_principal_paise
        return {key: tuple(value) for key, value in found.items()}

    def by_method(self) -> dict[str, tuple[int, int]]:
        """Standing receipts and their money."""
        undone = {row.reverses_id for row in self.receipts() if row.reverses_id}
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in self.receipts():
            if row.amount_paise > 0 and row.repayment_id not in undone:
                found[str(row.method)][0] += 1
                found[str(row.method)][1] += row.amount_paise
        return {key: tuple(value) for key, value in found.items()}
