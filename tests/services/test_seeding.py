"""Loading seeds: only what is missing is added, and a mistake is told in a sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import make_booking
from webapp.config import ROOT
from webapp.db import Base
from webapp.errors import Refused
from webapp.models import (
    Agency,
    BookingState,
    Course,
    CourseDate,
    CourseDay,
    DateState,
    EmailDomain,
    Partnership,
    Sector,
    Venue,
)
from webapp.services import agency_lists, arrangements, calling_off, seeding

LATER = NOW + timedelta(days=3)
TWO_DAYS = [(NOW + timedelta(days=n), NOW + timedelta(days=n + 1, hours=3)) for n in (40, 50)]
COURSE = """
[[courses]]
slug = "basics"
kind = "course"
title = "Basics"
short_title = "Basics"
summary = "What everybody needs."
outline = "Signs and duties."
audience = "Everybody."
outcomes = []
topics = []
"""
DATE = """
[[courses.dates]]
key = "basics-may"
days = ["Thursday 29 May 2025, 10:00 to 14:00"]
format = "online"
platform = "Microsoft Teams"
"""


@pytest.fixture
def load(db, tmp_path):
    """Write the files, load them and commit, as the command does."""

    def write_and_load(now=NOW, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        try:
            loaded = seeding.load(tmp_path, now=now)
        except Refused:
            db.session.rollback()
            raise
        db.session.commit()
        return loaded

    return write_and_load


def everything(db):
    """Every row of every table, as it stands in the database."""
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
    }


def load_the_real_ones(db, now=NOW):
    loaded = seeding.load(ROOT / "seeds", now=now)
    db.session.commit()
    return loaded


def test_loading_twice_adds_nothing_and_changes_nothing(db):
    first = load_the_real_ones(db)
    before = everything(db)

    second = load_the_real_ones(db, now=LATER)

    assert everything(db) == before
    assert second.added.total() == 0
    assert second.kept == first.added


def test_what_an_organiser_changed_stays_changed(db):
    load_the_real_ones(db)
    course = db.session.scalars(select(Course).order_by(Course.id)).first()
    course.title = "A better title"
    course.is_published = False
    course.dates[0].capacity = 3
    course.dates[0].state = DateState.CANCELLED
    db.session.scalars(select(Venue)).one().directions = None
    partnership = db.session.scalars(select(Partnership)).one()
    partnership.contact_phone = "01904 000000"
    partnership.demonstration_values = []
    domain = db.session.scalars(select(EmailDomain)).first()
    domain.agency = db.session.scalars(select(Agency).order_by(Agency.id.desc())).first()
    db.session.commit()
    before = everything(db)

    load_the_real_ones(db, now=LATER)

    assert everything(db) == before


def test_a_settled_date_is_not_held_back_again(db):
    load_the_real_ones(db)
    held_back = select(CourseDate).where(CourseDate.state == DateState.HELD_BACK)
    date = db.session.scalars(held_back).one()
    reading = date.readings[1]
    date.set_days([(reading.starts_at, reading.ends_at)], now=LATER)
    date.state = DateState.PUBLISHED
    booking = make_booking(date)
    before = everything(db)

    load_the_real_ones(db, now=LATER)

    assert everything(db) == before
    assert booking.state is BookingState.CONFIRMED
    assert db.session.scalars(held_back).all() == []


def test_a_date_that_was_moved_postponed_or_cancelled_stays_so(db):
    load_the_real_ones(db)
    coming = select(CourseDate).where(CourseDate.starts_at > LATER).order_by(CourseDate.starts_at)
    moved, postponed, cancelled = db.session.scalars(coming.limit(3)).all()
    days = tuple((starts + timedelta(days=1), ends) for starts, ends in TWO_DAYS)
    arrangements.arrange(moved, replace(arrangements.of(moved), days=days), now=NOW)
    arrangements.arrange(moved, replace(arrangements.of(moved), days=days[:1]), now=NOW)
    calling_off.postpone(postponed, message="", now=NOW)
    calling_off.cancel(cancelled, message="", now=NOW)
    db.session.commit()
    before = everything(db)

    load_the_real_ones(db, now=LATER)

    assert everything(db) == before
    assert len(moved.all_days) == 2


def test_a_date_written_later_joins_the_course_that_is_there(db, load):
    load(courses=COURSE + DATE)

    loaded = load(courses=COURSE + DATE + DATE.replace("29 May", "5 June").replace("may", "june"))

    assert loaded.added == {CourseDate: 1}
    course = db.session.scalars(select(Course)).one()
    assert [date.seed_key for date in course.dates] == ["basics-may", "basics-june"]


def test_a_date_of_several_days_starts_with_the_first_and_ends_with_the_last(db, load):
    two = '["Friday 28 March 2025, 10:00 to 12:00", "Monday 31 March 2025, 10:00 to 12:00"]'
    load(courses=COURSE + DATE.replace('["Thursday 29 May 2025, 10:00 to 14:00"]', two))

    date = db.session.scalars(select(CourseDate)).one()
    # The clocks went forward on the Sunday between.
    assert date.starts_at == datetime(2025, 3, 28, 10, tzinfo=UTC)
    assert date.ends_at == datetime(2025, 3, 31, 11, tzinfo=UTC)
    assert db.session.scalar(select(func.count()).select_from(CourseDay)) == 2


def test_opening_and_closing_of_booking_are_londons_moments(db, load):
    opening = 'opens_at = "Monday 3 March 2025, 09:00"\ncloses_at = "Tuesday 27 May 2025, 17:00"\n'
    load(courses=COURSE + DATE + opening)

    date = db.session.scalars(select(CourseDate)).one()
    assert date.opens_at == datetime(2025, 3, 3, 9, tzinfo=UTC)
    assert date.closes_at == datetime(2025, 5, 27, 16, tzinfo=UTC)


def test_lines_of_a_text_run_on_and_an_empty_line_begins_a_paragraph(db, load):
    load(courses=COURSE.replace('"Signs and duties."', '"""\nSigns\nand duties.\n\nMore.\n"""'))

    assert db.session.scalars(select(Course.outline)).one() == "Signs and duties.\n\nMore."


def test_agencies_are_shown_in_the_order_of_the_file(db, load):
    load(
        sectors="""
