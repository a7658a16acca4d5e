"""Who cannot come sees to it in a minute, by the link in any mail: a colleague goes instead, and
confirms; or another date of the course suits better. Wide, and narrow without JavaScript.
"""

from datetime import timedelta

import pytest

from tests import calendars
from tests.browser.visitor import private_link
from tests.conftest import NOW
from tests.makers import make_course, make_date

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
WAYS = {
    "wide": ("wide", {"viewport": WIDE}),
    "narrow, without JavaScript": ("narrow", {"viewport": NARROW, "java_script_enabled": False}),
}
CANNOT_COME = "Cancel, send a colleague or take another date"


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def date_id(way, stack):
    """The first of two dates of a course for this journey alone, with one place."""
    with stack.rows():
        course = make_course(title=f"Private fostering, {way[0]}", short_title="Private fostering")
        first = make_date(course=course, capacity=1)
        make_date(course=course, starts_at=NOW + timedelta(days=21, hours=1))
        return first.id


def test_a_colleague_goes_and_then_takes_another_date(visit, stack, way, date_id):
    ann, ben = (f"{name}.{way[0]}@btp.police.uk" for name in ("ann.away", "ben.away"))
    mail = stack.letterbox.get

    anns = visit()
    anns.page.goto(f"/dates/{date_id}/book")
    anns.fill_in("Ann Away", ann, "York Mind")
    anns.press("Book this place")
    booked = mail(ann, "You have a place")
    ann_sends_ben(anns, private_link(booked), ben)
    assert told(mail(ann, "A colleague goes instead of you")) == "CANCEL"

    sent = mail(ben, "You have a place")
    assert told(sent) == "REQUEST"
    bens = visit()
    ben_confirms(bens, private_link(sent))
    ben_takes_the_other_date(bens)
    assert told(mail(ben, "Your new date")) == "REQUEST"
    assert told(mail(ben, "Taken out of your diary")) == "CANCEL"
    bens.page.goto(f"/dates/{date_id}")
    bens.see("1 place left")


def told(letter):
    """What the letter tells a diary; the checker finds no fault in it."""
    faults = calendars.mail_faults(letter.as_bytes())
    assert [fault for fault in faults if not fault.startswith("DEV-URL")] == []
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return part.get_param("method")


def ann_sends_ben(visitor, link, ben):
    visitor.page.goto(link)
    visitor.press(CANNOT_COME)
    visitor.see("Can’t come?", "Take another date")
    visitor.page.get_by_role("button", name="Send a colleague instead").click()
    visitor.press("Send my colleague")
    visitor.see("There is a problem")
    visitor.page.locator("#name").fill("Ben Bright")
    visitor.page.locator("#email").fill(ben)
    visitor.page.locator("#job_role").fill("Constable")
    visitor.press("Send my colleague")
    visitor.see("Your place is your colleague's now.", "Your place has been passed on")


def ben_confirms(visitor, link):
    visitor.page.goto(link)
    visitor.see("Check your details")
    page = visitor.page
    page.get_by_label("Line manager's full name").fill("Max Manager")
    page.get_by_label("Line manager's email address").fill("max@york.gov.uk")
    page.get_by_label("I agree to the booking terms").check()
    visitor.press("Save")
    visitor.see("You have a place")


def ben_takes_the_other_date(visitor):
    visitor.press(CANNOT_COME)
    visitor.page.get_by_role("button", name="Go to this date").click()
    visitor.see("You have a place on Thursday 8 May 2025")
