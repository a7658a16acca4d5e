"""Plain functions that make rows: say what the test cares about, leave out the rest."""

from datetime import time, timedelta
from itertools import count

from tests.conftest import NOW
from webapp.db import db
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    BookingTerms,
    Course,
    CourseDate,
    CourseDay,
    DateReading,
    DateState,
    Email,
    Evaluation,
    Format,
    Interest,
    Kind,
    Partnership,
    Practitioner,
    RoleName,
    Sector,
    Venue,
    Week,
)
from webapp.services import organisers

_number = count(1)


def save(row):
    db.session.add(row)
    db.session.commit()
    return row


def make_partnership(**facts):
    return save(
        Partnership(
            **{
                "name": "Anytown Safeguarding Children Partnership",
                "service_name": "Safeguarding training",
                "area": "Anytown",
                "website_url": "https://partnership.example",
                "news_url": "https://partnership.example/news",
                "accent_colour": "#00594c",
                "who_may_come": "Open to everybody who works with children in Anytown.",
                "cost": "Free",
                "contact_name": "Anytown Training Team",
                "contact_email": "training@partnership.example",
                "contact_phone": "01632 960001",
                "contact_address": "Town Hall, Anytown",
                "data_controller": "Anytown Council",
                "data_protection_email": "privacy@partnership.example",
                "working_days": [0, 1, 2, 3, 4],
                "work_begins": time(9),
                "work_ends": time(17),
                "offer_hours": 16,
                "first_to_take_hours": 24,
                "cut_off_days": 5,
                "cut_off_working": True,
                "mail_days": 30,
                "access_needs_days": 28,
                "booking_years": 6,
                "register_days": 14,
                "joining_days": 3,
                "reminder_days": [14, 5],
                "reminder_working_days": 2,
                "reminds_online": True,
                "demonstration_values": [],
                "updated_at": NOW,
                **facts,
            }
        )
    )


def make_terms(version=1, body="Tell us in time if you cannot come."):
    return save(BookingTerms(version=version, body=body, published_at=NOW))


def make_agency(name=None, *, sector=None, **facts):
    number = next(_number)
    sector = sector or make_sector()
    return save(
        Agency(sector=sector, **{"name": name or f"Agency {number}", "position": number, **facts})
    )


def make_sector(**facts):
    number = next(_number)
    return save(
        Sector(
            **{"slug": f"sector-{number}", "name": f"Sector {number}", "position": number, **facts}
        )
    )


def make_venue(**facts):
    return save(
        Venue(
            **{
                "name": f"Town Hall {next(_number)}",
                "address": ["1 High Street", "Anytown", "AN1 1AA"],
                "latitude": 53.95,
                "longitude": -1.09,
                "directions": None,
                "parking": None,
                "access_notes": None,
                "demonstration_values": [],
                "updated_at": NOW,
                **facts,
            }
        )
    )


def make_course(**facts):
    number = next(_number)
    return save(
        Course(
            **{
                "slug": f"course-{number}",
                "kind": Kind.COURSE,
                "title": "Safeguarding basics",
                "short_title": "Safeguarding basics",
                "summary": "What everybody who works with children needs to know.",
                "outline": "Signs, duties and whom to tell.",
                "audience": "Everybody who works with children.",
                "outcomes": ["Know whom to tell"],
                "topics": ["safeguarding"],
                "is_published": True,
                "demonstration_values": [],
                "created_at": NOW,
                "updated_at": NOW,
                **facts,
            }
        )
    )


def make_date(**facts):
    """A published face-to-face date two weeks from NOW, 10am to 1pm, with two places."""
    days = facts.pop("days", [])
    starts_at = facts.pop("starts_at", days[0][0] if days else NOW + timedelta(days=14, hours=1))
    ends_at = facts.pop(
        "ends_at", days[-1][1] if days else starts_at and starts_at + timedelta(hours=3)
    )
    days = days or ([(starts_at, ends_at)] if starts_at else [])
    online = facts.get("format") is Format.ONLINE
    course = facts.pop("course", None) or make_course()
    venue = facts.pop("venue", None) or (None if online else make_venue())
    return save(
        CourseDate(
            course=course,
            venue=venue,
            starts_at=starts_at,
            ends_at=ends_at,
            all_days=[CourseDay(starts_at=start, ends_at=end) for start, end in days],
            **{
                "state": DateState.PUBLISHED,
                "format": Format.FACE_TO_FACE,
                "platform": "Microsoft Teams" if online else None,
                "join_link": "https://teams.example/join/secret" if online else None,
                "capacity": 2,
                "demonstration_values": [],
                "created_at": NOW,
                "updated_at": NOW,
                **facts,
            },
        )
    )


