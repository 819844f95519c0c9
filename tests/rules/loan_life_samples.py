"""A running loan that several rule tests share, and strategies for others."""

from hypothesis import strategies as st

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.running_loan import RunningLoan, standing_after
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import RULEBOOK, TODAY

# V023: 10,00,000 at 9.5 % over 60 months, 12 paid.
LOAN = RunningLoan(
    balance_paise=835_955_23,
    rate_ppm=95_000,
    emi_paise=21_002_00,
    instalments_left=48,
    rounding=EmiRounding.RUPEE,
)
SHAPES = st.builds(
    LoanShape,
    st.integers(min_value=1_000_00, max_value=10**9),
    st.integers(min_value=0, max_value=360_000),
    st.integers(min_value=2, max_value=60),
)


@st.composite
def running_loans(draw: st.DrawFn) -> RunningLoan:
    """A loan somewhere in the schedule of its contract."""
    shape, rounding = draw(SHAPES), draw(st.sampled_from(EmiRounding))
    whole = contract_schedule(shape, rounding, RULEBOOK, TODAY)
    paid = draw(st.integers(0, len(whole.rows) - 1))
    return standing_after(whole, shape.rate_ppm, rounding, paid)
