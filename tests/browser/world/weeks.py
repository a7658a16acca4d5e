"""Weeks of short sessions: one with sessions in every state, one empty, one over, one hidden."""

from datetime import timedelta

from tests.browser.world.booking import HOSTILE
from tests.conftest import NOW
from tests.makers import make_course, make_date, make_week
from webapp.models import Format

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = NOW + timedelta(days=67)


def build(world):
    sessions = {
        "ten": make_date(course=make_course(title="Online harms"), starts_at=MONDAY + HOUR),
        "at the same time": make_date(
            course=make_course(title=f"Session {HOSTILE}"),
            starts_at=MONDAY + 2 * HOUR,
            venue=world.open.venue,
        ),
        "full session": make_date(
            course=make_course(title="Private fostering"),
            starts_at=MONDAY + DAY,
            capacity=0,
            format=Format.ONLINE,
        ),
        "closed session": make_date(
            course=make_course(title="Neglect"), starts_at=MONDAY + DAY, closes_at=NOW
        ),
    }
    world.dates |= sessions
    monday = MONDAY.date()
    world.weeks |= {
        "some": make_week(days=(monday, monday + 4 * DAY)),
        "hostile, nothing in it": make_week(
            title=f"Week {HOSTILE}", about=HOSTILE, days=(monday + 365 * DAY,) * 2
        ),
        "over": make_week(days=(monday - 200 * DAY, monday - 196 * DAY)),
        "not published": make_week(is_published=False, title="A single day", days=(monday, monday)),
    }