def make_many_dates(number, *, first=NOW, apart=timedelta(days=1), course=None, **facts):
    """This many dates of one course at one venue, written at once; all rows last changed at NOW."""
    course, venue = course or make_course(), make_venue(directions="By bus 4, stop Town Hall. " * 5)
    starts = [first + apart * n for n in range(number)]
    dates = [
        CourseDate(
            course_id=course.id,
            venue_id=venue.id,
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            all_days=[CourseDay(starts_at=start, ends_at=start + timedelta(hours=3))],
            **{
                "state": DateState.PUBLISHED,
                "format": Format.FACE_TO_FACE,
                "capacity": 20,
                "demonstration_values": [],
                "created_at": NOW,
                "updated_at": NOW,
                **facts,
            },
        )
        for start in starts
    ]
    db.session.add_all(dates)
    db.session.commit()
    return dates


def make_held_back_date(**facts):
    """A date with two readings: one 27 days before NOW, one 34 days after it, of six hours."""
    date = make_date(
        **{
            "starts_at": None,
            "ends_at": None,
            "days": [],
            "state": DateState.HELD_BACK,
            "announced_as": "Wednesday 21 March",
            **facts,
        }
    )
    for days in (-27, 34):
        starts_at = NOW + timedelta(days=days)
        save(
            DateReading(
                course_date=date,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=6),
                reason="It could be this day.",
            )
        )
    return date


def make_postponed_date(**facts):
    """A date that was to be two weeks from NOW, 10am to 1pm, and has no new day yet."""
    starts_at = NOW + timedelta(days=14, hours=1)
    return make_date(
        **{
            "starts_at": None,
            "ends_at": None,
            "days": [(starts_at, starts_at + timedelta(hours=3))],
            "state": DateState.POSTPONED,
            "postponed_at": NOW,
            "postpone_message": "The trainer is ill.",
            **facts,
        }
    )


def make_practitioner(email=None):
    return save(
        Practitioner(email=email or f"person{next(_number)}@agency.example", created_at=NOW)
    )


def make_booking(date=None, **facts):
    """A row as it stands, without the verb: no mail, no queue."""
    date = date or make_date()
    practitioner = facts.pop("practitioner", None) or make_practitioner(facts.pop("email", None))
    agency = facts.pop("agency", None) or make_agency()
    state = facts.get("state", BookingState.CONFIRMED)
    return save(
        Booking(
            course_date=date,
            practitioner=practitioner,
            agency=agency,
            **{
                "state": state,
                "name": "Ann Example",
                "job_role": "Social worker",
                "manager_name": "Max Manager",
                "manager_email": "max@agency.example",
                "booked_at": NOW,
                "waiting_since": NOW if state is BookingState.WAITING else None,
                "updated_at": NOW,
                **facts,
            },
        )
    )


def make_evaluation(booking, useful=4, before=2, after=4, **facts):
    return save(
        Evaluation(
            booking=booking,
            useful=useful,
            confident_before=before,
            confident_after=after,
            **{"answered_at": NOW, **facts},
        )
    )


def make_organiser(email=None, *, role=RoleName.ORGANISER, password=None, **facts):
    """An account; without a password it is invited and no more."""
    organiser = organisers.add(
        email or f"organiser{next(_number)}@partnership.example",
        name="Olive Organiser",
        role=role,
        now=NOW,
    )
    if password:
        organisers.set_password(organiser, password)
    for fact, value in facts.items():
        setattr(organiser, fact, value)
    return save(organiser)


def make_interest(course, email=None, **facts):
    email = email or f"person{next(_number)}@agency.example"
    return save(
        Interest(
            course=course, email=email, **{"name": "Ann Example", "registered_at": NOW, **facts}
        )
    )


def make_email(**facts):
    """A message in the outbox, as it waits for the worker."""
    number = next(_number)
    return save(
        Email(
            **{
                "kind": "booking_confirmed",
                "to": f"person{number}@agency.example",
                "subject": f"Message {number}",
                "message_id": f"<{number}@partnership.example>",
                "message": b"From: a@x.example\r\nTo: b@x.example\r\n\r\nHello\r\n",
                "queued_at": NOW,
                "next_try_at": NOW,
                **facts,
            }
        )
    )


def make_week(**facts):
    """A published Week of five days that begins two weeks from NOW, as `make_date` does."""
    number = next(_number)
    week = Week(
        **{
            "slug": f"week-{number}",
            "title": "Safeguarding Week",
            "about": "Short sessions for everybody who works with children.",
            "is_published": True,
            "created_at": NOW,
            "updated_at": NOW,
            **{name: fact for name, fact in facts.items() if name != "days"},
        }
    )
    first = (NOW + timedelta(days=14)).date()
    week.set_days(*facts.get("days", (first, first + timedelta(days=4))))
    return save(week)
