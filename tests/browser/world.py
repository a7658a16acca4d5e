"""A partnership in the middle of its day: the real programme, and somebody in every state."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_organiser
from webapp.config import ROOT
from webapp.db import db
from webapp.models import (
    Announcement,
    Booking,
    BookingTerms,
    Course,
    CourseDate,
    DateState,
    Email,
    Format,
    Interest,
    NewsReading,
    Organiser,
    Origin,
    Reply,
    RoleName,
)
from webapp.services import (
    accepting,
    arrangements,
    bookings,
    calling_off,
    drafts,
    interests,
    links,
    moving,
    news,
    practitioners,
    second_factor,
    seeding,
    waiting_list,
)
from webapp.services.agencies import suggested
from webapp.services.details import details_of

# What the partnership announced first, and then again with changes to what is settled by then.
NEWS = """
Latest news

Neglect: Seeing the Whole Child

Published 14 April 2025.

A half day course on neglect at every age, with practice in groups. Open to every agency.

  • Tuesday 10 June, 9.30am to 12.30pm, Guildhall Annex
  • Thursday 3 July, 1.00pm to 4.00pm, via MS Teams

Book a place online.

Back to list of news

Private Fostering Briefing

Published 11 April 2025.

Wednesday 20 June, 12.00pm to 1.00pm, on Microsoft Teams. Who counts as privately fostered.

Back to list of news

Young Carers Workshop

Published 10 April 2025.

Friday 13 June, 10am to 12 noon, at West Offices. Sign up with the training team.

Back to list of news

Working with Fathers Briefing

Published 9 April 2025.

Monday 16 June, 10am to 11am, on Microsoft Teams. Book a place online.

Back to list of news

Escalation policy renewed

Published 8 April 2025.

The policy has been renewed and takes effect on 1 May 2025.

Back to list of news

Minute-taking Course

Published 7 April 2025.

