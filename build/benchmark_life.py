"""A bank that looks like one: places, employers, scores, arrears and decisions of many months.

What `benchmark_portfolio.Bank` leaves out is there, so that no tab of the monitor is empty: twelve
month ends, arrears that came and went, refused applications, users, security with old valuations,
and scores of the champion on its own golden rows. Loans are of every age from none to 54 months, on
average 27, and their sizes are those of an Indian bank. A spell of arrears stands in the month ends
alone: the ledger knows what is unpaid today and what was paid late.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from benchmark_portfolio import DAY, EMI, Bank, standing
from benchmark_sql import Words, insert, pick
from benchmarks_model import champion, golden_rows

# City and state, one a branch.
PLACES = (
    ("Mysuru", "Karnataka"), ("Kochi", "Kerala"), ("Pune", "Maharashtra"),
    ("Coimbatore", "Tamil Nadu"), ("Warangal", "Telangana"), ("Visakhapatnam", "Andhra Pradesh"),
    ("Thiruvananthapuram", "Kerala"), ("Chhatrapati Sambhajinagar", "Maharashtra"),
    ("Jabalpur", "Madhya Pradesh"), ("Prayagraj", "Uttar Pradesh"), ("Rajkot", "Gujarat"),
    ("Silvassa", "Dadra and Nagar Haveli and Daman and Diu"), ("Bhubaneswar", "Odisha"),
    ("Howrah", "West Bengal"), ("Ludhiana", "Punjab"), ("Udaipur", "Rajasthan"),
    ("Bengaluru", "Karnataka"), ("Chennai", "Tamil Nadu"), ("Hyderabad", "Telangana"),
    ("Guwahati", "Assam"),
)  # fmt: skip
EMPLOYERS = (
    "South Western Railway", "Sri Lakshmi Textiles", "Karnataka Power Transmission Corporation",
    "Government Higher Secondary School", "Apollo Hospitals", "Municipal Corporation",
    "Hindustan Aeronautics", "Infosys", "Tata Motors", "Annapurna Caterers", "State Police",
    "Bharat Electronics", "Cooperative Milk Producers' Federation", "Murugan Stores", "BSNL",
    "Public Works Department", "Deccan Ceramics", "Shivam Logistics", "Kendriya Vidyalaya",
)  # fmt: skip
FIRST = ("Anita", "Ravi", "Kavya", "Suresh", "Meera", "Imran", "Lakshmi", "Joseph", "Gurpreet")
LAST = ("Desai", "Rao", "Iyer", "Khan", "Nair", "Singh", "Patil", "Venkataraghavan", "Fernandes")
# How many smallest instalments, by product in the order of `benchmark_portfolio.PRODUCTS`.
SIZES = (8, 6, 3, 5, 8, 20, 45, 3)
AGES, MONTHS, TENURE = 55, 12, 60
SCORES, WORSE = 60, 10
"""So many scores are told apart; the last of them are those of most loans in arrears."""
REFUSED_IN = 4
"""At most one refused application for so many loans."""
MORE = ("users", "user_branches", "employment", "assessments", "npa_tracking", "day_ends")
SUPERVISOR = 7
ADVICE = {"Low": "Approve", "Medium": "Refer", "High": "Reject"}


class Score(NamedTuple):
    """The chance of default, a hundred times the score, the level, and how a score is kept."""

    chance: float
    points: int
    level: str
    text: str


def _last_days() -> tuple[tuple[date, int], ...]:
    """Each kept month end and how many months ago it was, the oldest first."""
    from db.records.months import months_until

    spans = months_until(DAY, MONTHS + 1)
    return tuple((span.last, MONTHS - place) for place, span in enumerate(spans))


class LivedBank(Bank):
    """What each record says, as in `Bank`."""

    youngest, ages = 0, AGES
    # Cohorts differ in how many were once a hundred days late, at any month on book.
    late = (
        "WHEN l.n % (21 + l.age % 17) = 3 AND k.n = l.n / 29 % 30 THEN 100 "
        "WHEN (l.n + k.n) % 13 = 0 THEN 5"
    )

    def __init__(self, loans: int, branches: int, say: Words) -> None:
        self.month_ends = _last_days()
        super().__init__(loans, branches, say)
        self.valued = say.months(say.day(DAY), f"0 - {self.local} / 3 % 70")
        numbers = f"SELECT n + {loans} AS n FROM {say.series(str(loans // REFUSED_IN), 's')}"  # noqa: S608  # our own words
        some = f"{self.local} / {AGES} % 10 < 4 + {self.age} * 3 % 7"
        self.refused = f"({numbers}) AS r WHERE {some}"

    def missed_of(self) -> str:
        """One loan of 13 is behind: most of them one to three dues, some for up to a year."""
        local = self.local
        long = f"4 + {local} / 39 % 12"
        behind = f"CASE WHEN {local} / 13 % 3 = 0 THEN {long} ELSE 1 + {local} / 39 % 3 END"
        due = f"CASE WHEN {local} % 13 = 0 THEN {behind} ELSE 0 END"
        return f"(CASE WHEN {self.age} < ({due}) THEN {self.age} ELSE {due} END)"

    def missed_at(self, ago: int) -> str:
        """What is behind now, or a spell that grew to its height and was paid off since."""
        local = self.local
        peak, height = f"(3 + {local} / 23 % 10)", f"(1 + {local} / 230 % 6)"
        after = f"{height} - 2 * ({peak} - {ago})"
        before = f"{height} - ({ago} - {peak})"
        spell = f"CASE WHEN {ago} < {peak} THEN {after} ELSE {before} END"
        had_one = f"{local} % 23 = 1 AND {local} % 13 > 0"
        return f"(CASE WHEN {had_one} THEN {spell} ELSE {self.missed} - {ago} END)"

    def size(self) -> str:
        """By product, and three sizes of each."""
        by_product = " ".join(f"WHEN {place} THEN {each}" for place, each in enumerate(SIZES))
        case = f"CASE {self.local} % {len(SIZES)} {by_product} END"
        return f"(CAST({case} AS BIGINT) * (1 + {self.local} / 8 % 3))"

    def rest(self) -> str:
        """What the rest of five years would have paid."""
        return f"({TENURE} - {self.age})"

    def turned(self, behind: str) -> str:
        """On the day that the oldest due was ninety days late."""
        return self.say.days(behind, "91")

    def city(self) -> str:
        """That of the branch."""
        return pick([each[0].replace("'", "''") for each in PLACES], self.branch)

    def state(self) -> str:
        """That of the branch."""
        return pick([each[1] for each in PLACES], self.branch)

    def worth(self) -> str:
        """Owed over it lies between a third and more than all."""
        return f"{self.owed} * 125 / (35 + {self.local} / 3 % 8 * 12)"

    def scored(self) -> dict[str, str]:
        """Every application was scored once."""
        return {"assessment_id": self.say.key(2, "n")}

    def statements(self) -> Iterator[str]:
        """What fills an empty migrated book."""
        yield from super().statements()
        yield self._applications("Rejected", self.refused)
        yield self.decided("reject", self.refused)
        yield from self._people()
        yield self._employment()
        for source in (self.all, self.refused):
            yield self._assessments(source)
        yield self._classes()
        yield self._closings()

    def _people(self) -> Iterator[str]:
        """Ten officers a branch, and the supervisor of the first one."""
        say = self.say
        place, own = "(1 + n / 10)", "n % 10"
        key = say.key(7, f"({place} * 100 + {own})")
        names = f"{pick(FIRST, 'n')} || ' ' || {pick(LAST, 'n / 9')}"
        staff = f"'o' || CAST({place} * 100 + {own} AS TEXT)"
        user = {
            "user_id": key, "staff_id": staff, "staff_key": staff, "full_name": names,
            "state": "'Active'", "branch_id": place, "failed_tries": 0,
        }  # fmt: skip
        role = {"branch_id": place, "user_id": key, "role": "'Officer'"}
        all_of_them = say.series(str(self.branches * 10 - 1), "s")
        yield insert("users", user, all_of_them)
        yield insert("user_branches", role, all_of_them)
        own_key = say.key(SUPERVISOR, "1")
        words = {"staff_id": "'bench'", "staff_key": "'bench'", "full_name": "'Anand Kulkarni'"}
        once = say.series("0", "s")
        yield insert("users", user | words | {"user_id": own_key, "branch_id": "1"}, once)
        supervises = {"branch_id": "1", "user_id": own_key, "role": "'Supervisor'"}
        yield insert("user_branches", supervises, once)

    def _employment(self) -> str:
        say = self.say
        named = pick([each.replace("'", "''") for each in EMPLOYERS], "n / 7")
        where = f"{named} || CASE WHEN n % 3 = 0 THEN '' ELSE ', ' || {self.city()} END"
        values = {
            "branch_id": self.branch, "customer_id": say.key(1, "n"),
            "employment_type": pick(("Salaried", "Salaried", "Business", "Self-Employed"), "n"),
            "employer_name": f"CASE WHEN n % 4 < 2 THEN {where} ELSE '' END", "job_title": "''",
            "monthly_income_paise": f"1500000 + {EMI} * {self.size()} * (2 + n % 5)",
            "income_source": "'Salary'",
            "experience_months": "12 + n % 240",
        }  # fmt: skip
        return insert("employment", values, say.series(str(self.people - 1), "s"))

    @cached_property
    def _scores(self) -> tuple[Score, ...]:
        """Golden rows as the model and the rules of the day score them, the best first."""
        from app.book_ports import shipped_rulebook
        from app.rules.score_bands import credit_score, risk_level
        from ml.features import FEATURE_NAMES

        rules, rows = shipped_rulebook(), golden_rows()[:SCORES]
        found = []
        for row, chance in zip(rows.tolist(), champion().probabilities(rows).tolist(), strict=True):
            values = zip(FEATURE_NAMES, row, strict=True)
            kept = [[name, 0, round(value, 4)] for name, value in values]
            text = json.dumps({"contributors": kept}, separators=(",", ":"))
            points = int(credit_score(chance, rules, DAY) * 100)
            found.append(Score(chance, points, str(risk_level(chance, rules, DAY)), text))
        return tuple(sorted(found))

    def _assessments(self, source: str) -> str:
        """Inputs stand in scores of the last year: older ones are only counted."""
        say, scores = self.say, self._scores
        behind = f"{self.missed} > 0 AND n % 3 > 0"
        which = f"CASE WHEN {behind} THEN {SCORES - WORSE} + n % {WORSE} ELSE n % {SCORES} END"

        def each(words: Iterable[object]) -> str:
            steps = " ".join(f"WHEN {place} THEN {word}" for place, word in enumerate(words))
            return f"CASE ({which}) {steps} END"

        texts = each(f"'{score.text}'" for score in scores)
        values = {
            "branch_id": self.branch, "assessment_id": say.key(2, "n"),
            "application_id": say.key(2, "n"), "assessed_at": say.moment(self.paid_out),
            "as_of": self.paid_out, "assessed_by": self.officer,
            "model_id": f"'{champion().model_id}'", "model_sha256": f"'{champion().sha256}'",
            "credit_score_hundredths": each(score.points for score in scores),
            "risk_probability": each(f"{score.chance:.6f}" for score in scores),
            "risk_level": each(f"'{score.level}'" for score in scores), "band": "'clear'",
            "recommendation": each(f"'{ADVICE[score.level]}'" for score in scores),
            "inputs_sha256": "''", "rule_row_ids": "'[]'",
            "payload": f"CASE WHEN {self.age} < {MONTHS + 2} THEN {texts} ELSE '{{}}' END",
        }  # fmt: skip
        return insert("assessments", values, source)

    def _classes(self) -> str:
        """The class of each loan that is behind, as its last day-end found it."""
        say = self.say
        values = {
            "branch_id": self.branch, "entry_id": say.key(3, "n"), "loan_id": say.key(3, "n"),
            "business_date": say.day(DAY), "recorded_at": say.now,
            "asset_class": standing(self.missed, 0), "provision_paise": f"{self.owed} / 250",
            "cause": "''",
        }  # fmt: skip
        return insert("npa_tracking", values, f"{self.all} WHERE {self.missed} > 0")

    def _closings(self) -> str:
        """Every branch has closed the day."""
        say = self.say
        values = {
            "branch_id": "1 + n", "business_date": say.day(DAY), "recorded_at": say.now,
            "actor_id": say.key(SUPERVISOR, "1"), "loans": 1, "moved": 0, "provision_paise": 0,
            "pending_receipts": 0, "details": "'{}'",
        }  # fmt: skip
        return insert("day_ends", values, say.series(str(self.branches - 1), "s"))


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
