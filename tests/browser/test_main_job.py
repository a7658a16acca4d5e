"""The main job, end to end: find, book, read the mail, import the invite, fill the date, wait,
cancel, be offered, accept, sign in, see the list, export. With and without JavaScript, and narrow.
"""

import csv
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests import calendars
from tests.browser.stack import subject_of
from tests.browser.visitor import COURSE, private_link
from webapp.models import CourseDate

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONDON = ZoneInfo("Europe/London")
PARSERS = (calendars.by_icalendar, calendars.by_vobject, calendars.by_ical_js)
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
WAYS = {
    "wide": (date(2025, 5, 29), {"viewport": WIDE}),
    "narrow": (date(2025, 8, 21), {"viewport": NARROW}),
    "without JavaScript": (date(2025, 11, 27), {"viewport": WIDE, "java_script_enabled": False}),
}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def day(way, stack):
    """A date with two places for this journey alone."""
    day = way[0]
    with stack.rows() as session:
        dates = session.scalars(select(CourseDate)).all()
        [ours] = [d for d in dates if d.starts_at and d.starts_at.date() == day]
        ours.capacity = 2
    return day


def invitation(letter):
    """The method and the entry in the letter; the checker finds no fault, and parsers agree."""
    faults = calendars.mail_faults(letter.as_bytes())
    # This house is at an address of the machine itself, which no real one would be.
    assert [fault for fault in faults if not fault.startswith("DEV-URL")] == []
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    ics = part.get_payload(decode=True)
    [read] = {tuple(by(ics)) for by in PARSERS}
    [(title, *_)] = read
    assert title == COURSE
    return part.get_param("method"), calendars.only_event(ics)


def test_the_main_job(visit, stack, day):
    mail = stack.letterbox.get
    ann, ben, cleo = (f"{name}.{day:%b}@btp.police.uk".lower() for name in ("ann", "ben", "cleo"))

    anns_page, anns_letter = ann_finds_the_date_and_books(visit(), mail, day, ann)
    ben_takes_the_last_place(visit(), mail, day, ben)
    cleos_page = cleo_waits(visit(), mail, day, cleo)
    ann_cancels_by_the_link_in_her_mail(anns_page, mail, anns_letter, ann)
    cleo_is_offered_the_place_and_takes_it(cleos_page, mail, cleo)
    cleo_asks_for_all_her_bookings(cleos_page, mail, cleo)
    the_organiser_sees_who_is_coming_and_takes_the_list_away(visit(), stack, day)


def ann_finds_the_date_and_books(visitor, mail, day, ann):
    """The domain of her email chooses her agency; the mail has the invitation and her link."""
    visitor.find(day)
    visitor.see("2 places left")
    visitor.press("Book a place")
    visitor.fill_in("Ann Example", ann)
    visitor.press("Book this place")
    visitor.see("There is a problem", "Check where you work: we chose it by your email address")
    assert visitor.page.title().startswith("Error: Book a place")
    assert "There is a problem" in visitor.page.locator(":focus").inner_text()
    chosen = visitor.page.get_by_label("Where you work").locator("option:checked")
    assert chosen.inner_text() == "British Transport Police"
    visitor.press("Book this place")
    visitor.see("Check your email", f"We have written to {ann}")

    letter = mail(ann, "You have a place")
    subject = f"You have a place: Harmful Sexual Behaviour, {day:%a} {day.day} {day:%b}, 10am"
    assert subject_of(letter) == subject
    method, event = invitation(letter)
    assert method == "REQUEST"
    assert event["DTSTART"].dt == datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    assert event["DTEND"].dt == datetime(day.year, day.month, day.day, 14, tzinfo=LONDON)
    assert event["ATTENDEE"] == f"mailto:{ann}"
    visitor.page.goto(private_link(letter))
    visitor.see("You have a place", COURSE)
    return visitor, letter


def ben_takes_the_last_place(visitor, mail, day, ben):
    visitor.find(day)
    visitor.see("1 place left")
    visitor.press("Book a place")
    visitor.fill_in("Ben Example", ben, "York Mind")
    visitor.press("Book this place")
    assert mail(ben, "You have a place")


def cleo_waits(visitor, mail, day, cleo):
    """She is told that the date is full before she fills the form in."""
    visitor.find(day)
    visitor.see("All places are taken.")
    visitor.press("Join the waiting list")
    visitor.see("This date is full. You would be 1st on the waiting list.")
    visitor.fill_in("Cleo Example", cleo, "York Mind")
    visitor.press("Join the waiting list")
    visitor.page.goto(private_link(mail(cleo, "You are on the waiting list")))
    visitor.see("You are 1st on the waiting list")
    return visitor


def ann_cancels_by_the_link_in_her_mail(visitor, mail, letter, ann):
    """Her diary is told: a CANCEL of the same entry with a higher number."""
    _, invited = invitation(letter)
    visitor.page.goto(private_link(letter))
    visitor.press("Cancel, send a colleague or take another date")
    visitor.press("Cancel my booking")
    visitor.see("Your booking has been cancelled.", "You cancelled this booking")
    method, cancelled = invitation(mail(ann, "Your booking is cancelled"))
    assert method == "CANCEL"
    assert cancelled["UID"] == invited["UID"]
    assert cancelled["SEQUENCE"] > invited["SEQUENCE"]


def cleo_is_offered_the_place_and_takes_it(visitor, mail, cleo):
    visitor.page.goto(private_link(mail(cleo, "A place is kept for you")))
    visitor.see("A place is held for you until 9")
    visitor.press("Take the place")
    visitor.see("The place is yours.", "You have a place")
    method, _ = invitation(mail(cleo, "You have a place"))
    assert method == "REQUEST"


def cleo_asks_for_all_her_bookings(visitor, mail, cleo):
    visitor.page.goto("/my")
    visitor.page.get_by_label("Email address").fill(cleo)
    visitor.press("Send me the link")
    visitor.see("Check your email")
    visitor.page.goto(private_link(mail(cleo, "Your training bookings")))
    visitor.see("My bookings", "Coming", COURSE)
    feed = visitor.page.request.get(visitor.page.locator("main code").inner_text())
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(feed.text()).events] == [COURSE]


def the_organiser_sees_who_is_coming_and_takes_the_list_away(visitor, stack, day):
    visitor.sign_in(stack.organiser, stack.password)
    row = visitor.page.locator("main tr, main li").filter(has_text=f"{day.day} {day:%b}")
    if not row.count():  # the first page shows one term
        visitor.page.get_by_role("link", name="Later: ").click()
    row.get_by_role("link").first.click()
    visitor.see("Ben Example", "Cleo Example")
    assert "Ann Example" not in visitor.page.locator("main").inner_text()
    visitor.follow("Download this list")
    with visitor.page.expect_download() as download:
        visitor.press("Download CSV")
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert {"Ben Example", "Cleo Example"} <= cells
    with visitor.page.expect_download() as download:
        visitor.press("Download spreadsheet")
    with zipfile.ZipFile(download.value.path()) as workbook:
        assert b"Cleo Example" in workbook.read("xl/worksheets/sheet1.xml")
