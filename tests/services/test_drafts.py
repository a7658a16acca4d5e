from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from tests.announcements import in_conflict, item, page, session, words
from tests.conftest import NOW
from tests.makers import make_course, make_date, make_organiser, make_partnership, make_venue
from webapp.errors import Refused
from webapp.formats.announcements import AgendaLine, Status
from webapp.models import Announcement, Kind, NewsState, Origin
from webapp.services import draft_days, drafts, news
from webapp.services.drafts import DateEdit


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def announced(db, *args, **facts):
    """An announcement with this item, read just now; the latest one when it is known already."""
    said = item(*args, **facts)
    found = page(said, text=repr(said))
    news.take_in(found, origin=Origin.PASTED, name=None, published=None, organiser=None, now=NOW)
    db.session.commit()
    return db.session.scalars(select(Announcement)).one()


def draft(announcement):
    return drafts.of(announcement, now=NOW)


def problems(announcement):
    return {problem.field: problem.sentence for problem in draft(announcement).problems}


def typed(one, **facts):
    """The form of this date as it was shown, but for `facts`."""
    days = {day.key: (day.day, day.starts, day.ends) for day in one.days}
    names = ("is_online", "place", "has_limit", "capacity", "join_link", "is_left_out")
    shown = {name: getattr(one, name) for name in names}
    return DateEdit(**{"days": days, **shown, **facts})


def test_a_draft_says_of_the_course_what_the_page_says(db):
    made = draft(announced(db, audience=words("Anybody who works with children")))

    assert (made.title, made.kind) == ("Neglect in early childhood", Kind.COURSE)
    assert made.summary == "How neglect begins."
    assert made.outline == "How neglect begins. What it does to small children."
    assert made.audience == "Anybody who works with children"
    assert made.problems == ()


def test_where_the_page_names_no_audience_the_partnership_says_who_may_come(db):
    assert draft(announced(db)).audience.startswith("Open to everybody")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Neglect", "Neglect"),
        (
            "Improving Cultural Competency: Identifying and addressing barriers to outcomes",
            "Improving Cultural Competency",
        ),
        (
            "Signs of Safety Building Brighter Futures Practice Model Partner Briefing",
            "Signs of Safety Building Brighter Futures Practice Model",
        ),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_title_is_shortened_for_the_subjects_of_mails(db, title, short):
    assert draft(announced(db, title)).short_title == short


def test_speakers_are_named_in_the_outline_unless_the_agenda_has_them(db):
    speakers = (words("Ann Example"), words("Ben Beispiel"))
    agenda = (AgendaLine(0, 5, time(10), "Neglect", "Ann Example"),)

    assert draft(announced(db, speakers=speakers)).outline.endswith(
        "Speakers: Ann Example and Ben Beispiel."
    )
    assert "Speakers" not in draft(announced(db, speakers=speakers, agenda=agenda)).outline


def test_the_days_of_one_occurrence_are_one_date(db):
    sessions = [
        session("2025-06-04", group="a"),
        session("2025-05-29"),
        session("2025-06-11", group="a"),
    ]
    made = draft(announced(db, sessions=sessions))

    assert [[day.key for day in one.days] for one in made.dates] == [["0604", "0611"], ["0529"]]
    assert [one.key for one in made.dates] == ["0604", "0529"]


def test_days_can_be_taken_apart_and_put_together(db):
    sessions = [
        session(group="a"),
        session("2025-06-05", group="a"),
        session("2025-06-12"),
    ]
    announcement = announced(db, sessions=sessions)

    def dates():
        return [[day.key for day in one.days] for one in draft(announcement).dates]

    assert dates() == [["0529", "0605"], ["0612"]]
    draft_days.regroup(announcement, ["0529", "0605"], together=False, version=1, now=NOW)
    assert dates() == [["0529"], ["0605"], ["0612"]]
    draft_days.regroup(announcement, ["0605", "0612"], together=True, now=NOW)
    assert dates() == [["0529"], ["0605", "0612"]]
    with pytest.raises(Refused, match="has changed"):
        draft_days.regroup(announcement, ["0101"], together=True, now=NOW)


def test_morning_and_afternoon_of_one_day_are_two_dates(db):
    sessions = [session(ends="12:00"), session(starts="13:00", ends="15:00")]
    assert [one.key for one in draft(announced(db, sessions=sessions)).dates] == ["0529", "0529-2"]


