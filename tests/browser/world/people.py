"""People in every standing, what changed between booking and the day, and what was mailed."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tests.browser.world.booking import HOSTILE, book, two_days
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date
from webapp.db import db
from webapp.models import Cause, Email, Reply, Sector
from webapp.services import (
    arrangements,
    bookings,
    calling_off,
    charges,
    held_places,
    links,
    moving,
    partnership,
    practitioners,
    team_bookings,
    waiting_list,
)
from webapp.services.details import details_of


def build(world):
    _people(world)
    _changes(world)
    _teams(world)
    _mail_of_every_fate()


def _people(world):
    """One booking in each standing."""
    standings = world.standings
    standings["confirmed"] = book(world.open, "confirmed@northyorkshire.police.uk", access="A ramp")
    standings["online"] = book(world.online, "online@york.gov.uk")
    standings["two days"] = book(world.two_days, "twice@york.gov.uk")
    standings["hostile"] = book(world.open, "hostile@york.gov.uk", name=HOSTILE, job_role=HOSTILE)
    holder = book(world.full, "holder@york.gov.uk")
    standings["waiting"] = book(world.full, "waiting@york.gov.uk")
    book(world.full, "also.waiting@york.gov.uk")
    standings["to allow"] = book(world.full, "to.be.allowed@york.gov.uk")
    standings["to allow"].approval_asked_at = NOW
    standings["of no sector held for"] = _held_for_a_sector(holder.agency.sector)
    last = world.last
    last.capacity = 1
    leaver = book(last, "leaver@york.gov.uk")
    standings["offered"] = book(last, "offered@york.gov.uk")
    bookings.cancel(leaver, now=NOW)
    standings["cancelled"] = leaver
    removed = book(world.open, "removed@york.gov.uk")
    bookings.cancel_by_organiser(removed, reason="The same person twice", now=NOW)
    standings["removed"] = removed
    standings["past"] = make_booking(world.past, agency=holder.agency)
    standings["date cancelled"] = make_booking(world.cancelled, agency=holder.agency)
    lapsed = make_date(capacity=1, starts_at=NOW + timedelta(days=9))
    first = book(lapsed, "first@york.gov.uk")
    standings["lapsed"] = book(lapsed, "lapsed@york.gov.uk")
    bookings.cancel(first, now=NOW)
    waiting_list.lapse_on(lapsed, now=NOW + timedelta(days=3))
    asked = "Asked of managers"
    by_managers = make_date(course=make_course(title=asked, short_title=asked, objection_days=5))
    standings["may be objected to"] = book(by_managers, "spared@york.gov.uk")
    lost = book(world.open, "lost@york.gov.uk")
    amounts = {"all": {"half_day": 3500, "day": 5000, "several_days": 9000}}
    charges.change(for_late=True, for_absence=True, amounts=amounts, now=NOW - timedelta(days=90))
    near = make_date(course=world.open.course, starts_at=NOW + timedelta(days=1))
    standings["late"] = book(near, "late@york.gov.uk")
    standings["gave up late"] = book(near, "gave.up.late@york.gov.uk")
    bookings.cancel(standings["gave up late"], cause=Cause.ILLNESS, reason="Since today", now=NOW)
    world.replaced = links.booking_token(lost)
    lost.link_generation += 1
    db.session.commit()


def _held_for_a_sector(other):
    """Somebody who waits, since the places that are free are for people of another sector."""
    title = "Places for sectors"
    date = make_date(course=make_course(title=title, short_title=title), capacity=2)
    sectors = db.session.scalars(select(Sector).where(Sector.id != other.id).limit(2))
    held = [(sector.id, 1) for sector in sectors]
    held_places.hold(date, held, 5, prefers_missing=True, now=NOW)
    return book(date, "of.no.sector@york.gov.uk")


def _changes(world):
    """What happens between booking and the day."""
    standings = world.standings
    for name in ("put off", "asked", "put off and waiting"):
        standings[name] = book(world.postponed, f"{name.replace(' ', '.')}@york.gov.uk")
    calling_off.postpone(world.postponed, message="The hall was flooded.", now=NOW)
    standings["shortened"] = book(world.shortened, "shortened@york.gov.uk")
    arrangements.arrange(
        world.shortened,
        replace(arrangements.of(world.shortened), days=tuple(two_days(60)[:1]), room="Room 2"),
        now=NOW,
    )
    standings["moved"] = book(world.open, "moved@york.gov.uk")
    moving.move(
        standings["moved"], world.two_days, reason="Too few", over_capacity_reason="Asked", now=NOW
    )
    standings["passed on"] = book(world.open, "passed.on@york.gov.uk")
    moving.substitute(
        standings["passed on"],
        email="stands.in@york.gov.uk",
        details=replace(details_of(standings["passed on"]), name="Stan Din"),
        now=NOW,
    )
    standings["declined"] = book(world.open, "declined@york.gov.uk")
    standings["declined"].invites[0].reply = Reply.DECLINED
    standings["declined"].invites[0].replied_at = NOW
    standings["discreet"] = book(world.open, "discreet@york.gov.uk")
    practitioners.choose_title(standings["discreet"].practitioner, True, now=NOW)
    world.open.trainers = [world.trainer]
    db.session.commit()


def _teams(world):
    """Somebody has booked for colleagues, who stand in every way."""
    leader = book(world.open, "leader@york.gov.uk")
    names = ["Has Confirmed", "Not Heard", "Did Cancel", "Was Cancelled", HOSTILE]
    details = details_of(leader)
    team = team_bookings.Team(
        name="Lee Leader",
        email=leader.email,
        colleagues={f"team.{n}@york.gov.uk": replace(details, name=x) for n, x in enumerate(names)},
    )
    terms, world.booker = partnership.current_terms(), leader.practitioner
    facts = {"all_or_nobody": False, "terms": terms, "submission": "form of a team", "now": NOW}
    for date in (world.two_days, world.full):
        team_bookings.book(date, team, **facts)
    [first, *_] = reversed(team_bookings.made_by(world.booker))
    confirmed, unheard, cancelled, taken_back, _ = first.members
    bookings.change_details(confirmed.booking, details=details, terms=terms, now=NOW)
    bookings.cancel(cancelled.booking, now=NOW)
    team_bookings.cancel(world.booker, [taken_back.id], now=NOW)
    world.standings["booked by a colleague"] = unheard.booking
    world.standings["cancelled by a colleague"] = taken_back.booking
    db.session.commit()


def _mail_of_every_fate():
    """The outbox with something sent, something given up, and the rest waiting."""
    sent, failed, returned, *_ = db.session.scalars(select(Email).order_by(Email.id))
    sent.sent_at = NOW
    returned.sent_at = returned.bounced_at = NOW
    returned.bounce = "550 5.1.1 The mailbox does not exist"
    failed.gave_up_at, failed.failure, failed.tries = NOW, "550 No such person here", 1
