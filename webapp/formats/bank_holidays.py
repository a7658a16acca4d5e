"""England's bank holidays, those proclaimed for one year among them, as the library has them."""

import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec, module_from_spec


def name_of(day: date) -> str | None:
    """What this bank holiday is called; None for any other day."""
    return _england().get(day)


@cache
def _england() -> Mapping[date, str]:
    # The package of countries loads every one of them, a tenth of a web process. It is here without
    # being run, so that the library loads the one it is asked for.
    countries = find_spec("holidays.countries")
    assert countries is not None
    sys.modules.setdefault(countries.name, module_from_spec(countries))
    from holidays import country_holidays

    found: Mapping[date, str] = country_holidays("GB", subdiv="ENG")
    return found