def test_places_are_asked_for_and_start_from_the_courses_last_date(db):
    announcement = announced(db, sessions=[session()])
    assert problems(announcement) == {"0529.places": "Say how many places there are."}

    course = make_course(title="Neglect in early childhood")
    make_date(course=course, capacity=24)
    [one] = draft(announcement).dates
    assert (one.has_limit, one.capacity) == (True, 24)
    assert problems(announcement) == {}


@pytest.mark.parametrize(
    ("said", "is_known"),
    [
        ("West Offices", True),
        ("west offices, York", True),
        ("West Ofices", True),
        ("Offices", False),
        ("East Offices", False),
        (None, False),
    ],
)
def test_a_venue_is_known_by_its_name(db, said, is_known):
    venue = make_venue(name="West Offices")
    make_venue(name="Town Hall")
    [one] = draft(announced(db, sessions=[session()], venue=said and words(said))).dates
    assert one.venue == (venue if is_known else None)


@pytest.mark.parametrize("said", ["MS Teams", "Microsoft Teams Webinar", "Teams"])
def test_a_platform_is_called_by_its_name(db, said):
    [one] = draft(announced(db, sessions=[session()], venue=words(said), is_online=True)).dates
    assert (one.is_online, one.place, one.venue) == (True, "Microsoft Teams", None)


@pytest.mark.parametrize("said", ["Online", "Virtual via link to be provided", "TBC", "Venue tba"])
def test_a_place_without_a_name_is_none(db, said):
    [one] = draft(announced(db, sessions=[session()], venue=words(said))).dates
    assert one.place is None


def test_what_a_session_says_of_its_place_counts_more_than_what_the_item_says(db):
    [one] = draft(announced(db, sessions=[session(venue=words("Zoom"), is_online=True)])).dates
    assert (one.is_online, one.place) == (True, "Zoom")


def test_what_the_page_does_not_say_is_asked_for(db):
    announcement = announced(
        db,
        kind=None,
        outline=None,
        is_online=None,
        sessions=[session(starts=None, ends=None)],
    )
    assert problems(announcement).keys() == {
        "kind",
        "summary",
        "0529.starts",
        "0529.ends",
        "0529.format",
        "0529.places",
    }


def test_e_learning_needs_its_address(db):
    assert problems(announced(db, kind=Kind.E_LEARNING)).keys() == {"link"}


def test_a_conflict_is_a_question_with_every_day_it_could_be(db):
    [one] = draft(announced(db, sessions=[in_conflict()])).dates
    [day] = one.days

    assert day.question == (
        "It says Wednesday 21 March, and in 2025 that is a Friday. Which day is meant?"
    )
    assert [reading.day for reading in day.readings] == [date(2025, 5, 21), date(2025, 3, 21)]
    assert day.day is None
    assert one.would_be_held_back


def test_a_conflict_can_wait_but_a_year_nobody_knows_cannot(db):
    announcement = announced(db, sessions=[in_conflict()])
    assert problems(announcement).keys() == {"0321.places"}

    unknown = session(None, month_day=(5, 29), weekday_as_written="Friday")
    announcement = announced(db, sessions=[unknown])
    assert "No year is known for Friday 29 May." in problems(announcement)["0529.day"]
    [day] = draft(announcement).dates[0].days
    # The weekday is evidence for neither, only for which to show first.
    assert [reading.day for reading in day.readings] == [date(2026, 5, 29), date(2025, 5, 29)]


def test_one_press_answers_a_conflict(db):
    announcement = announced(db, sessions=[in_conflict()])
    draft_days.answer(announcement, "0321", date(2025, 5, 21), version=1, now=NOW)

    [day] = draft(announcement).dates[0].days
    assert (day.day, day.question, day.readings) == (date(2025, 5, 21), None, ())
    assert announcement.version == 2


def test_an_answer_to_no_question_is_refused(db):
    announcement = announced(db, sessions=[in_conflict()])
    with pytest.raises(Refused, match="has changed"):
        draft_days.answer(announcement, "0101", date(2025, 1, 1), now=NOW)


