"""What somebody typed, short enough to be said back in a sentence."""

LONGEST = 30


def typed_text(text: str) -> str:
    """The text without outer spaces; a long one ends in three dots.

    >>> typed_text("  12 lakh of rupees, give or take a few ")
    '12 lakh of rupees, give or tak…'
    """
    plain = text.strip()
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
