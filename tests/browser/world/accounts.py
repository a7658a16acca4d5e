"""Who signs in and for what; and people who ask for another address, or to be forgotten."""

from tests.browser.world.booking import PASSWORD, book
from tests.conftest import NOW
from tests.makers import make_organiser
from webapp.models import RoleName
from webapp.services import address_changes, erasures, second_factor
from webapp.services.address_changes import Side


def build(world):
    second_factor.turn_on(world.careful, second_factor.new_secret())
    world.recovery_code = second_factor.new_recovery_codes(world.careful)[0]
    reporter = {"role": RoleName.REPORTER, "password": PASSWORD}
    agency = world.standings["confirmed"].agency
    world.accounts |= {
        "organiser": make_organiser("organiser@partnership.example", password=PASSWORD),
        "reporter": make_organiser("reporter@partnership.example", **reporter, agency=agency),
        "reporter of nobody": make_organiser("nobodys@partnership.example", **reporter),
        "closed": make_organiser("closed@partnership.example", active=False),
    }
    _wishes(world)


def _wishes(world):
    world.standings["erased"] = book(world.two_days, "to.be.erased@york.gov.uk")
    for state in ("two days", "certified", "erased"):
        erasures.ask(_person(world, state), now=NOW)
    erasures.erase(_person(world, "erased"), now=NOW)
    for state in ("asked", "put off and waiting"):
        address_changes.ask(
            _person(world, state), f"new.{state.replace(' ', '.')}@york.gov.uk",
            submission=f"form of {state}", now=NOW,
        )  # fmt: skip
    address_changes.confirm(_person(world, "asked").address_change, Side.OLD, now=NOW)


def _person(world, state):
    return world.standings[state].practitioner