def test_dates_that_passed_or_are_full_are_left_out_unless_an_organiser_wants_them(db):
    sessions = [
        session("2025-04-16"),
        session("2025-05-29", status=Status.FULL),
        session("2025-06-05"),
    ]
    announcement = announced(db, sessions=sessions)
    made = draft(announcement)
    assert [one.why_left_out for one in made.dates] == [
        "This date has passed.",
        "The page says it is full.",
        None,
    ]
    assert [one.is_new for one in made.dates] == [False, False, True]

    drafts.edit(announcement, {}, {"0529": typed(made.dates[1], is_left_out=False)}, now=NOW)
    assert [one.is_new for one in draft(announcement).dates] == [False, True, True]


def test_what_an_organiser_writes_stays_and_the_rest_follows_the_page(db):
    announcement = announced(db, sessions=[session()])
    [one] = draft(announcement).dates
    facts = {"title": "Neglect", "summary": "How neglect begins.", "cost": "Free"}
    edited = typed(one, has_limit=True, capacity=12, place="Town Hall")
    drafts.edit(announcement, facts, {"0529": edited}, version=1, now=NOW)

    again = announced(
        db,
        sessions=[session(ends="15:00")],
        outline=words("What neglect is. And more."),
    )
    made = draft(again)
    [one] = made.dates
    assert again is announcement
    assert (made.title, made.cost) == ("Neglect", "Free")
    assert made.summary == "What neglect is."
    assert (one.capacity, one.place, one.days[0].ends) == (12, "Town Hall", time(15))


def test_days_and_hours_can_be_written_over_and_emptied(db):
    announcement = announced(db, sessions=[session()])
    [one] = draft(announcement).dates
    days = {"0529": (date(2025, 5, 30), time(9), None)}
    drafts.edit(announcement, {}, {"0529": typed(one, days=days)}, now=NOW)

    [day] = draft(announcement).dates[0].days
    assert (day.day, day.starts, day.ends) == days["0529"]
    days = {"0529": (None, time(9), time(8))}
    drafts.edit(announcement, {}, {"0529": typed(one, days=days)}, now=NOW)
    assert problems(announcement).keys() == {"0529.day", "0529.ends", "0529.places"}


def test_an_answer_holds_only_while_the_page_asks_the_same(db):
    announcement = announced(db, sessions=[in_conflict()])
    draft_days.answer(announcement, "0321", date(2025, 5, 21), now=NOW)
    announced(db, sessions=[in_conflict(ends="16:00")])
    assert draft(announcement).dates[0].days[0].day == date(2025, 5, 21)

    announced(db, sessions=[in_conflict(weekday_as_written="Thursday")])
    assert draft(announcement).dates[0].days[0].question is not None


def test_what_the_page_itself_changes_is_no_longer_as_it_was_written_over(db):
    announcement = announced(db, sessions=[session()])
    [one] = draft(announcement).dates
    days = {"0529": (date(2025, 5, 29), time(10, 30), time(14, 30))}
    edited = typed(one, days=days, place="Town Hall", capacity=9, has_limit=True)
    drafts.edit(announcement, {}, {"0529": edited}, now=NOW)
    announced(db, sessions=[session(starts="11:00", venue=words("Guildhall"))])

    [one] = draft(announcement).dates
    assert (one.days[0].starts, one.days[0].ends) == (time(11), time(14, 30))
    assert (one.place, one.capacity) == ("Guildhall", 9)


def test_what_was_written_of_the_morning_is_not_taken_for_the_afternoon(db):
    morning, afternoon = session(ends="12:00"), session(starts="13:00")
    announcement = announced(db, sessions=[morning, afternoon])
    first, second = draft(announcement).dates
    dates = {
        first.key: typed(first, is_left_out=True, place="East Offices"),
        second.key: typed(second, join_link="https://meet.example/2"),
    }
    drafts.edit(announcement, {}, dates, now=NOW)
    announced(db, sessions=[afternoon])

    [left] = draft(announcement).dates
    assert (left.is_left_out, left.place, left.join_link) == (False, "West Offices", None)


def test_what_is_written_of_a_date_stays_with_it_when_its_hour_changes(db):
    announcement = announced(db, sessions=[session(), session("2025-06-05")])
    one = draft(announcement).dates[0]
    drafts.edit(announcement, {}, {one.key: typed(one, has_limit=True, capacity=7)}, now=NOW)
    announced(db, sessions=[session(starts="11:00"), session("2025-06-05")])

    assert draft(announcement).dates[0].capacity == 7


