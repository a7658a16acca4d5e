"""What organisers write to people on a date: drafts, sent, on its way, partly lost."""

from datetime import timedelta

from sqlalchemy import select

from tests.browser.world.booking import book
from tests.conftest import NOW
from tests.makers import make_booking, make_date
from webapp.db import db
from webapp.models import Email, Format, WrittenTo
from webapp.services import bookings, date_messages, joining
from webapp.services.date_messages import Said

WORDS = ("About {day}", "Dear {name},\n\nplease bring a laptop to {place}.\n\nSee you at {time}.")


def build(world):
    _messages(world)
    _joining(world)


def _messages(world):
    # The only one of that agency who waits.
    leaver = book(world.full, "waits.no.more@btp.police.uk")
    drafts = {
        "draft": (world.open, WrittenTo.ALL, None),
        "nobody left": (world.full, WrittenTo.WAITING, leaver.agency_id),
        "just sent": (world.open, WrittenTo.CONFIRMED, None),
        "partly failed": (world.open, WrittenTo.CONFIRMED, None),
    }
    for state, (date, to, agency_id) in drafts.items():
        said = Said(to, agency_id, *WORDS)
        world.messages[state] = date_messages.draft(date, said, world.administrator)
    bookings.cancel(leaver, now=NOW)
    date_messages.send(world.messages["just sent"], world.administrator, now=NOW)
    earlier = NOW - timedelta(hours=1)
    date_messages.send(world.messages["partly failed"], world.administrator, now=earlier)
    db.session.flush()
    wanted = select(Email).where(Email.date_message_id == world.messages["partly failed"].id)
    failed, returned, *sent = db.session.scalars(wanted.order_by(Email.id))
    failed.gave_up_at, failed.failure, failed.tries = NOW, "550 No such person here", 1
    for email in (returned, *sent):
        email.sent_at, email.tries = earlier, 1
    returned.bounced_at, returned.bounce = NOW, "552 5.2.2 The mailbox is full"


def _joining(world):
    soon, later = NOW + timedelta(days=2), NOW + timedelta(days=3)
    held = {"course": world.courses["held"], "capacity": 12}
    world.dates |= {
        "told how to join": make_date(**held, starts_at=soon),
        "without a link": make_date(**held, starts_at=later, format=Format.ONLINE, join_link=None),
    }
    agency = world.standings["certified"].agency
    for state in ("told how to join", "without a link"):
        make_booking(world.dates[state], agency=agency)
    joining.send(world.dates["told how to join"], now=NOW)
