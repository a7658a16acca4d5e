"""One year after another in a process of its own, each on an empty database."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask

from tests.simulation import house, outcomes
from tests.simulation.assumptions import SETS
from tests.simulation.life import Life
from tests.simulation.outcomes import Outcome
from tests.simulation.rules import RULES
from tests.simulation.year import Year

# One year: the numbers of its set and rule, its seed, and how many days of it.
Run = tuple[int, int, int, int]

_servers: list[str | None] = []


def begin(server: str | None) -> None:
    """Says where the databases of this process are; None is in files."""
    _servers.append(server)


def live(folder: str, run: Run) -> Outcome:
    set_, rule, seed, days = run
    app, own = _house(folder)
    with app.app_context():
        house.clean(own)
        life = Life(Year(seed, SETS[set_], days), RULES[rule], whole=False)
        life.live()
        return outcomes.of(life)


@cache
def _house(folder: str) -> tuple[Flask, Path]:
    own = Path(mkdtemp(dir=folder))
    return house.build(own, _servers[-1]), own