def test_a_course_that_nobody_can_see_cannot_be_chosen(db):
    announcement = announced(db, sessions=[session()])
    with pytest.raises(Refused, match="not published"):
        drafts.choose_course(announcement, make_course(is_published=False), now=NOW)


def test_the_course_is_proposed_and_can_be_chosen(db):
    ours = make_course(title="Developing an Understanding of Neglect", short_title="Neglect")
    other = make_course(title="Exploitation")
    announcement = announced(db, "Developing an understanding of neglect", [session()])
    assert draft(announcement).course == ours

    drafts.choose_course(announcement, other, now=NOW)
    assert draft(announcement).course == other
    drafts.choose_course(announcement, None, now=NOW)
    made = draft(announcement)
    assert (made.course, made.suggested_course) == (None, ours)


def test_a_short_title_inside_a_heading_is_enough_to_propose_a_course(db):
    course = make_course(
        title="Developing an Understanding of Harmful Sexual Behaviour",
        short_title="Harmful Sexual Behaviour",
    )
    assert draft(announced(db, "New dates for harmful sexual behaviour")).course == course


def test_e_learning_is_not_proposed_for_what_has_dates(db):
    make_course(title="Neglect in early childhood", kind=Kind.E_LEARNING)
    assert draft(announced(db, sessions=[session()])).course is None


def test_a_date_that_is_published_already_is_not_new(db):
    course = make_course(title="Neglect in early childhood")
    start = NOW.replace(month=5, day=29, hour=9)
    there = make_date(course=course, starts_at=start, ends_at=start + timedelta(hours=4))
    sessions = [session(), session("2025-06-05")]
    made = draft(announced(db, sessions=sessions, venue=None))
    assert [one.date for one in made.dates] == [there, None]


def test_ignoring_settles_with_a_reason_and_can_be_taken_back(db):
    organiser = make_organiser()
    announcement = announced(db, sessions=[session()])
    drafts.ignore(announcement, organiser, "Another partnership's.", version=1, now=NOW)
    assert (announcement.state, announcement.reason) == (
        NewsState.IGNORED,
        "Another partnership's.",
    )
    assert (announcement.settled_by, announcement.settled_at) == (organiser, NOW)

    drafts.take_up_again(announcement, now=NOW)
    assert announcement.is_waiting
    assert not announcement.has_changed
    assert announcement.reason is None


def test_what_was_left_out_by_itself_can_be_taken_up_and_stays_so(db):
    announcement = announced(db, is_training=False, kind=None)
    drafts.take_up_again(announcement, now=NOW)
    announced(db, is_training=False, kind=None, sessions=[session()])
    assert announcement.is_waiting


def test_what_waits_cannot_be_taken_up(db):
    with pytest.raises(Refused, match="ignored or left out"):
        drafts.take_up_again(announced(db), now=NOW)


def test_whoever_comes_second_is_told(db):
    announcement = announced(db, sessions=[session()])
    drafts.edit(announcement, {"title": "Neglect"}, {}, version=1, now=NOW)
    with pytest.raises(Refused, match="has changed since you opened it"):
        drafts.ignore(announcement, None, "No.", version=1, now=NOW)
    drafts.ignore(announcement, None, "No.", version=2, now=NOW)
    with pytest.raises(Refused, match="has been settled meanwhile"):
        draft_days.answer(announcement, "0529", date(2025, 5, 29), now=NOW)


def test_a_page_that_changed_under_an_open_form_is_not_accepted_unseen(db):
    announcement = announced(db, sessions=[session()])
    announced(db, sessions=[session()], outline=words("Another outline."))
    with pytest.raises(Refused, match="has changed"):
        drafts.edit(announcement, {}, {}, version=1, now=NOW)


def test_online_dates_keep_what_is_typed_for_them(db):
    announcement = announced(db, sessions=[session()], venue=words("Zoom"), is_online=True)
    [one] = draft(announcement).dates
    edited = typed(one, has_limit=False, join_link="https://zoom.example/1")
    drafts.edit(announcement, {}, {"0529": edited}, now=NOW)
    [one] = draft(announcement).dates
    assert (one.join_link, one.has_limit) == ("https://zoom.example/1", False)
    assert draft(announcement).problems == ()
