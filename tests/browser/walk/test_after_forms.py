"""Pages that only a form that was sent leads to: looked at as all others are."""

import datetime

import pytest
from flask import url_for

from tests.browser.walk.pages.house import IMPORTED
from tests.conftest import NOW
from webapp import clock
from webapp.formats import imported_tables
from webapp.services import links
from webapp.web.organiser.import_rows import IMPORTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEAMS = """Name\tFirst Join\tIn-Meeting Duration\tEmail\tRole
Ann Teams\tx\t3h\tann.teams@york.gov.uk\tAttendee
Benjamin Bridges\tx\t3h\t\tAttendee
Cy Lang\tx\t20m\tcy.lang@york.gov.uk\tAttendee
Wilma Walker\tx\t3h\twilma@york.gov.uk\tAttendee
iPhone of someone\tx\t5m\t\tAttendee
"""
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<circle cx="10" cy="10" r="9" fill="#fff"/></svg>"""


@pytest.fixture
def organiser(walker, world):
    walker.sign_in(world.administrator)
    return walker


def opened(walker, page, **values):
    walker.page.goto(walker.address + url_for(f"organiser.{page}", **values))
    return walker.page


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def submit(page):
    """Press what the form of the page, the last of several, ends with."""
    with page.expect_navigation():
        page.locator("main form button").last.click()


def test_the_page_after_booking_several_sessions(walker, world):
    page, dates = walker.page, [world.dates["ten"].id, world.dates["full session"].id]
    path = url_for("public.book_week", slug=world.weeks["some"].slug, date=dates)
    page.goto(walker.address + path)
    page.get_by_label("Full name", exact=True).fill("Sid Several")
    page.get_by_label("Work email address").fill("sid@york-mind.example")
    page.get_by_label("Where you work").select_option(label="York Mind")
    page.get_by_label("Job role").fill("Nurse")
    page.get_by_label("Line manager's full name").fill("Max Manager")
    page.get_by_label("Line manager's email address").fill("max@york.gov.uk")
    page.get_by_label("I agree to the booking terms").check()
    press(page, "Book 2 sessions")
    walker.look("public.week_written")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_page_after_booking(walker, world):
    page = walker.page
    page.goto(walker.address + url_for("public.book", date_id=world.open.id))
    page.get_by_label("Full name", exact=True).fill("Ann New")
    page.get_by_label("Work email address").fill("ann.new@york.gov.uk")
    page.get_by_label("Job role").fill("Nurse")
    page.get_by_label("Line manager's full name").fill("Max Manager")
    page.get_by_label("Line manager's email address").fill("max@york.gov.uk")
    page.get_by_label("I agree to the booking terms").check()
    submit(page)
    walker.look("public.book the agency is suggested")
    submit(page)
    assert "/written" in page.url
    walker.look("public.written after booking")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_pages_after_other_forms_in_a_demonstration(walker, world, filled, monkeypatch):
    monkeypatch.setitem(filled.config, "TODAY", datetime.date(2025, 4, 17))
    page, email = walker.page, "confirmed@northyorkshire.police.uk"
    page.goto(walker.address + url_for("public.my"))
    page.get_by_label("Email address").fill(email)
    submit(page)
    walker.look("public.my_sent after the form")
    page.get_by_role("link", name="Your training bookings").click()
    walker.look("public.mail_as_written in a demonstration")
    page.goto(walker.address + url_for("public.interest", slug=world.no_dates.slug))
    page.get_by_label("Full name").fill("Ann New")
    page.get_by_label("Work email address").fill(email)
    submit(page)
    walker.look("public.interest_written after the form")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_a_team_from_the_form_to_the_page_after_it(walker, world):
    page = walker.page
    page.goto(walker.address + url_for("public.book_team", date_id=world.last.id))
    page.get_by_label("Full name", exact=True).first.fill("Lea Leader")
    page.get_by_label("Work email address", exact=True).first.fill("lea.leader@york.gov.uk")
    page.get_by_label("Or paste them").fill("Ann Able, ann\nBen Best, ben.best@york.gov.uk, Nurse")
    page.get_by_label("I agree to the booking terms").check()
    press(page, "Continue")
    walker.look("public.book_team rows that were pasted, and what is wrong with one")
    page.get_by_label("Work email address", exact=True).nth(1).fill("ann.able@york.gov.uk")
    page.get_by_label("Job role", exact=True).first.fill("Nurse")
    press(page, "More rows")
    walker.look("public.book_team with more rows")
    press(page, "Continue")
    walker.look("public.book_team who is booked")
    page.get_by_label("Book everybody or nobody").check()
    press(page, "Book for 2 people")
    walker.look("public.book_team not all fit")
    assert page.title().startswith("Error: ")
    page.get_by_label("Book those who fit").check()
    press(page, "Book for 2 people")
    walker.look("public.team_written after the form")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_nobody_ticked_among_those_somebody_booked_for(walker, world):
    page = walker.page
    page.goto(
        walker.address + url_for("public.bookings_made", token=links.team_token(world.booker))
    )
    press(page, "Cancel for those ticked")
    walker.look("public.bookings_made nobody ticked")
    assert page.title().startswith("Error: ")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_page_of_a_form_that_was_open_too_long(walker, filled, monkeypatch):
    monkeypatch.setitem(filled.config, "WTF_CSRF_ENABLED", True)
    page = walker.page
    page.goto(walker.address + url_for("public.my"))
    page.get_by_label("Email address").fill("ann@york.gov.uk")
    page.locator("main [name=csrf_token]").evaluate("field => field.value = 'long ago'")
    submit(page)
    walker.look("public.my open too long")
    assert page.get_by_role("button", name="Send").count() == 1
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_page_of_whoever_is_signed_out_over_a_form(walker, world):
    walker.sign_in(world.administrator)
    page = walker.page
    page.goto(walker.address + url_for("organiser.new_week"))
    page.get_by_label("Title").fill("Safeguarding Week")
    page.context.clear_cookies()
    submit(page)
    walker.look("organiser.new_week signed out")
    assert page.get_by_role("button", name="Send it again").count() == 1
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_settle_page_after_settling_and_after_taking_it_back(walker, world):
    walker.sign_in(world.administrator)
    page = walker.page
    page.goto(walker.address + url_for("organiser.settle", date_id=world.held_back.id))
    page.locator("main [type=radio]").nth(1).check()
    submit(page)
    walker.look("organiser.settle settled")
    page.get_by_role("button", name="Hold").click()
    walker.look("organiser.settle held back again")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_a_certificate_is_to_be_checked_without_a_code(walker):
    page = walker.page
    page.goto(walker.address + url_for("public.check_certificate"))
    submit(page)
    walker.look("public.check_certificate sent empty")
    assert page.title().startswith("Error: ")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_what_would_be_told_before_a_date_is_changed(organiser, world):
    page = opened(organiser, "details", date_id=world.open.id)
    page.get_by_label("Start", exact=True).first.fill("9am")
    press(page, "Save")
    organiser.look("organiser.details preview of another time")
    press(page, "Go back to the form")
    organiser.look("organiser.details back from the preview")
    page = opened(organiser, "details", date_id=world.full.id)
    page.get_by_label("Places (optional)").fill("3")
    press(page, "Save")
    organiser.look("organiser.details preview of more places")
    page = opened(organiser, "details", date_id=world.postponed.id)
    new = {"Day": "1", "Month": "September", "Year": "2025", "Start": "10am", "End": "4pm"}
    for label, said in new.items():
        page.get_by_label(label, exact=True).first.fill(said)
    press(page, "Save")
    organiser.look("organiser.details preview of a new day")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_a_register_after_the_rest_was_marked_and_from_a_teams_report(organiser, world):
    date = {"date_id": world.dates["online now"].id}
    page = opened(organiser, "teams_report", **date)
    report = {"name": "report.csv", "mimeType": "text/csv", "buffer": TEAMS.encode("utf-16")}
    page.get_by_label("Attendance report").set_input_files(report)
    submit(page)
    organiser.look("organiser.teams_report after an upload")
    page = opened(organiser, "rest_present", **date)
    submit(page)
    organiser.look("organiser.register after the rest was marked")
    press(page, "Take back")
    organiser.look("organiser.register after that was taken back")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_a_message_with_a_gap_that_nothing_fills(organiser, world):
    page = opened(organiser, "new_message", date_id=world.open.id)
    page.get_by_label("People with a place").check()
    page.get_by_label("Subject").fill("For {everybody}")
    page.get_by_label("Message", exact=True).fill("Dear {nickname}")
    press(page, "See how it will read")
    organiser.look("organiser.new_message with unknown gaps")
    assert page.title().startswith("Error: ")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_words_of_a_mail_that_leave_out_what_people_need_and_then_do_not(organiser):
    page = opened(organiser, "mail", kind="booking_cancelled")
    page.get_by_label("First words").fill("Dear {nickname}")
    press(page, "Preview")
    organiser.look("organiser.mail with unknown gaps")
    assert page.title().startswith("Error: ")
    page.get_by_label("First words").fill("Dear {name}, you have cancelled {course}.")
    press(page, "Preview")
    organiser.look("organiser.mail before it is kept")
    press(page, "Keep these words")
    organiser.look("organiser.mails with words that were chosen")
    page = opened(organiser, "mail", kind="booking_cancelled")
    organiser.look("organiser.mail with words that were chosen")
    press(page, "Go back to our words")
    organiser.look("organiser.mail back to our words")
    press(page, "Keep our words")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_several_people_who_find_no_place(organiser, world):
    date = {"date_id": world.full.id}
    page = opened(organiser, "add_several", **date)
    people = page.get_by_label("Who to add")
    people.fill("Ann Able, ann.able@york.gov.uk\nBen Best, no address, York Mind")
    press(page, "Look at who would be added")
    organiser.look("organiser.add_several what is wrong")
    people.fill("Ann Able, ann.able@york.gov.uk\nBen Best, ben.best@york.gov.uk")
    press(page, "Look at who would be added")
    organiser.look("organiser.add_several who would be added")
    press(page, "Add 2 people all the same")
    organiser.look("organiser.add_several without a reason")
    assert page.get_by_role("button", name="Fill the places").count() == 1
    page = opened(organiser, "attendees", **date)
    press(page, "Cancel their bookings")
    organiser.look("organiser.attendees nobody ticked")
    assert not organiser.wrong, "\n".join(organiser.wrong)


@pytest.mark.parametrize("what", IMPORTED)
def test_a_table_that_was_sent(organiser, what):
    """Our own example: its course can be made, and its date and its person are of unknown ones."""
    page = opened(organiser, "import_table", what=what)
    table = imported_tables.template(IMPORTS[what].columns)
    page.get_by_label("CSV file").set_input_files(
        {"name": "table.csv", "mimeType": "text/csv", "buffer": table}
    )
    submit(page)
    organiser.look(f"organiser.import_table {what} sent")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_lists_and_terms_before_they_are_changed(organiser, world):
    page = opened(organiser, "merge_agency", agency_id=world.standings["confirmed"].agency_id)
    page.locator("main select").select_option(label="York Mind")
    press(page, "Continue")
    organiser.look("organiser.merge_agency what would move")
    page = opened(organiser, "booking_terms")
    page.locator("main textarea").fill("Come in time.\n\nOr tell us.")
    press(page, "Preview")
    organiser.look("organiser.booking_terms preview")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_a_change_that_can_be_undone_and_was(organiser, world, monkeypatch):
    """A second after the world was made, so that none of its mails is of this change."""
    monkeypatch.setattr(clock, "now", lambda: NOW + datetime.timedelta(seconds=1))
    page = opened(organiser, "course", course_id=world.no_dates.id)
    press(page, "Withdraw")
    organiser.look("organiser.course that can be put back")
    press(page, "Undo")
    organiser.look("organiser.course after that was undone")
    assert page.get_by_text("Undone: all is as it was before.").count() == 1
    press(page, "Withdraw")
    monkeypatch.setattr(clock, "now", lambda: NOW + datetime.timedelta(minutes=2))
    press(page, "Undo")
    organiser.look("organiser.course after a minute")
    press(page, "Publish")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_a_logo_on_every_page(organiser):
    page = opened(organiser, "logo")
    page.locator("main [type=file]").set_input_files(
        {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
    )
    press(page, "Show it on every page")
    organiser.look("organiser.logo some")
    page.goto(organiser.address + "/")
    organiser.look("public.programme with a logo")
    page = opened(organiser, "logo")
    press(page, "Take the logo away")
    organiser.look("organiser.logo taken away")
    assert not organiser.wrong, "\n".join(organiser.wrong)


def test_pages_where_certificates_wait_for_answers(organiser, world):
    gate = "A certificate waits until its holder has answered"
    page = opened(organiser, "settings_group", group="dates")
    page.get_by_label(gate).check()
    press(page, "Save")
    date = {"date_id": world.dates["complete"].id}
    token = links.evaluation_token(world.standings["not answered"])
    organiser.walk("public", [("evaluation", "certificate waits", {"token": token})])
    organiser.walk(
        "organiser", [(p, "answers first", date) for p in ("certificates", "evaluation")]
    )
    page = opened(organiser, "settings_group", group="dates")
    page.get_by_label(gate).uncheck()
    press(page, "Save")
    assert not organiser.wrong, "\n".join(organiser.wrong)
