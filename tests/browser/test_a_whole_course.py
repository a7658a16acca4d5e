"""One course as an organiser lives it, from last year's date to the certificate: copied, changed,
published, booked, taught, marked, asked about. The house is told to go on to the next of its days.

The trainer's phone and Ann's run no script.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.browser.stack import Stack
from tests.browser.visitor import COURSE, Visitor, in_words, private_link
from tests.makers import make_date
from webapp.models import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAST_YEAR = datetime(2024, 5, 22, 9, 30, tzinfo=ZoneInfo("Europe/London"))
# A year on, on a Wednesday again; three days before is a Sunday, so people are told on the Friday.
DAY = date(2025, 5, 21)
FRIDAY, DAY_AFTER = date(2025, 5, 16), date(2025, 5, 22)
ANN, BEN, TESS = "ann.may@btp.police.uk", "ben.may@btp.police.uk", "tess@trainers.example"
PASSWORD = "a bicycle in the hall"
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "java_script_enabled": False}


@pytest.fixture
def stack(tmp_path):
    """A house of its own, since its days go by; last year it held the course in May."""
    running = Stack(tmp_path)
    try:
        running.start()
        with running.rows() as session:
            course = session.scalars(select(Course).where(Course.title == COURSE)).one()
            make_date(course=course, venue=course.dates[0].venue, starts_at=LAST_YEAR, capacity=20)
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(chromium, stack):
    visitors = []

    def arrive(**settings):
        visitors.append(Visitor(chromium, stack, **settings))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()


def test_a_whole_course(visit, stack):
    mail = stack.letterbox.get
    organiser, tess = visit(viewport=WIDE), visit(**ON_A_PHONE)
    ann, ben = visit(**ON_A_PHONE), visit(viewport=WIDE)

    organiser.sign_in(stack.organiser, stack.password)
    certificates_wait_for_an_answer(organiser)
    a_trainer_gets_an_account(organiser, tess, mail)
    last_years_date_is_copied_changed_and_published(organiser)
    somebody_books(ann, mail, "Ann Example", ANN)
    somebody_books(ben, mail, "Ben Example", BEN)
    stack.go_on_to(FRIDAY)
    people_are_told_how_to_get_there(organiser, mail)
    stack.go_on_to(DAY)
    the_trainer_marks_the_register_on_a_phone(tess)
    stack.go_on_to(DAY_AFTER)
    ann_says_what_it_was_like(ann, mail)
    stack.flask("worker", "--once")
    ann_has_a_certificate_that_anybody_can_check(ann, ben, mail)
    the_organiser_sees_how_it_went(organiser, stack)


def certificates_wait_for_an_answer(organiser):
    organiser.follow("Settings")
    organiser.follow("Change before and after a date")
    organiser.page.get_by_label("A certificate waits until its holder has answered").check()
    organiser.press("Save")
    organiser.see("Your changes are kept.")


def a_trainer_gets_an_account(organiser, tess, mail):
    organiser.follow("Settings")
    organiser.follow("People who sign in")
    organiser.press("Add somebody")
    organiser.page.get_by_label("Email address").fill(TESS)
    organiser.page.get_by_label("Name (optional)").fill("Tess Trainer")
    organiser.page.get_by_label("Trainer: the registers").check()
    organiser.press("Add and write to them")
    tess.page.goto(private_link(mail(TESS, "Your account")))
    tess.page.get_by_label("New password").fill(PASSWORD)
    tess.press("Set the password")


def last_years_date_is_copied_changed_and_published(organiser):
    organiser.follow("Courses")
    organiser.follow(COURSE)
    last_year = organiser.page.get_by_role("row").filter(has_text="22 May 2024")
    last_year.get_by_role("link", name=re.compile("^Copy")).click()
    organiser.see("Copy a date", "A copy of: Wednesday 22 May 2024, 9.30am to 12.30pm")
    organiser.page.get_by_label(f"Tess Trainer ({TESS})").check()
    organiser.press("Save as a draft")
    organiser.see("The date is a draft.", f"{in_words(DAY)}, 9.30am to 12.30pm")

    organiser.follow("Change it")
    organiser.page.get_by_label("Places (optional)").fill("2")
    organiser.page.get_by_label("Before you come").fill("Bring a case of your own.")
    organiser.press("Save")
    organiser.see("Your changes are kept.", "Bring a case of your own.")
    organiser.press("Publish the date")
    organiser.see("The date is published. Nobody was waiting to hear of it.")


def somebody_books(visitor, mail, name, email):
    visitor.find(DAY, "9.30am to 12.30pm")
    visitor.press("Book a place")
    visitor.fill_in(name, email, "York Mind")
    visitor.press("Book this place")
    visitor.page.goto(private_link(mail(email, "You have a place")))
    visitor.see("You have a place", COURSE)


def people_are_told_how_to_get_there(organiser, mail):
    """By itself, on the last working day that is three days before."""
    letter = mail(ANN, "How to get there")
    assert "Bring a case of your own." in letter.get_body(("plain",)).get_content()
    assert mail(BEN, "How to get there")
    organiser.page.goto("/organiser/")
    organiser.page.get_by_role("row").filter(has_text="21 May").get_by_role("link").first.click()
    organiser.follow("Messages")
    organiser.see("to 2 people")


def the_trainer_marks_the_register_on_a_phone(tess):
    tess.sign_in(TESS, PASSWORD)
    tess.page.get_by_role("link", name=re.compile("^Register of")).tap()
    tess.see("Ann Example", "Ben Example")
    assert ANN not in tess.page.content()
    for name, mark in (("Ann Example", "attended"), ("Ben Example", "absent")):
        person = tess.page.get_by_role("listitem").filter(has_text=name)
        person.locator(f"button[value={mark}]").tap()
        person.locator(f"button[value={mark}][aria-current]").wait_for()
    tess.see("1 attended", "1 absent")
    assert "not marked" not in tess.page.locator("main").inner_text()


def ann_says_what_it_was_like(ann, mail):
    letter = mail(ANN, "What was it like?")
    assert "Your certificate is sent once you have answered." in letter.as_string()
    ann.page.goto(private_link(letter))
    for question, answer in {
        "How useful is it for your work?": "Very useful",
        "How confident were you in this subject before?": "Slightly confident",
        "And how confident are you now?": "Confident",
    }.items():
        asked = ann.page.get_by_role("group", name=question)
        asked.get_by_label(answer, exact=True).check()
    ann.page.get_by_label("What will you do differently?").fill("Ask sooner.")
    ann.press("Send your answers")
    ann.see("Thank you for your answers", "Your certificate comes by mail")


def ann_has_a_certificate_that_anybody_can_check(ann, ben, mail):
    letter = mail(ANN, "Your certificate: Harmful Sexual Behaviour, Wed 21 May")
    words = letter.get_body(("plain",)).get_content()
    paper = ann.page.request.get(private_link(letter))
    assert paper.body().startswith(b"%PDF-")

    code = re.search(r"Code: (\S+)", words)[1]
    ben.page.goto("/certificates")
    ben.page.get_by_label("Certificate code").fill(code.lower())
    ben.press("Check")
    ben.see("This certificate is genuine", "Ann Example", COURSE, "21 May 2025", "3 hours")


def the_organiser_sees_how_it_went(organiser, stack):
    """Who was absent was neither asked nor given a paper; one answer is too few to be shown."""
    subjects = [letter["Subject"] for letter in stack.letterbox.to(BEN)]
    assert not [one for one in subjects if "certificate" in one or "What was it like" in one]
    organiser.follow("Certificates")
    organiser.see("Ann Example")
    organiser.follow("Evaluation")
    assert "Ask sooner." not in organiser.page.locator("main").inner_text()
    organiser.see("1 of 1")
