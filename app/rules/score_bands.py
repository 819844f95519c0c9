"""From the model's probability to the internal score, the risk level and what it routes to.

Source: lending-rules.md 13.7; score = 850 - 550 p, two places, half up (figures in rule rows).
Vectors V177 to V187 and V226 to V230. These levels only route; a person decides. The probability
enters as ``Decimal(repr(p))`` so that 0.1895 is what was printed and not its binary neighbour.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.rules.money import PPM, round_half_up
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import RiskLevel

_CENT = Decimal("0.01")


class ProbabilityError(ValueError):
    """A probability outside 0 to 1, or none at all."""

    def __init__(self) -> None:
        super().__init__("A probability lies between 0 and 1")


def exact_probability(probability: float | Decimal) -> Decimal:
    """The printed value of a probability as a Decimal.

    Raises:
        ProbabilityError: outside 0 to 1, or not a number.

    >>> exact_probability(0.1895)
    Decimal('0.1895')
    """
    exact = probability if isinstance(probability, Decimal) else Decimal(repr(float(probability)))
    if not exact.is_finite() or not 0 <= exact <= 1:
        raise ProbabilityError
    return exact


def credit_score(probability: float | Decimal, rulebook: Rulebook, on: date) -> Decimal:
    """The internal score, two places, clamped to its range.

    Raises:
        ProbabilityError: outside 0 to 1.
    """
    start, span = rulebook.points("score_at_zero", on), rulebook.points("score_span", on)
    least, most = rulebook.points("score_min", on), rulebook.points("score_max", on)
    return _clamped(start - span * exact_probability(probability), least, most)


def _clamped(score: Decimal, least: int, most: int) -> Decimal:
    within = min(max(score, Decimal(least)), Decimal(most))
    return within.quantize(_CENT, rounding=ROUND_HALF_UP)


def display_score(score: Decimal) -> int:
    """The whole number that screens show.

    >>> display_score(Decimal("745.78"))
    746
    """
    return round_half_up(score)


@dataclass(frozen=True, slots=True)
class LogOddsScale:
    """A scale on which equal steps of score multiply the odds of good to bad."""

    base_score: int
    base_odds: int
    points_to_double_odds: int
    least: int
    most: int

    def score(self, probability: float | Decimal) -> Decimal:
        """The score, two places, clamped; certainty takes the end of the range.

        >>> LogOddsScale(600, 30, 40, 300, 850).score(Decimal("0.02"))
        Decimal('628.31')
        """
        bad = exact_probability(probability)
        if bad in {0, 1}:
            return _clamped(Decimal(self.least if bad else self.most), self.least, self.most)
        doublings = ((1 - bad) / bad / self.base_odds).ln() / Decimal(2).ln()
        raw = self.base_score + self.points_to_double_odds * doublings
        return _clamped(raw, self.least, self.most)


def log_odds_scale(rulebook: Rulebook, on: date) -> LogOddsScale:
    """The optional scale with the figures of its rule rows."""
    return LogOddsScale(
        base_score=rulebook.count("score_log_odds", on, "BASE_SCORE"),
        base_odds=rulebook.count("score_log_odds", on, "BASE_ODDS"),
        points_to_double_odds=rulebook.count("score_log_odds", on, "POINTS_TO_DOUBLE_ODDS"),
        least=rulebook.points("score_min", on),
        most=rulebook.points("score_max", on),
    )


def risk_level(probability: float | Decimal, rulebook: Rulebook, on: date) -> RiskLevel:
    """Low, Medium or High; exactly on a cut-off is the higher level.

    Raises:
        ProbabilityError: outside 0 to 1.
    """
    measured = exact_probability(probability) * PPM
    if rulebook.row("risk_high_from", on).holds(measured):
        return RiskLevel.HIGH
    if rulebook.row("risk_medium_from", on).holds(measured):
        return RiskLevel.MEDIUM
    return RiskLevel.LOW


def level_action(level: RiskLevel, rulebook: Rulebook, on: date) -> str:
    """What a level routes to, in the words of the rule row."""
    return rulebook.text("risk_level_action", on, level.name)


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """The range of the internal score and the scores at which the level changes.

    Attributes:
        high_at: this score and below is High risk.
        medium_at: this score and below, down to `high_at`, is Medium risk.
    """

    least: int
    most: int
    high_at: int
    medium_at: int


def score_scale(rulebook: Rulebook, on: date) -> ScoreScale:
    """The scale with the figures of its rule rows, for gauges and charts."""

    def at(code: str) -> int:
        cut = Decimal(rulebook.millionths(code, on)) / PPM
        return display_score(credit_score(cut, rulebook, on))

    return ScoreScale(
        least=rulebook.points("score_min", on),
        most=rulebook.points("score_max", on),
        high_at=at("risk_high_from"),
        medium_at=at("risk_medium_from"),
    )
