"""A few weeks of a small partnership: nothing is promised twice, nothing is left hanging, and the
same seed is the same story."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.conftest import empty
from tests.simulation import outcomes
from tests.simulation.assumptions import AGAINST_OFFERS
from tests.simulation.life import Life
from tests.simulation.rules import FIRST_COME, NO_LINE, OFFERS, RULES
from tests.simulation.year import Year
from webapp.models import Booking, Email

DAYS, SEED = 28, 3
# Small dates that many want and many give up, so that a few weeks have everything in them.
CROWDED = replace(
    AGAINST_OFFERS,
    name="crowded",
    courses=4,
    opens_days=28,
    capacities=(4, 5),
    demand=3.5,
    looks_days=40,
    looks_again=0.5,
    something_comes_up=0.5,
    in_the_last_days=0.5,
    last_days=14,
    on_the_last_day=0.1,
    reads_often=0.6,
    says_so=0.9,
)


def live(rule):
    life = Life(Year(SEED, CROWDED, DAYS), rule)
    life.live()
    return life


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_few_weeks_keep_every_promise(db, rule):
    life = live(rule)
    outcome = outcomes.of(life)
    assert life.promises.days > DAYS
    assert 0 < outcome.attended <= outcome.seats
    assert outcome.passed_on > 0
    # Everything that is watched over happened.
    told = set(db.session.scalars(select(Email.kind).distinct()))
    assert ("booking_offered" in told) == (rule is OFFERS)
    assert ("booking_waiting" in told) == (rule is not NO_LINE)
    assert {"booking_cancelled", "reminder", "joining_instructions", "certificate"} <= told


def test_first_come_keeps_no_place_for_anybody(db):
    live(FIRST_COME)
    assert db.session.scalar(select(func.count()).where(Email.kind == "place_to_take")) > 0
    assert db.session.scalar(select(func.count()).where(Booking.offered_until.is_not(None))) == 0


def test_the_same_seed_is_the_same_story(db, house):
    once = outcomes.of(live(OFFERS))
    db.session.remove()
    empty(house[1])
    assert outcomes.of(live(OFFERS)) == once


def test_another_seed_is_another_year():
    assert Year(SEED, CROWDED, DAYS).wishes == Year(SEED, CROWDED, DAYS).wishes
    assert Year(SEED, CROWDED, DAYS).wishes != Year(SEED + 1, CROWDED, DAYS).wishes


def test_what_befalls_somebody_does_not_hang_on_what_was_asked_before():
    once, again = Year(SEED, CROWDED, DAYS), Year(SEED, CROWDED, DAYS)
    pairs = [(wish.person, date) for wish in once.wishes for date in wish.dates]
    fates = {pair: once.fate(*pair) for pair in pairs}
    assert {pair: again.fate(*pair) for pair in reversed(pairs)} == fates
