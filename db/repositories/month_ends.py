"""Calendar months as the trends need them."""

from db.records.months import INDIA, MonthSpan, month_of, months_before, months_until

__all__ = ["INDIA", "MonthSpan", "month_of", "months_before", "months_until"]
