"""A story of invitations: people, dates, what was done to them, and what each mailbox then holds.

Every step is done as a door does it, an hour after the one before, and committed. `check` looks at
every diary through both readers, and at the personal feed beside it.
"""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_interest,
    make_organiser,
    make_venue,
    make_week,
)
from tests.readers.diary import Diary, events
from webapp import clock
from webapp.db import db
from webapp.models import Attendance, BookingTerms, Email, Format, Practitioner, Step
from webapp.services import (
    approvals,
    arrangements,
    bookings,
    calling_off,
    cannot_come,
    ladder,
    links,
    moving,
    objections,
    partnership,
    practitioners,
    registers,
    reminders,
    replies,
    team_bookings,
    telling,
    venues,
    waiting_list,
    week_bookings,
)
from webapp.services.team_bookings import Team
from webapp.services.venues import Whereabouts

TITLE = "Safeguarding basics"
WEST_OFFICES = "West Offices, Station Rise, York"
LINK = "https://teams.example/join/secret"
# Ten in the morning of days that can be talked of: "day(14)" is Thursday 1 May 2025.
TEN = NOW + timedelta(hours=1)


def day(number, hour=10, hours=3):
    """(start, end) of a training day that many days from now."""
    starts = TEN + timedelta(days=number, hours=hour - 10)
    return starts, starts + timedelta(hours=hours)


def entry(times, title=TITLE, where=WEST_OFFICES):
    return title, *times, where


REPLY = """From: {who}
To: training@partnership.example
Subject: Declined
Message-ID: <{uid}.{sequence}@agency.example>
MIME-Version: 1.0
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Diary//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}
ORGANIZER:mailto:training@partnership.example
ATTENDEE;PARTSTAT={partstat}:mailto:{who}
END:VEVENT
END:VCALENDAR
"""


