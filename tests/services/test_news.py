from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.announcements import in_conflict, item, page, session, words
from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_organiser,
    make_partnership,
    make_venue,
)
from tests.queries import counted
from webapp.errors import NotFound
from webapp.formats.announcements import Status
from webapp.models import Announcement, Format, Kind, NewsReading, NewsState, Origin
from webapp.services import differences, drafts, news


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def take(db, found, *, origin=Origin.PASTED, name=None, now=NOW):
    taken = news.take_in(found, origin=origin, name=name, published=None, organiser=None, now=now)
    db.session.commit()
    return taken


def every(db):
    return db.session.scalars(select(Announcement).order_by(Announcement.id)).all()


def states(db):
    return [announcement.state for announcement in every(db)]


def at(day, hour):
    """A moment of British Summer Time."""
    return NOW.replace(month=day[1], day=day[0], hour=hour - 1)


def test_what_is_new_waits_for_an_organiser(db):
    taken = take(db, page(item(sessions=[session()])))

    [waiting] = news.waiting()
    assert (taken.is_new, taken.new, taken.changed) == (True, 1, 0)
    assert (waiting.title, waiting.state) == ("Neglect in early childhood", NewsState.WAITING)
    assert not waiting.has_changed
    assert news.how_many_wait() == 1


def test_a_reading_has_its_passages_in_the_order_of_the_page(db):
    who = make_organiser()
    first, second = item("Neglect", start=0), item("Exploitation", start=50)
    news.take_in(
        page(first, second, text="Neglect. Exploitation."),
        origin=Origin.UPLOADED,
        name="news.html",
        published=date(2025, 4, 1),
        organiser=who,
        now=NOW,
    )
    db.session.commit()

    [row] = news.readings(1).rows
    reading = news.get(row.id)
    assert [passage.announcement.title for passage in reading.passages] == [
        "Neglect",
        "Exploitation",
    ]
    assert (reading.text, reading.name) == ("Neglect. Exploitation.", "news.html")
    assert (reading.organiser, reading.published) == (who, date(2025, 4, 1))


def test_a_reading_nobody_made_is_not_found(db):
    with pytest.raises(NotFound):
        news.get(7)
    with pytest.raises(NotFound):
        news.announcement(7)


def test_reading_the_same_page_again_changes_nothing(db):
    found = page(item(sessions=[session(), in_conflict()]), item("Ofsted", is_training=False))
    first = take(db, found)
    again = take(db, found, now=NOW + timedelta(days=1))

    assert (again.reading, again.is_new, again.new, again.changed) == (first.reading, False, 0, 0)
    assert [one.version for one in every(db)] == [1, 1]


def test_no_training_is_left_out_with_the_reason(db):
    take(db, page(item(is_training=False, kind=None, why="It tells of an inspection.")))

    [announcement] = every(db)
    assert announcement.state is NewsState.LEFT_OUT
    assert announcement.reason == "It tells of an inspection."
    assert news.settled(1).rows == [announcement]


def test_what_has_passed_is_left_out(db):
    take(db, page(item(sessions=[session("2025-03-20"), session("2025-04-17", "08:00")])))
    assert states(db) == [NewsState.LEFT_OUT]


def test_what_is_called_off_altogether_is_left_out(db):
    take(db, page(item(called_off=(session(status=Status.CANCELLED),))))
    assert states(db) == [NewsState.LEFT_OUT]


@pytest.mark.parametrize("is_known", [True, False], ids=["read before", "never read"])
def test_what_is_called_off_and_published_waits_whatever_its_title_says_now(db, is_known):
    venue = make_venue(name="West Offices")
    course = make_course(title="Working with Fathers", short_title="Fathers")
    make_date(course=course, venue=venue, starts_at=at((29, 5), 10), ends_at=at((29, 5), 14))
    if is_known:
        take(db, page(item("Working with Fathers", [session()])))
    off = session(status=Status.CANCELLED)
    take(db, page(item("CANCELLED: Working with Fathers", called_off=(off,))))

    [announcement] = every(db)
    [difference] = differences.of(drafts.of(announcement, now=NOW), now=NOW)
    assert announcement.state is NewsState.WAITING
    assert (difference.kind, difference.date.course) == (differences.Kind.CANCELLED, course)


