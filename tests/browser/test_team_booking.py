"""A team is booked, end to end: typed and pasted, put right, looked at, booked; each colleague
hears of it, one confirms, and whoever booked sees that and takes another's place back."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.browser.visitor import private_link
from webapp.models import CourseDate

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
WAYS = {
    "wide": (date(2025, 5, 20), {"viewport": WIDE}),
    "narrow, without JavaScript": (
        date(2025, 5, 22),
        {"viewport": NARROW, "java_script_enabled": False},
    ),
}
ROW = ("Full name", "Work email address", "Job role")


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def date_id(way, stack):
    """A date with two places for this journey alone."""
    with stack.rows() as session:
        dates = session.scalars(select(CourseDate)).all()
        [ours] = [one for one in dates if one.starts_at and one.starts_at.date() == way[0]]
        ours.capacity = 2
        return ours.id


def test_a_team_booking(visit, stack, date_id):
    ann, ben, cat, pat = (f"{n}.{date_id}@btp.police.uk" for n in ("ann", "ben", "cat", "pat"))
    mail = stack.letterbox.get

    leader = visit()
    pat_types_one_colleague_and_pastes_two(leader, date_id, pat, ann, f"Ben Best, {ben}, Sergeant")
    pat_puts_right_what_is_wrong_with_a_line(leader, cat)
    pat_sees_that_not_all_fit_and_books(leader)
    letters = {who: mail(who, "You have a place") for who in (ann, ben)}
    letters[cat] = mail(cat, "You are on the waiting list")
    for letter in letters.values():
        assert "Pat Example booked this for you" in " ".join(said(letter).split())
    assert len({private_link(letter) for letter in letters.values()}) == 3

    ann_checks_her_details_and_agrees(visit(), private_link(letters[ann]))
    leader.page.goto(private_link(mail(pat, "You booked for colleagues")))
    pat_sees_who_has_confirmed_and_takes_a_place_back(leader)
    assert "Pat Example, who had booked this for you" in said(
        mail(ben, "Your booking is cancelled")
    )
    cats = visit()
    cats.page.goto(private_link(mail(cat, "A place is kept for you")))
    cats.press("Take the place")
    cats.see("You have a place", "Pat Example booked this for you")
    assert mail(cat, "You have a place")


def said(letter):
    return letter.get_body(("plain",)).get_content()


def pat_types_one_colleague_and_pastes_two(visitor, date_id, pat, ann, pasted):
    page = visitor.page
    page.goto(f"/dates/{date_id}")
    visitor.see("2 places left")
    visitor.follow("Book for colleagues")
    page.get_by_label("Full name", exact=True).first.fill("Pat Example")
    page.get_by_label("Work email address", exact=True).first.fill(pat)
    for label, typed in zip(ROW, ("Ann Able", ann, "Constable"), strict=True):
        page.get_by_role("group", name="Colleague 1").get_by_label(label, exact=True).fill(typed)
    page.get_by_label("Or paste them").fill(f"{pasted}\nCat Clever, cat, Detective")
    page.get_by_label("I am their line manager").check()
    page.get_by_label("I agree to the booking terms").check()
    visitor.press("Continue")


def pat_puts_right_what_is_wrong_with_a_line(visitor, cat):
    visitor.see(
        "Check where you work: we chose it by your email address",
        "Colleague 3: enter an email address in the correct format",
    )
    assert visitor.page.title().startswith("Error: Book for colleagues")
    third = visitor.page.get_by_role("group", name="Colleague 3")
    assert third.get_by_label("Work email address").input_value() == "cat"
    third.get_by_label("Work email address").fill(cat)
    visitor.press("Continue")


def pat_sees_that_not_all_fit_and_books(visitor):
    visitor.see("2 places left for 3 people: not everybody on your list has a place.")
    visitor.page.get_by_label("Book everybody or nobody").check()
    visitor.press("Book for 3 people")
    visitor.see("There are 2 places left for 3 people, so nobody was booked.")
    visitor.page.get_by_label("Book those who fit").check()
    visitor.press("Book for 3 people")
    visitor.see("Check your email", "We have written to each of your 3 colleagues")


def ann_checks_her_details_and_agrees(visitor, link):
    visitor.page.goto(link)
    visitor.see("Check your details")
    page = visitor.page
    assert page.get_by_label("Full name", exact=True).input_value() == "Ann Able"
    assert page.get_by_label("Line manager's full name").input_value() == "Pat Example"
    page.get_by_label("What would help you take part?").fill("A ramp")
    page.get_by_label("I agree to the booking terms").check()
    visitor.press("Save")
    visitor.see("You have a place")
    assert "booked this for you" not in page.locator("main").inner_text()


def pat_sees_who_has_confirmed_and_takes_a_place_back(visitor):
    visitor.see("Bookings you made", "Has a place", "Not confirmed yet")
    rows = visitor.page.locator("main li")
    assert "Has a place" in rows.filter(has_text="Ann Able").inner_text()
    assert "ramp" not in visitor.page.content()
    visitor.page.get_by_label("Ben Best").check()
    visitor.press("Cancel for those ticked")
    visitor.see("Cancelled. We have written")
    assert "You cancelled it" in rows.filter(has_text="Ben Best").inner_text()
