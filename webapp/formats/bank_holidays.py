"""England's bank holidays, those proclaimed for one year among them, as the library has them."""

from collections.abc import Mapping
from datetime import date
from functools import cache


def name_of(day: date) -> str | None:
    """What this bank holiday is called; None for any other day."""
    return _england().get(day)


@cache
def _england() -> Mapping[date, str]:
    # Every country's come with it, a tenth of a web process, so not before somebody asks.
    from holidays import country_holidays

    found: Mapping[date, str] = country_holidays("GB", subdiv="ENG")
    return found
