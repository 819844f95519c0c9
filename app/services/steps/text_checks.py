"""What typed text must be before it is stored: tidy, of sane length, no control marks."""

import unicodedata

LONGEST_LINE = 200
SHORTEST_NAME, LONGEST_NAME = 2, 100
MOST_PAISE = 10**15


def tidy(text: str) -> str:
    """NFC, without format marks (zero width and the like), single spaces, trimmed."""
    normal = unicodedata.normalize("NFC", text)
    kept = "".join(
        mark for mark in normal if unicodedata.category(mark) != "Cf" or mark in "\u200c\u200d"
    )
    return " ".join(kept.split()) if "\n" not in kept else kept.strip()


def line_fault(label: str, text: str, longest: int = LONGEST_LINE) -> str | None:
    """The sentence for a text that cannot be stored as it is, None when it can."""
    if any(
        unicodedata.category(mark) in {"Cc", "Cs", "Cn"} and mark not in "\n\t" for mark in text
    ):
        return f"{label} holds a character that cannot be printed: type it again"
    if len(text) > longest:
        return f"{label} may have {longest} characters: this one has {len(text)}"
    return None


def money_fault(label: str, amount_paise: int | None, *, zero: bool = True) -> str | None:
    """The sentence for an amount below what is allowed or beyond any real one."""
    if amount_paise is None:
        return None
    if amount_paise < 0 or (amount_paise == 0 and not zero):
        return f"{label} must be {'₹0 or more' if zero else 'more than ₹0'}"
    if amount_paise > MOST_PAISE:
        return f"{label} is larger than this program can hold: check the number of digits"
    return None


def name_faults(field: str, label: str, name: str) -> dict[str, str]:
    """The fault of a person's name, any script."""
    plain = tidy(name)
    if not plain:
        return {field: f"Enter the {label.lower()}"}
    if not SHORTEST_NAME <= len(plain) <= LONGEST_NAME:
        return {field: f"{label} has {SHORTEST_NAME} to {LONGEST_NAME} characters"}
    if any(mark.isdigit() for mark in plain):
        return {field: f"{label} has letters only: this one has a digit"}
    found = line_fault(label, plain)
    return {field: found} if found else {}