def test_what_the_programme_says_already_is_settled_by_itself(db):
    venue = make_venue(name="West Offices")
    course = make_course(title="Developing an Understanding of Neglect", short_title="Neglect")
    for day in ((29, 5), (21, 8)):
        make_date(course=course, venue=venue, starts_at=at(day, 10), ends_at=at(day, 14))
    sessions = [session(), session("2025-08-21")]
    take(db, page(item("Developing an Understanding of Neglect Training", sessions)))

    [announcement] = every(db)
    assert (announcement.state, announcement.course) == (NewsState.AS_PUBLISHED, course)
    assert news.waiting() == []


def test_a_conflict_that_is_held_back_already_is_settled_by_itself(db):
    title = "Improving Cultural Competency: Identifying barriers"
    make_held_back_date(
        course=make_course(title=title, short_title="Cultural Competency"), format=Format.ONLINE
    )
    online = {"venue": words("Microsoft Teams Webinar"), "is_online": True}
    heading = f"Identifying barriers Yorkshire presents \u2018{title}\u2019"
    take(db, page(item(heading, [in_conflict(starts="09:00")], **online)))

    assert states(db) == [NewsState.AS_PUBLISHED]


def test_a_course_without_dates_is_settled_by_its_title_alone(db):
    make_course(title="Counter-Terrorism E-Learning", kind=Kind.E_LEARNING)
    take(db, page(item("Counter\N{EN DASH}terrorism e-learning", kind=Kind.E_LEARNING)))
    assert states(db) == [NewsState.AS_PUBLISHED]


def test_a_course_without_dates_is_known_by_its_long_title_in_the_text(db):
    title = "Shared Responsibilities and Procedures: Working Together"
    make_course(title=title, short_title="Shared Responsibilities")
    found = item("Changes to A and B", outline=words(f"The new course {title} is here."))
    take(db, page(found))
    assert states(db) == [NewsState.AS_PUBLISHED]


@pytest.mark.parametrize(
    "title", ["Safeguarding Level 2", "Safeguarding Level 3 Refresher", "Neglect", "Level 3"]
)
def test_a_course_like_another_is_not_taken_for_it(db, title):
    make_course(title="Safeguarding Level 3", short_title="Level 3")
    take(db, page(item(title)))
    assert states(db) == [NewsState.WAITING]


def test_a_date_more_than_is_published_waits(db):
    course = make_course(title="Neglect in early childhood")
    make_date(course=course, starts_at=at((29, 5), 10), ends_at=at((29, 5), 14))
    take(db, page(item(sessions=[session(), session("2025-08-21")], venue=None)))

    [announcement] = news.waiting()
    assert drafts.of(announcement, now=NOW).suggested_course == course


def test_what_changed_waits_again(db):
    take(db, page(item(sessions=[session()])))
    [announcement] = news.waiting()
    drafts.ignore(announcement, None, "Not ours.", now=NOW)
    taken = take(db, page(item(sessions=[session("2025-06-05")])))

    assert (taken.new, taken.changed) == (0, 1)
    assert news.waiting() == [announcement]
    assert announcement.has_changed
    assert announcement.reason == "Not ours."


def test_what_was_ignored_stays_so_while_it_says_the_same(db):
    take(db, page(item(sessions=[session()])))
    drafts.ignore(every(db)[0], None, "Not ours.", now=NOW)
    taken = take(db, page(item(sessions=[session()], start=40), text="Another page."))

    assert (taken.is_new, taken.new, taken.changed) == (True, 0, 0)
    assert states(db) == [NewsState.IGNORED]


def test_another_title_or_stamp_is_the_same_announcement_while_a_day_is(db):
    take(db, page(item("Neglect in early childhood", [session(), session("2025-08-21")])))
    stamp = date(2025, 3, 20)
    take(db, page(item("Neglect in early childhod", [session()], published=stamp)))

    [announcement] = every(db)
    assert announcement.published == stamp


def test_the_same_title_a_year_later_is_another_announcement(db):
    take(db, page(item(sessions=[session()])))
    take(db, page(item(sessions=[session("2026-05-28")], published=date(2026, 3, 14))))
    assert len(every(db)) == 2


def test_a_heading_that_says_nothing_is_no_sign(db):
    take(db, page(item("Upcoming training dates", [session()], published=None)))
    other = item("Upcoming training dates", [session("2025-06-05")], published=None)
    take(db, page(other))
    assert len(every(db)) == 2


def test_two_of_the_same_on_one_page_stay_two(db):
    found = page(item(sessions=[session()]), item(sessions=[session()]))
    take(db, found)
    again = take(db, page(*found.items, text="The same with other words around."))

    assert len(every(db)) == 2
    assert (again.new, again.changed) == (0, 0)


