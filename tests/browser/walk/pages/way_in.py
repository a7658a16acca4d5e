"""Signing in, with a password alone and with a second factor."""

from tests.conftest import NOW
from webapp.services import links

# After the password, before the code; and what only who has a second factor can see.
HALF_IN = [("code", "asked and pressed", {}), ("recovery_code", "asked and pressed", {})]
WITH_SECOND_FACTOR = [
    ("switch_off_second_factor", "asked and pressed", {}),
    ("recovery_codes", "asked and pressed", {}),
    ("account", "with a second factor", {}),
]


def pages(world):
    yield "sign_in", "asked and pressed", {}
    yield "forgotten", "asked and pressed", {}
    yield "forgotten_written", "", {}
    invited = links.password_token(world.trainer, NOW)
    yield "choose_password", "invited and pressed", {"token": invited}
    yield "choose_password", "altered link", {"token": invited[:-2] + "xx"}
    expired = links.password_token(world.trainer, NOW.replace(year=2024))
    yield "choose_password", "expired link", {"token": expired}