class Story:
    """What happens to some people and dates, and what their mailboxes, diaries and feeds hold."""

    def __init__(self, client, monkeypatch, node, *, domain="agency.example", suffix=""):
        self.client, self.node, self.domain = client, node, domain
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.course = make_course(title=TITLE)
        self.venue = make_venue(name=f"West Offices{suffix}", address=["Station Rise", "York"])
        self.diaries, self.mailboxes, self.copies, self.dates_made = {}, {}, {}, []
        self.read_up_to = db.session.scalar(select(Email.id).order_by(Email.id.desc())) or 0
        self.begins = self.read_up_to

    # Who and what there is

    def date(self, *days, online=False, **facts):
        """A published date of the course on these days, the first one 14 days from now if none."""
        days = list(days) or [day(14)]
        if online:
            facts |= {"format": Format.ONLINE, "join_link": LINK}
        made = make_date(
            **{
                "course": self.course,
                "venue": None if online else self.venue,
                "days": days,
                "starts_at": days[0][0],
                "ends_at": days[-1][1],
                **facts,
            }
        )
        self.dates_made.append(made)
        return made

    def address(self, who):
        return f"{who}@{self.domain}"

    def booking(self, who, date):
        """The newest booking of this person on this date."""
        return people.booking_of(date, self.address(who))

    def person(self, who):
        return practitioners.find(self.address(who))

    # What happens

    def do(self, verb, *what, **facts):
        """One step, an hour later."""
        self.now += timedelta(hours=1)
        verb(*what, **facts, now=self.now)
        db.session.commit()
        self.collect()
        self.look_at_feeds()

    def book(self, who, date, *, manager=None, **facts):
        named = {"manager_email": self.address(manager)} if manager else {}
        self.do(
            bookings.book,
            date,
            email=self.address(who),
            details=people.details(name=who.title(), **named),
            terms=db.session.scalars(select(BookingTerms)).one(),
            submission=f"{who} {self.now}",
            **facts,
        )

    def book_several(self, who, *dates):
        self.do(
            week_bookings.book,
            make_week(),
            dates,
            email=self.address(who),
            details=people.details(name=who.title()),
            terms=db.session.scalars(select(BookingTerms)).one(),
            submission=f"{who} {self.now}",
        )

    def book_again(self, who, date):
        self.do(bookings.book_again, self.booking(who, date))

    def cancel(self, who, date):
        self.do(bookings.cancel, self.booking(who, date))

    def cancel_by_organiser(self, who, date):
        self.do(bookings.cancel_by_organiser, self.booking(who, date), reason="Mistaken.")

    def accept(self, who, date):
        self.do(waiting_list.accept, self.booking(who, date))

    def decline(self, who, date):
        self.do(waiting_list.decline, self.booking(who, date))

    def arrange(self, date, **facts):
        self.do(arrangements.arrange, date, replace(arrangements.of(date), **facts))

    def relocate(self, venue, **facts):
        """Put right what we say of a venue."""
        said = {name: getattr(venue, name) for name in Whereabouts.__dataclass_fields__}
        self.do(venues.move, venue, Whereabouts(**{**said, **facts}))

    def add_by_hand(self, who, date, **facts):
        said = people.details(name=who.title())
        email = self.address(who)
        self.do(bookings.add_by_hand, date, email=email, details=said, **facts)

    def write_again(self, who, date):
        """The mail of a booking is asked for once more."""
        self.do(bookings.write_again, date, email=self.address(who), submission=None)

    def rename(self, who, date, name):
        self.do(bookings.change_details, self.booking(who, date), details=people.details(name=name))

    def correct(self, wrong, right, date):
        form, email = self.booking(wrong, date).submission or "", self.address(right)
        self.do(bookings.correct_address, date, submission=form, email=email)

    def wait(self, **spell):
        self.now += timedelta(**spell)

    def reply(self, who, partstat="DECLINED"):
        """Their calendar answers what it was last sent."""
        asked = self.diary(who).standing()[0]
        mail = REPLY.format(
            who=self.address(who),
            partstat=partstat,
            uid=asked.uid,
            sequence=asked.sequence,
            stamp=self.now + timedelta(minutes=30),
        )
        self.do(replies.read, mail.replace("\n", "\r\n").encode())

    def keep(self, who, date):
        self.do(replies.keep, self.booking(who, date))

    def lapse(self, date):
        self.do(waiting_list.lapse_on, date)

    def wants_to_hear(self, who):
        make_interest(self.course, self.address(who))

    def tell_of(self, *dates):
        self.do(telling.of_dates, self.course, dates)

    def remind(self, date):
        self.do(reminders.send_if_due, date)

    def name_manager(self, who, date, manager):
        booking = self.booking(who, date)
        said = replace(bookings.details_of(booking), manager_email=self.address(manager))
        self.do(bookings.change_details, booking, details=said)

    def miss(self, who, date):
        """Marked absent on the afternoon of the day, and written about on the next morning."""
        self.now = date.ends_at
        absent = {self.booking(who, date).id: Attendance.ABSENT}
        self.do(registers.mark_all, date, absent, self.organiser)
        self.now += timedelta(hours=18)
        for person in ladder.due(self.now + timedelta(hours=1)):
            self.do(ladder.write, db.session.get(Practitioner, person))

    def postpone(self, date):
        self.do(calling_off.postpone, date, message="The trainer is ill.")

    def cancel_date(self, date):
        self.do(calling_off.cancel, date, message="Too few people can come.")

    def move(self, who, date, other, **facts):
        booking = self.booking(who, date)
        facts = {"reason": None, "over_capacity_reason": None, **facts}
        self.do(moving.move, booking, other, **facts)

    def substitute(self, who, colleague, date):
        self.do(
            moving.substitute,
            self.booking(who, date),
            email=self.address(colleague),
            details=people.details(name=colleague.title()),
        )

    def choose(self, who, date, other):
        self.do(cannot_come.choose, self.booking(who, date), other)

    def send_colleague(self, who, colleague, date):
        self.do(
            cannot_come.send_colleague,
            self.booking(who, date),
            email=self.address(colleague),
            details=people.details(name=colleague.title()),
        )

    def book_team(self, booker, who, date):
        team = Team(
            name=booker.title(),
            email=self.address(booker),
            colleagues={self.address(one): people.details(name=one.title()) for one in who},
        )
        terms = db.session.scalars(select(BookingTerms)).one()
        facts = {"all_or_nobody": False, "terms": terms, "submission": f"{booker} {self.now}"}
        self.do(team_bookings.book, date, team, **facts)

    def take_back(self, booker):
        """The booker cancels all they booked for others."""
        made = team_bookings.made_by(self.person(booker))
        chosen = [member.id for team in made for member in team.members]
        self.do(team_bookings.cancel, self.person(booker), chosen)

    def object_to(self, who, date):
        """Their line manager says that they cannot be spared."""
        self.do(objections.object_to, self.booking(who, date), reason="We are two short.")

    def managers_are_told(self):
        self.course.objection_days = 3
        partnership.get().managers_told_since = self.now
        db.session.commit()

    def choose_title(self, who, discreet):
        self.do(practitioners.choose_title, self.person(who), discreet)

    def allow(self, who, date):
        self.do(approvals.allow, self.booking(who, date))

    def refuse(self, who, date):
        self.do(approvals.refuse, self.booking(who, date), reason="We spoke about it.")

    def climb(self, **steps):
        """What follows a missed place is switched on, each step after so many."""
        chosen = {Step(step): (misses, 12) for step, misses in steps.items()}
        self.do(ladder.change, people.partnership(), chosen)
        self.organiser = make_organiser()

    # What comes of it

    def diary(self, who):
        return self.diaries[self.address(who)]

    def now_told(self):
        """From here on the table of what is told begins."""
        self.begins = self.read_up_to

    def told(self):
        """The messages since, oldest first."""
        return db.session.scalars(
            select(Email).where(Email.id > self.begins).order_by(Email.id)
        ).all()

    def collect(self):
        """Deliver what was written since: into mailboxes, and to the diaries beside them."""
        new = select(Email).where(Email.id > self.read_up_to).order_by(Email.id)
        for mail in db.session.scalars(new):
            self.read_up_to = mail.id
            diary = self.diaries.setdefault(mail.to, Diary(mail.to))
            self.mailboxes.setdefault(mail.to, []).append(mail.message)
            diary.receive(mail.message)
            assert diary.faults == [], mail.to

    def check(self, **expected):
        """Every diary holds exactly these entries, by person; nobody else's holds anything."""
        wanted = {self.address(who): sorted(entries) for who, entries in expected.items()}
        by_node = self.node.read(self.mailboxes)
        for owner, diary in self.diaries.items():
            mine = wanted.pop(owner, [])
            faults, entries = by_node[owner]
            assert (owner, sorted(diary.entries())) == (owner, mine)
            assert (owner, faults) == (owner, [])
            assert sorted(entries) == mine
        self.look_at_feeds()
        assert not any(wanted.values())

    def look_at_feeds(self):
        """As the programs of everybody do who was ever written to."""
        for owner in self.diaries:
            if practitioners.find(owner):  # a line manager has no diary of ours
                self.check_feed(owner)

    def check_feed(self, owner):
        """The feed has the same places to come as the diary, in copies that are no older."""
        if practitioners.find(owner) is None:
            return  # a line manager, who has none
        feed = self.follow(f"/my/{links.feed_token(practitioners.find(owner))}/training.ics")
        shown = {e.uid: e for e in feed if e.status == "CONFIRMED" and e.ends > self.now}
        known = {e.uid: e for e in self.diaries[owner].standing() if e.ends > self.now}
        assert {uid: entry.content for uid, entry in shown.items()} == {
            uid: entry.content for uid, entry in known.items()
        }
        for uid, entry in known.items():
            assert shown[uid].sequence >= entry.sequence

    def follow(self, path):
        """What a feed holds now, for a program that asks only whether its copy is still the
        newest, and that takes no entry for newer than the one it has unless that says so."""
        mark, changed, entries = self.copies.get(path, (None, None, []))
        answer = self.client.get(path, headers={"If-None-Match": mark} if mark else {})
        if answer.status_code == 304:
            return entries
        assert answer.status_code == 200
        assert changed is None or answer.last_modified >= changed
        newer = list(events(answer.data))
        for older in entries:
            for entry in newer:
                if entry.uid == older.uid:
                    follows(older, entry)
        self.copies[path] = answer.headers["ETag"], answer.last_modified, newer
        return newer


def follows(older, newer):
    """RFC 5545 3.8.7.4: SEQUENCE never falls, and goes up with time, place and status; a copy with
    other words is at least younger."""
    assert newer.sequence >= older.sequence
    assert newer.stamp >= older.stamp
    called_off = newer.status == older.status == "CANCELLED"
    if (newer.content[1:], newer.status) != (older.content[1:], older.status):
        assert called_off or newer.sequence > older.sequence
    if newer.content != older.content:
        assert (newer.sequence, newer.stamp) > (older.sequence, older.stamp)
