"""A Safeguarding Week: an organiser makes it, somebody ticks several sessions, sees what clashes,
books them by one form, and has one confirmation and one calendar. Wide, narrow, without JavaScript.
"""

import re
from datetime import timedelta

import pytest

from tests import calendars
from tests.browser.stack import subject_of
from tests.browser.visitor import private_link
from tests.conftest import NOW
from tests.makers import make_course, make_date, make_venue
from webapp.models import Format

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOUR = timedelta(hours=1)
# Ten in the morning of a Monday in June; each way has a Week of its own.
MONDAY = NOW + timedelta(days=67, hours=1)
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
WAYS = {
    "wide": (0, {"viewport": WIDE}),
    "narrow": (7, {"viewport": NARROW}),
    "without JavaScript": (14, {"viewport": WIDE, "java_script_enabled": False}),
}
FOUR = ("Neglect", "Online harms", "Private fostering", "Young carers")


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def monday(way, stack):
    """Four sessions: two overlap, one of them is full, and one is online."""
    monday = MONDAY + timedelta(days=way[0])
    with stack.rows():
        hall = make_venue()
        courses = {title: make_course(title=title, short_title=title) for title in FOUR}
        make_date(course=courses["Neglect"], venue=hall, starts_at=monday)
        make_date(course=courses["Online harms"], starts_at=monday + HOUR, format=Format.ONLINE)
        make_date(
            course=courses["Private fostering"], starts_at=monday + timedelta(days=1), capacity=0
        )
        make_date(course=courses["Young carers"], venue=hall, starts_at=monday + 4 * HOUR)
    return monday.date()


def test_several_sessions_from_the_ticks_to_the_confirmation_and_the_feed(visit, stack, monday):
    title, ann = f"Safeguarding Week {monday:%d %B}", f"ann.week.{monday:%d}@btp.police.uk"
    the_organiser_makes_the_week(visit(), stack, title, monday)
    anns = visit()
    ann_ticks_and_narrows(anns, title)
    ann_sees_what_clashes_and_books(anns, ann, monday)
    letter = ann_has_one_confirmation_and_an_invitation_for_each_place(stack, ann, title)
    ann_has_all_of_it_in_one_calendar(anns, letter)
    ann_gives_one_of_them_up(anns, stack, letter, ann)
    the_organiser_sees_how_it_is_booked(visit(), stack, title)


def the_organiser_makes_the_week(visitor, stack, title, monday):
    visitor.sign_in(stack.organiser, stack.password)
    visitor.page.goto("/organiser/weeks")
    visitor.follow("Make a Week")
    visitor.page.get_by_label("Title").fill(title)
    visitor.page.get_by_label("About it").fill("Short sessions for everybody.")
    for name, day in (("First day", monday), ("Last day", monday + timedelta(days=4))):
        boxes = visitor.page.get_by_role("group", name=name)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))
    visitor.press("Save as a draft")
    visitor.see("The Week is a draft.", "4 sessions.", "Nobody has booked here so far.")
    visitor.press("Publish the Week")
    visitor.see("The Week is published")


def ann_ticks_and_narrows(visitor, title):
    """What a filter hides stays ticked."""
    visitor.page.goto("/")
    visitor.follow(title)
    visitor.see(title, "4 sessions.")
    for name in ("Neglect", "Private fostering"):
        visitor.page.get_by_label(name).check()
    visitor.page.get_by_label("Format").select_option(label="Online")
    visitor.press("Apply filters")
    visitor.see("1 session with these filters.", "2 of them not shown by these filters")
    visitor.page.get_by_label("Online harms").check()
    visitor.press("Book what is ticked")


def ann_sees_what_clashes_and_books(visitor, ann, monday):
    visitor.see("Book these sessions", "At the same time: Neglect, 10am to 1pm")
    visitor.see("Full: waiting list. You would be 1st in line.")
    visitor.fill_in("Ann Example", ann, "York Mind")
    visitor.press("Book 3 sessions")
    visitor.see("There is a problem", "Take one of the sessions that overlap out above")
    taken_out = f"Take out Online harms, {monday:%A} {monday.day} {monday:%B %Y}, 11am to 2pm"
    visitor.follow(taken_out)
    visitor.see("Book 2 sessions")
    assert "At the same time" not in visitor.page.locator("main").inner_text()
    visitor.fill_in("Ann Example", ann, "York Mind")
    visitor.press("Book 2 sessions")
    visitor.see("Check your email", f"We have written to {ann}")


def ann_has_one_confirmation_and_an_invitation_for_each_place(stack, ann, title):
    letter = stack.letterbox.get(ann, "You have 1 place and are on 1 waiting list")
    assert subject_of(letter) == f"You have 1 place and are on 1 waiting list: {title}"
    said = letter.get_body(("plain",)).get_content()
    assert "Neglect" in said
    assert "Private fostering" in said
    invitation = stack.letterbox.get(ann, "For your diary: Neglect")
    faults = calendars.mail_faults(invitation.as_bytes())
    assert [fault for fault in faults if not fault.startswith("DEV-URL")] == []
    assert len(stack.letterbox.to(ann)) == 2
    return letter


def ann_has_all_of_it_in_one_calendar(visitor, letter):
    said = letter.get_body(("plain",)).get_content()
    feed = visitor.page.request.get(re.search(r"http\S+/training\.ics", said)[0])
    by = (calendars.by_icalendar, calendars.by_vobject, calendars.by_ical_js)
    [read] = {tuple(sorted(read(feed.body()))) for read in by}
    assert [event[0] for event in read] == ["Neglect", "Waiting list: Private fostering"]


def ann_gives_one_of_them_up(visitor, stack, letter, ann):
    visitor.page.goto(private_link(letter))
    visitor.see("You have a place", "Neglect")
    visitor.press("Cancel, send a colleague or take another date")
    visitor.press("Cancel my booking")
    visitor.see("You cancelled this booking")
    assert stack.letterbox.get(ann, "Your booking is cancelled: Neglect")


def the_organiser_sees_how_it_is_booked(visitor, stack, title):
    visitor.sign_in(stack.organiser, stack.password)
    visitor.page.goto("/organiser/weeks")
    visitor.page.get_by_role("link", name=title).click()
    visitor.see("1 person has booked here: No places, 1 waiting.", "0 of 0 confirmed")
    visitor.press("Withdraw the Week")
    visitor.see("The Week is withdrawn")
