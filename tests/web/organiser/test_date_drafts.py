from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_interest, make_many_dates
from tests.queries import counted
from tests.web.reading import buttons, filled_in, heading, links, main
from webapp.models import AuditLine, BookingState, CourseDate, DateState


def make_draft(**facts):
    return make_date(state=DateState.DRAFT, **facts)


def state_of(db, date):
    db.session.expire_all()
    return db.session.get(CourseDate, date.id).state


def actions(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def test_a_draft_says_what_it_is_and_whom_publishing_tells(signed_in, client, db):
    date = make_draft(minimum=2, course=make_course(is_published=False))
    make_interest(date.course, "ann@agency.example")
    url = f"/organiser/dates/{date.id}/publish"

    page = main(signed_in.get(url))
    for words in (
        "When Thursday 1 May 2025, 10am to 1pm",
        "Minimum 2",
        "1 person who registered interest in this course gets a mail",
        "the course is published with it",
    ):
        assert words in page.text
    assert client.get(f"/dates/{date.id}").status_code == 404

    answer = signed_in.post(url)

    assert answer.location == f"/organiser/dates/{date.id}/attendees"
    assert state_of(db, date) is DateState.PUBLISHED
    assert people.kinds("ann@agency.example") == ["new_date"]
    assert (
        "We have written to 1 person who wanted to hear."
        in main(signed_in.get(answer.location)).text
    )
    assert client.get(f"/dates/{date.id}").status_code == 200
    assert "published a date" in actions(db)


def test_where_booking_opens_later_nobody_is_told_before_that(signed_in):
    date = make_draft(opens_at=NOW + timedelta(days=1))
    make_interest(date.course)
    url = f"/organiser/dates/{date.id}/publish"
    page = signed_in.get(url)
    assert "1 person who registered interest in this course gets a mail when booking opens" in (
        main(page).text
    )
    assert "Publish the date" in buttons(page)
    answer = signed_in.post(url)
    assert "told when booking opens" in main(signed_in.get(answer.location)).text
    assert people.kinds() == []


def test_where_people_are_told_in_order_the_first_hear_and_the_page_says_so(signed_in):
    date = make_draft(course=make_course(tells_in_order=True), capacity=1)
    make_interest(date.course), make_interest(date.course)
    url = f"/organiser/dates/{date.id}/publish"
    page = signed_in.get(url)
    assert (
        "2 people who registered interest in this course get a mail, in the order in which they"
        " asked: the first 1 at once, the next after 16 working hours while places are left"
    ) in main(page).text
    assert "Publish the date and write to 1 person" in buttons(page)
    answer = signed_in.post(url)
    assert "The others follow when it is their turn." in main(signed_in.get(answer.location)).text
    assert people.kinds() == ["new_date"]


def test_pressed_twice_nobody_is_told_twice(signed_in, db):
    date = make_draft()
    make_interest(date.course)
    url = f"/organiser/dates/{date.id}/publish"
    signed_in.post(url)
    assert signed_in.post(url).status_code == 409
    assert people.kinds() == ["new_date"]
    assert "there is nothing to publish" in main(signed_in.get(url)).text


def test_a_draft_whose_day_has_passed_has_no_button_but_can_be_changed(signed_in, db):
    date = make_draft(starts_at=NOW - timedelta(days=1))
    url = f"/organiser/dates/{date.id}/publish"
    page = signed_in.get(url)
    assert "Its day has passed" in main(page).text
    assert "Publish the date" not in buttons(page)
    assert signed_in.post(url).status_code == 409

    details = f"/organiser/dates/{date.id}/details"
    day = {"days-0-day": ["2", "6", "2025"]}
    answer = signed_in.post(details, data=filled_in(signed_in.get(details), **day))
    assert answer.location == url
    assert "Publish the date" in buttons(signed_in.get(url))


def test_a_draft_is_thrown_away(signed_in, db):
    date = make_draft()
    course = date.course
    answer = signed_in.post(f"/organiser/dates/{date.id}/discard")
    assert answer.location == f"/organiser/courses/{course.id}"
    assert db.session.scalars(select(CourseDate)).all() == []
    [line] = db.session.scalars(select(AuditLine))
    assert line.detail == f"{course.slug}: Thursday 1 May 2025, 10am to 1pm"


def test_a_published_date_is_not_thrown_away(signed_in, db):
    date = make_date()
    assert signed_in.post(f"/organiser/dates/{date.id}/discard").status_code == 409
    assert state_of(db, date) is DateState.PUBLISHED


def test_a_date_is_withdrawn_while_nobody_has_booked(signed_in, client, db):
    date = make_date()
    url = f"/organiser/dates/{date.id}/withdraw"
    assert heading(signed_in.get(url)) == "Withdraw this date"
    signed_in.post(url)
    assert state_of(db, date) is DateState.DRAFT
    assert client.get(f"/dates/{date.id}").status_code == 404
    assert actions(db) == ["withdrew a date"]


def test_a_date_that_somebody_has_booked_stays(signed_in, db):
    date = make_date()
    make_booking(date)
    url = f"/organiser/dates/{date.id}/withdraw"
    for answer in (signed_in.get(url), signed_in.post(url)):
        assert answer.status_code == 409
        assert "Somebody has booked this date" in main(answer).text
    assert state_of(db, date) is DateState.PUBLISHED


def test_the_ticked_drafts_are_published_at_once(signed_in, db):
    one, two, three = make_draft(), make_draft(), make_draft()
    make_interest(one.course), make_interest(two.course)
    page = signed_in.get("/organiser/dates/drafts")
    assert len(main(page).one("tbody").all("tr")) == 3

    answer = signed_in.post(
        "/organiser/dates/drafts", data=filled_in(page, date=[str(one.id), str(two.id)])
    )

    assert answer.location == "/organiser/dates/drafts"
    assert (
        "2 dates are published. We have written to 2 people"
        in main(signed_in.get(answer.location)).text
    )
    states = [state_of(db, date) for date in (one, two, three)]
    assert states == [DateState.PUBLISHED, DateState.PUBLISHED, DateState.DRAFT]
    assert actions(db) == ["published a date"] * 2


def test_of_several_dates_of_a_course_people_get_one_mail(signed_in, db):
    course = make_course()
    later = make_draft(course=course, starts_at=NOW + timedelta(days=30))
    sooner = make_draft(course=course)
    make_interest(course, "ann@agency.example")
    signed_in.post("/organiser/dates/drafts", data={"date": [later.id, sooner.id]})

    [mail] = people.mails()
    assert mail.subject == "2 new dates: Safeguarding basics"
    words = people.words(mail)
    assert words.index(f"/dates/{sooner.id}") < words.index(f"/dates/{later.id}")

    # Both have been told of: neither is told again.
    for date in (later, sooner):
        signed_in.post(f"/organiser/dates/{date.id}/withdraw")
    signed_in.post("/organiser/dates/drafts", data={"date": [later.id, sooner.id]})
    assert len(people.mails()) == 1


def test_when_one_of_them_cannot_be_published_none_is_and_it_is_named(signed_in, db):
    one, past = make_draft(), make_draft(starts_at=NOW - timedelta(days=1))
    answer = signed_in.post("/organiser/dates/drafts", data={"date": [one.id, past.id]})
    assert answer.status_code == 409
    assert "Safeguarding basics, Wednesday 16 April 2025" in main(answer).text
    assert state_of(db, one) is DateState.DRAFT
    assert people.mails() == []
    assert actions(db) == []


def test_nothing_ticked_nothing_done(signed_in, db):
    date = make_draft()
    answer = signed_in.post("/organiser/dates/drafts", data={"date": ["x", "9" * 30]})
    assert "Tick the dates" in main(signed_in.get(answer.location)).text
    assert state_of(db, date) is DateState.DRAFT


def test_the_ticked_drafts_are_named_once_more_and_then_thrown_away(signed_in, db):
    one, two, three = make_draft(), make_draft(starts_at=NOW - timedelta(days=1)), make_draft()
    slugs = [date.course.slug for date in (one, two)]
    page = signed_in.get("/organiser/dates/drafts")
    ticked = [str(one.id), str(two.id)]
    asked = signed_in.post(
        "/organiser/dates/drafts", data=filled_in(page, date=ticked, discard="yes")
    )
    page = signed_in.get(asked.location)

    assert heading(page) == "Throw 2 drafts away"
    assert "Wednesday 16 April 2025" in main(page).text
    assert len(db.session.scalars(select(CourseDate)).all()) == 3

    answer = signed_in.post(asked.location, data=filled_in(page))

    assert "2 drafts thrown away." in main(signed_in.get(answer.location)).text
    assert db.session.scalars(select(CourseDate)).all() == [three]
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    assert [line.action for line in lines] == ["threw a draft away"] * 2
    assert [line.detail.split(":")[0] for line in lines] == slugs


def test_what_people_had_booked_before_is_not_thrown_away_and_nothing_beside_it(signed_in, db):
    one, booked = make_draft(), make_draft()
    make_booking(booked, state=BookingState.CANCELLED)
    url = f"/organiser/dates/drafts/discard?date={one.id}&date={booked.id}"
    page = signed_in.get(url)
    assert "People had booked this date before" in main(page).text
    assert buttons(page) == []

    assert signed_in.post(url).status_code == 409
    assert [state_of(db, date) for date in (one, booked)] == [DateState.DRAFT] * 2
    assert actions(db) == []


def test_nothing_ticked_nothing_thrown_away(signed_in, db):
    date = make_draft()
    answer = signed_in.post("/organiser/dates/drafts/discard", data={"date": ["x"]})
    assert "Tick the dates" in main(signed_in.get(answer.location)).text
    assert state_of(db, date) is DateState.DRAFT


def test_a_bank_holiday_is_said_before_a_draft_is_published_or_moved_there(signed_in):
    date = make_draft(starts_at=datetime(2025, 12, 25, 10, tzinfo=UTC))
    said = "Thursday 25 December 2025 is a bank holiday: Christmas Day."
    for page in (f"{date.id}/publish", f"{date.id}/details", "drafts"):
        assert said in main(signed_in.get(f"/organiser/dates/{page}")).text


def test_without_drafts_the_page_leads_on(signed_in):
    page = signed_in.get("/organiser/dates/drafts")
    assert "No date waits to be published." in main(page).text
    assert "copy last year’s programme" in links(page)


def test_the_list_asks_as_little_of_many_drafts_as_of_few(signed_in, db):
    def asked():
        db.session.expire_all()
        with counted() as sent:
            signed_in.get("/organiser/dates/drafts")
        return len(sent)

    make_many_dates(3, state=DateState.DRAFT)
    few = asked()
    make_many_dates(300, state=DateState.DRAFT)
    assert asked() == few