[[sectors]]
slug = "police"
name = "Police"
agencies = [
    { name = "Zetland Police", domains = ["Zetland.police.uk"] },
    { name = "Another police organisation", position = 999 },
    { name = "Anytown Police" },
]
"""
    )

    sector = db.session.scalars(select(Sector)).one()
    names = [agency.name for agency in sector.agencies]
    assert names == ["Zetland Police", "Anytown Police", "Another police organisation"]
    assert sector.agencies[0].email_domains[0].domain == "zetland.police.uk"


POLICE = '[[sectors]]\nslug = "police"\nname = "Police"\n'
HELD_BACK = DATE.replace('days = ["', 'readings = [{ reason = "It is.", day = "').replace(
    '"]', '" }]'
)


@pytest.mark.parametrize(
    ("files", "where", "what"),
    [
        (
            {"courses": COURSE + DATE.replace("Thursday", "Wednesday")},
            "courses.toml, course 'basics', date 'basics-may'",
            "29 May 2025 is a Thursday",
        ),
        (
            {"courses": COURSE + HELD_BACK.replace("Thursday", "Friday")},
            "date 'basics-may', reading",
            "29 May 2025 is a Thursday",
        ),
        ({"courses": COURSE + DATE.replace("10:00", "25:00")}, "basics-may", "should read like"),
        ({"courses": COURSE + DATE.replace("29 May", "31 June")}, "basics-may", "read like"),
        ({"courses": COURSE + DATE.replace(" to 14:00", "")}, "basics-may", "should read like"),
        ({"courses": COURSE + DATE.replace("14:00", "10:00")}, "basics-may", "ends before"),
        ({"courses": COURSE + DATE.replace("days", "dais")}, "basics-may", "give its days or"),
        ({"courses": COURSE + DATE + "starts_at = 1\n"}, "basics-may", "called 'starts_at'"),
        ({"courses": COURSE + DATE + "venue_id = 1\n"}, "basics-may", "called 'venue_id'"),
        ({"courses": COURSE + DATE + "colour = 1\n"}, "basics-may", "called 'colour'"),
        ({"courses": COURSE + DATE + 'capacity = "9"\n'}, "basics-may", "a whole number"),
        ({"courses": COURSE + DATE + "capacity = true\n"}, "basics-may", "a whole number"),
        ({"courses": COURSE + DATE + "capacity = -1\n"}, "basics-may", "capacity"),
        ({"courses": COURSE + DATE + 'venue = "Nowhere"\n'}, "basics-may", "no venue 'Nowhere'"),
        ({"courses": COURSE + DATE.replace("online", "face_to_face")}, "basics-may", "venue is"),
        ({"courses": COURSE + DATE.replace("online", "by post")}, "basics-may", "one of"),
        ({"courses": COURSE + DATE.replace('platform = "Microsoft Teams"', "")}, "", "platform"),
        (
            {"courses": COURSE + DATE + 'agenda = [{ starts = "9.30", title = "Welcome" }]\n'},
            "agenda line 'Welcome'",
            "'9.30' should be a time",
        ),
        ({"courses": COURSE + DATE + DATE}, "course 'basics'", "stands there twice"),
        ({"courses": COURSE + COURSE}, "courses.toml", "course 'basics' stands there twice"),
        (
            {"courses": COURSE + DATE + COURSE.replace('"basics"', '"more"') + DATE},
            "course 'more', date 'basics-may'",
            "another course",
        ),
        ({"courses": COURSE + 'sectors = ["polcie"]\n'}, "course 'basics'", "sector 'polcie'"),
        ({"courses": COURSE.replace('title = "Basics"', "", 1)}, "'basics'", "title is missing"),
        ({"courses": COURSE + 'topics2 = "x"\n'}, "course 'basics'", "called 'topics2'"),
        ({"courses": COURSE.replace("topics = []", "topics = [1]")}, "'basics'", "list of texts"),
        (
            {"courses": COURSE.replace('"Basics"', '""')},
            "course 'basics'",
            "title should be text that is not empty",
        ),
        (
            {"courses": COURSE + 'demonstration_values = ["cost"]\n'},
            "course 'basics'",
            "demonstration_values names 'cost'",
        ),
        ({"courses": COURSE + 'announced_on = "14 March"\n'}, "'basics'", "a date such as"),
        ({"courses": "[[left_out]]\ntitle = 'Fair'\n"}, "news 'Fair'", "reason is missing"),
        ({"courses": "[[left_out]]\nreason = 'Fair'\n"}, "news number 1", "title is missing"),
        ({"courses": "courses = 3"}, "courses.toml", "courses should be a list of tables"),
        ({"courses": "[[corses]]"}, "courses.toml", "nothing is called 'corses'"),
        ({"courses": "[[courses"}, "courses.toml", "cannot be read"),
        ({"venues": '[[venues]]\nname = "Hall"\n'}, "venue 'Hall'", "address is missing"),
        ({"terms": '[[terms]]\nversion = "1"\nbody = "x"\n'}, "terms.toml", "whole number"),
        ({"partnership": 'name = "Anytown"\n'}, "partnership.toml", "is missing"),
        (
            {
                "sectors": POLICE
                + 'agencies = [{ name = "A", domains = ["a.uk"] }, '
                + '{ name = "B", domains = ["A.uk"] }]\n'
            },
            "sectors.toml, sector 'police', agency 'B'",
            "the domain a.uk belongs to another agency",
        ),
        ({"sectors": POLICE + "agencies = [{ position = 1 }]\n"}, "agency number 1", "name is"),
        ({"coruses": COURSE}, "coruses.toml", "courses.toml"),
        ({}, "", "There are no seeds in"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_loaded(db, load, files, where, what):
    sound = {"sectors": POLICE} if files and "sectors" not in files else {}

    with pytest.raises(Refused) as refused:
        load(**sound, **files)

    assert where in str(refused.value)
    assert what in str(refused.value)
    assert str(refused.value).endswith(".")
    assert not any(everything(db).values())


def test_a_file_that_is_no_text_is_told_in_a_sentence(db, load, tmp_path):
    (tmp_path / "venues.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Refused, match=r"venues\.toml cannot be read"):
        load()


def test_an_agency_that_was_renamed_or_merged_is_not_added_again(db, load):
    written = """
    [[sectors]]
    slug = "police"
    name = "Police"
    [[sectors.agencies]]
    name = "Old Force"
    domains = ["old.example"]
    [[sectors.agencies]]
    name = "Older Force"
    """
    load(sectors=written)
    first, second = db.session.scalars(select(Agency).order_by(Agency.id)).all()
    agency_lists.change(first, "New Force", ["old.example"])
    agency_lists.merge(second, first, now=NOW)
    db.session.commit()

    load(sectors=written)

    assert db.session.scalars(select(Agency.name)).all() == ["New Force"]