Thursday 19 June, 2pm to 4pm, at West Offices. Book a place online.
"""
NEWS_AGAIN = (
    NEWS.replace("Friday 13 June, 10am to 12 noon", "Friday 20 June, 10am to 12 noon")
    .replace("Working with Fathers Briefing", "CANCELLED: Working with Fathers Briefing")
    .replace(
        "Escalation policy renewed", f"{'Escalation ' * 20}policy <script>alert(1)</script> عائشة"
    )
)
PASSWORD = "correct horse battery staple"
HOSTILE = "<b>Ann</b> O'Brien-Šťastná عائشة 🙂 " + "long" * 30


@dataclass
class World:
    """Rows that the pages are asked for."""

    open: CourseDate
    online: CourseDate
    full: CourseDate
    past: CourseDate
    cancelled: CourseDate
    closed: CourseDate
    held_back: CourseDate
    two_days: CourseDate
    # Put off with people on it; and one of whose two days one was dropped.
    postponed: CourseDate
    shortened: CourseDate
    no_dates: Course
    e_learning: Course
    standings: dict[str, Booking]
    interest: Interest
    administrator: Organiser
    trainer: Organiser
    # Has a second factor, and this code for when the phone is lost.
    careful: Organiser
    recovery_code: str
    # A link to a booking that a newer one has replaced.
    replaced: str
    # Two looks at the news, and what was found, by the first word of its title.
    readings: list[NewsReading]
    announcements: dict[str, Announcement]


def build():
    """Make it all and commit. An app context is needed."""
    seeding.load(ROOT / "seeds", now=NOW)
    db.session.commit()
    hsb = _course("harmful-sexual-behaviour")
    opens, full, last = hsb.dates
    full.capacity = 1
    db.session.commit()
    two_days = make_date(
        course=hsb,
        venue=opens.venue,
        days=_two_days(40),
    )
    past = make_date(course=hsb, venue=opens.venue, starts_at=NOW - timedelta(days=20))
    closed = make_date(course=hsb, venue=opens.venue, closes_at=NOW - timedelta(hours=1))
    cancelled = make_date(
        course=make_course(title=HOSTILE, summary=HOSTILE, outline=HOSTILE),
        state=DateState.CANCELLED,
        cancelled_at=NOW,
        cancel_message="The trainer is ill.",
    )
    online = db.session.scalars(
        select(CourseDate).where(
            CourseDate.format == Format.ONLINE, CourseDate.state == DateState.PUBLISHED
        )
    ).first()
    held_back = db.session.scalars(
        select(CourseDate).where(CourseDate.state == DateState.HELD_BACK)
    ).one()
    world = World(
        open=opens,
        online=online,
        full=full,
        past=past,
        cancelled=cancelled,
        closed=closed,
        held_back=held_back,
        two_days=two_days,
        postponed=make_date(course=hsb, venue=opens.venue, capacity=2, days=_two_days(50)),
        shortened=make_date(course=hsb, venue=opens.venue, days=_two_days(60)),
        no_dates=_course("shared-responsibilities"),
        e_learning=db.session.scalars(select(Course).where(Course.link.is_not(None))).first(),
        standings={},
        interest=_interested(held_back.course),
        administrator=make_organiser(
            "admin@partnership.example", role=RoleName.ADMINISTRATOR, password=PASSWORD
        ),
        trainer=make_organiser(
            "trainer@partnership.example", role=RoleName.TRAINER, password=PASSWORD
        ),
        careful=make_organiser("careful@partnership.example", password=PASSWORD),
        recovery_code="",
        replaced="",
        readings=[],
        announcements={},
    )
    second_factor.turn_on(world.careful, second_factor.new_secret())
    world.recovery_code = second_factor.new_recovery_codes(world.careful)[0]
    _people(world, last)
    _changes(world)
    _mail_of_every_fate()
    _news(world)
    db.session.commit()
    return world


def _news(world):
    """One read before its trainings were in the programme, and again when it says otherwise."""
    first = _read(NEWS)
    for word in ("Young", "Working"):
        draft = drafts.of(_announcement(word), now=NOW)
        places = {date.key: _places(date) for date in draft.dates}
        drafts.edit(draft.announcement, {"summary": "An hour together."}, places, now=NOW)
        accepting.accept(draft.announcement, world.administrator, now=NOW)
    drafts.ignore(_announcement("Minute"), world.administrator, "For our own staff.", now=NOW)
    booked = _announcement("Young").course.dates[0]
    _book(booked, "young.carers@york.gov.uk")
    world.readings += [first, _read(NEWS_AGAIN)]
    words = ("Neglect", "Private", "Young", "CANCELLED")
    world.announcements |= {word: _announcement(word) for word in words}


def _read(page):
    about = {"published": date(2025, 4, 15), "organiser": None, "name": None, "now": NOW}
    return news.take(page, origin=Origin.PASTED, **about).reading


def _announcement(word):
    found = select(Announcement).where(Announcement.title.startswith(word))
    return db.session.scalars(found).one()


def _places(found):
    days = {day.key: (day.day, day.starts, day.ends) for day in found.days}
    return drafts.DateEdit(days, found.is_online, found.place, True, 20, None, False)


def _people(world, last):
    """One booking in each standing."""
    book = world.standings
    book["confirmed"] = _book(world.open, "confirmed@northyorkshire.police.uk", access="A ramp")
    book["online"] = _book(world.online, "online@york.gov.uk")
    book["two days"] = _book(world.two_days, "twice@york.gov.uk")
    book["hostile"] = _book(world.open, "hostile@york.gov.uk", name=HOSTILE, job_role=HOSTILE)
    holder = _book(world.full, "holder@york.gov.uk")
    book["waiting"] = _book(world.full, "waiting@york.gov.uk")
    _book(world.full, "also.waiting@york.gov.uk")
    last.capacity = 1
    leaver = _book(last, "leaver@york.gov.uk")
    book["offered"] = _book(last, "offered@york.gov.uk")
    bookings.cancel(leaver, now=NOW)
    book["cancelled"] = leaver
    removed = _book(world.open, "removed@york.gov.uk")
    bookings.cancel_by_organiser(removed, reason="The same person twice", now=NOW)
    book["removed"] = removed
    book["past"] = make_booking(world.past, agency=holder.agency)
    book["date cancelled"] = make_booking(world.cancelled, agency=holder.agency)
    lapsed = make_date(capacity=1, starts_at=NOW + timedelta(days=9))
    first = _book(lapsed, "first@york.gov.uk")
    book["lapsed"] = _book(lapsed, "lapsed@york.gov.uk")
    bookings.cancel(first, now=NOW)
    waiting_list.lapse_on(lapsed, now=NOW + timedelta(days=3))
    lost = _book(world.open, "lost@york.gov.uk")
    world.replaced = links.booking_token(lost)
    lost.link_generation += 1
    db.session.commit()


def _changes(world):
    """What happens between booking and the day."""
    book = world.standings
    for name in ("put off", "asked", "put off and waiting"):
        book[name] = _book(world.postponed, f"{name.replace(' ', '.')}@york.gov.uk")
    calling_off.postpone(world.postponed, message="The hall was flooded.", now=NOW)
    book["shortened"] = _book(world.shortened, "shortened@york.gov.uk")
    arrangements.arrange(
        world.shortened,
        replace(arrangements.of(world.shortened), days=tuple(_two_days(60)[:1]), room="Room 2"),
        now=NOW,
    )
    book["moved"] = _book(world.open, "moved@york.gov.uk")
    moving.move(
        book["moved"], world.two_days, reason="Too few", over_capacity_reason="Asked", now=NOW
    )
    book["passed on"] = _book(world.open, "passed.on@york.gov.uk")
    moving.substitute(
        book["passed on"],
        email="stands.in@york.gov.uk",
        details=replace(details_of(book["passed on"]), name="Stan Din"),
        now=NOW,
    )
    book["declined"] = _book(world.open, "declined@york.gov.uk")
    book["declined"].invites[0].reply = Reply.DECLINED
    book["declined"].invites[0].replied_at = NOW
    book["discreet"] = _book(world.open, "discreet@york.gov.uk")
    practitioners.choose_title(book["discreet"].practitioner, True, now=NOW)
    world.open.trainers = [world.trainer]
    db.session.commit()


def _mail_of_every_fate():
    """The outbox with something sent, something given up, and the rest waiting."""
    sent, failed, returned, *_ = db.session.scalars(select(Email).order_by(Email.id))
    sent.sent_at = NOW
    returned.sent_at = returned.bounced_at = NOW
    returned.bounce = "550 5.1.1 The mailbox does not exist"
    failed.gave_up_at, failed.failure, failed.tries = NOW, "550 No such person here", 1


def _two_days(days):
    """From 10am to 4pm, that many days from now and the day after."""
    start = NOW + timedelta(days=days, hours=1)
    return [(start + timedelta(days=n), start + timedelta(days=n, hours=6)) for n in (0, 1)]


def _course(slug):
    return db.session.scalars(select(Course).where(Course.slug.contains(slug))).one()


def _interested(course):
    interests.register(course, name="Ida Interested", email="ida@york.gov.uk", now=NOW)
    db.session.commit()
    return db.session.scalars(select(Interest)).first()


def _book(date, email, **facts):
    details = bookings.Details(
        **{
            "name": email.partition("@")[0].replace(".", " ").title(),
            "agency": suggested(email),
            "job_role": "Social worker",
            "manager_name": "Max Manager",
            "manager_email": "max@york.gov.uk",
            **facts,
        }
    )
    bookings.book(
        date,
        email=email,
        details=details,
        terms=db.session.scalars(select(BookingTerms)).first(),
        submission=f"form of {email}",
        now=NOW,
    )
    db.session.commit()
    return db.session.scalars(select(Booking).order_by(Booking.id.desc())).first()
