"""Two organisers at once, on one announcement or on two that need the same name and venue."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count

import pytest
from sqlalchemy import func, select

from tests.announcements import item, page, session, words
from tests.conftest import NOW
from tests.makers import make_course
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.errors import Refused
from webapp.models import Announcement, Course, CourseDate, NewsState, Origin, Venue
from webapp.services import accepting, differences, drafts, news
from webapp.services.drafts import DateEdit

REPEATS = 5
pytestmark = [pytest.mark.slow, pytest.mark.postgres]
_number = count(1)


@pytest.fixture
def race(context, url):
    """Do this to each announcement at once, in transactions of their own; who was refused."""
    app = app_on(url)

    def race(verb, keys):
        gate = threading.Barrier(len(keys))

        def go(key):
            will_write()
            with app.app_context():
                gate.wait()
                try:
                    verb(fetch(Announcement, key))
                    db.session.commit()
                except Refused as refusal:
                    return str(refusal)
                finally:
                    db.session.remove()
            return "done"

        db.session.rollback()
        with ThreadPoolExecutor(len(keys)) as pool:
            done = sorted(pool.map(go, keys))
        db.session.rollback()
        return done

    yield race
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def announced(*sessions, title, **facts):
    """The announcement that says this, with places enough."""
    found = page(item(title, sessions, **facts), text=f"{title} {sessions} {facts}")
    taken = news.take_in(
        found, origin=Origin.PASTED, name=None, published=None, organiser=None, now=NOW
    )
    [passage] = taken.reading.passages
    announcement = passage.announcement
    made = drafts.of(announcement, now=NOW)
    edits = {
        one.key: DateEdit({}, one.is_online, one.place, False, None, None, False)
        for one in made.dates
    }
    if announcement.is_waiting:
        drafts.edit(announcement, {}, edits, now=NOW)
    db.session.commit()
    return announcement


def accept(announcement):
    accepting.accept(announcement, None, now=NOW)


def accept_as_new(announcement):
    accepting.accept(announcement, None, course_id=0, now=NOW)


def how_many(table, **facts):
    return db.session.scalar(select(func.count()).select_from(table).filter_by(**facts))


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_of_two_who_accept_one_announcement_the_second_is_told(race, repeat):
    will_write()
    title = f"Neglect number {next(_number)} for everybody"
    key = announced(session(), title=title).id
    done = race(accept, [key] * 4)

    assert done.count("done") == 1
    assert all("settled meanwhile" in answer for answer in done if answer != "done")
    assert how_many(Course, title=title) == 1


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_two_of_one_title_at_one_new_venue_never_meet_by_chance(race, repeat):
    """Each is to be a new course. Who comes second gets one, or is told to look again."""
    will_write()
    number = next(_number)
    title, venue = f"Conference {number} of all agencies", words(f"Hall {number}")
    days = ("2025-05-29", "2025-06-05")
    keys = [
        announced(session(day), title=title, venue=venue, published=date.fromisoformat(day)).id
        for day in days
    ]
    done = race(accept_as_new, keys)

    assert done.count("done") == how_many(Course, title=title) >= 1
    assert all("has changed" in answer for answer in done if answer != "done")
    assert how_many(Venue, name=venue.text) == 1


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_two_announcements_of_one_new_date_make_it_once(race, repeat):
    will_write()
    number = next(_number)
    course = make_course(title=f"Harmful behaviour number {number}")
    titles = (f"Places for schools {number}", f"Wednesday afternoons {number}")
    found = [announced(session(), title=title) for title in titles]
    for announcement in found:
        drafts.choose_course(announcement, course, now=NOW)
    db.session.commit()
    course_id = course.id

    def accept_here(announcement):
        accepting.accept(announcement, None, course_id=course_id, now=NOW)

    race(accept_here, [announcement.id for announcement in found])
    assert how_many(CourseDate, course_id=course_id) == 1


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_a_change_is_taken_once(race, repeat):
    will_write()
    title = f"Moving number {next(_number)} for everybody"
    announcement = announced(session(), title=title)
    accept(announcement)
    db.session.commit()
    announced(session("2025-06-05"), title=title)
    [change] = differences.of(drafts.of(announcement, now=NOW), now=NOW)
    key, date_id = announcement.id, change.date.id
    revision = change.date.days[0].revision

    def take(one):
        accepting.take_change(one, change.key, None, now=NOW)

    done = race(take, [key] * 3)
    assert done.count("done") == 1
    assert fetch(CourseDate, date_id).days[0].revision == revision + 1
    assert fetch(Announcement, key).state is NewsState.ACCEPTED