def the_29_may_of(year, **facts):
    return session(f"{year}-05-29", weekday_as_written=None, **facts)


@pytest.mark.parametrize(
    ("first", "then", "after", "stays"),
    [
        # It stands there still in August, when the same words would be next year's.
        (2025, 2026, 120, True),
        # They stand there again in April: that is another one.
        (2025, 2026, 365, False),
        # The page's date was mistyped and is put right.
        (2024, 2025, 0, False),
        (2026, 2025, 0, False),
    ],
)
def test_a_year_inferred_once_stays_while_the_same_announcement_does(db, first, then, after, stays):
    take(db, page(item(sessions=[the_29_may_of(first)]), text="First"))
    later = NOW + timedelta(days=after)
    taken = take(db, page(item(sessions=[the_29_may_of(then)]), text="Then"), now=later)

    [announcement] = every(db)
    assert taken.changed == (0 if stays else 1)
    assert announcement.item["sessions"][0]["day"] == f"{first if stays else then}-05-29"
    assert announcement.is_waiting


def test_a_day_that_has_passed_and_falls_off_the_page_is_no_change(db):
    take(db, page(item(sessions=[session(), session("2025-08-21")])))
    rest = item(sessions=[session("2025-08-21")])
    later = NOW + timedelta(days=60)
    assert take(db, page(rest, text="In June"), now=later).changed == 0
    assert take(db, page(item(), text="In July"), now=later).changed == 1


def test_the_day_a_page_is_read_is_no_stamp_of_what_it_announces(db):
    for day in (date(2025, 4, 17), date(2025, 4, 18)):
        found = item("What neglect does", published=day)
        take(db, page(replace(found, published_words=None), text=f"Read on {day}"))
    assert len(every(db)) == 1


def test_an_announcement_corrected_and_put_back_is_a_change_each_time(db):
    right, wrong = item(sessions=[session()]), item(sessions=[session("2025-05-30")])
    take(db, page(right, text="First"))
    assert take(db, page(wrong, text="Second")).changed == 1
    assert take(db, page(right, text="First")).changed == 1
    [announcement] = every(db)
    assert announcement.item["sessions"][0]["day"] == "2025-05-29"


def test_the_page_of_an_address_is_kept_once_while_it_announces_the_same(db):
    address = "https://partnership.example/news"
    for text in ("Seen 1 time", "Seen 2 times"):
        found = page(item(sessions=[session()]), text=text)
        taken = take(db, found, origin=Origin.FETCHED, name=address)

    assert not taken.is_new
    assert [reading.text for reading in db.session.scalars(select(NewsReading))] == ["Seen 2 times"]
    assert len(news.get(taken.reading.id).passages) == 1


def test_what_falls_off_the_page_while_it_waits_stays_beside_its_words(db):
    address = "https://partnership.example/news"
    stays, goes = item(sessions=[session()]), item("Suicide prevention for all agencies")
    for found in (page(stays, goes, text="Both"), page(stays, text="One"), page(stays, text="1")):
        taken = take(db, found, origin=Origin.FETCHED, name=address)
    db.session.expire_all()

    assert [len(one.passages) for one in news.waiting()] == [2, 1]
    texts = db.session.scalars(select(NewsReading.text).order_by(NewsReading.id)).all()
    assert (texts, taken.is_new) == (["Both", "1"], False)


def test_a_text_with_nul_is_kept_and_known_again(db):
    found = page(item(), text="A\x00B")
    first = take(db, found)
    assert first.reading.text == "A B"
    assert not take(db, found).is_new


def test_organisers_are_told_once_of_each_thing(db):
    take(db, page(item(sessions=[session()])))
    [announcement] = news.untold()
    announcement.told_at = NOW
    assert news.untold() == []

    later = NOW + timedelta(days=1)
    take(db, page(item(sessions=[session("2025-06-05")])), now=later)
    assert news.untold() == [announcement]


def test_reading_and_listing_ask_as_often_for_many_as_for_few(db):
    def asked(number, title):
        with counted() as sent:
            found = [
                item(f"{title} {n}", [session(), session("2025-06-05")]) for n in range(number)
            ]
            key = take(db, page(*found, text=title)).reading.id
            db.session.expunge_all()
            waiting = news.waiting()
            drafts.of_all(waiting, now=NOW)
            news.get(key)
            news.readings(1)
            news.settled(1)
        return len([statement for statement in sent if statement.startswith("SELECT")])

    few = asked(3, "Few")
    assert asked(300, "Many") <= few
