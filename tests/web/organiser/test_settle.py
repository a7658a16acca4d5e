import pytest
from sqlalchemy import select

from tests import people
from tests.makers import make_booking, make_date, make_held_back_date, make_interest
from tests.web.reading import buttons, heading, main, title
from webapp.models import AuditLine, CourseDate, DateState


def url(date, rest="settle"):
    return f"/organiser/dates/{date.id}/{rest}"


def other(day="3", month="6", year="2025", starts="9.15am", ends="3pm", **more):
    return {
        "reading": "other",
        "day": [day, month, year],
        "starts": starts,
        "ends": ends,
        **more,
    }


def said_wrong(response):
    """What the summary says, by the id each sentence leads to, which must be a field."""
    page = main(response)
    found = {a["href"].lstrip("#"): a.text for a in page.one(class_="govuk-error-summary").all("a")}
    assert title(response).startswith("Error: ")
    for key in found:
        assert page.one(id=key).name == "input"
    return found


def test_both_readings_are_shown_with_their_reasons_and_the_past_one_says_so(signed_in):
    date = make_held_back_date()
    page = signed_in.get(url(date))

    assert heading(page) == "Settle the date"
    options = [item.text for item in main(page).all(class_="govuk-radios__item")]
    assert options[0].startswith("Friday 21 March 2025, 8am to 2pm")
    assert options[1].startswith("Wednesday 21 May 2025, 9am to 3pm")
    assert options[2] == "Another day"
    assert "This day has passed." in options[0]
    assert "This day has passed." not in options[1]
    assert "It could be this day." in options[0]


def test_what_settling_does_is_said_before(signed_in):
    date = make_held_back_date()
    assert "nobody has registered interest" in main(signed_in.get(url(date))).text
    make_interest(date.course)
    assert "1 person who registered interest in this course gets a mail" in (
        main(signed_in.get(url(date))).text
    )


def test_a_reading_chosen_is_published_in_the_programme_and_its_feed(signed_in, db, organiser):
    date = make_held_back_date()
    make_interest(date.course, "ann@agency.example")
    reading = date.readings[1]
    assert "UID" not in signed_in.get("/programme.ics").text
    answer = signed_in.post(url(date), data={"reading": str(reading.id)})

    assert answer.location.endswith(url(date))
    db.session.expire_all()
    assert (date.state, date.starts_at) == (DateState.PUBLISHED, reading.starts_at)
    assert "Wednesday 21 May 2025" in main(signed_in.get("/")).text
    assert date.days[0].uid in signed_in.get("/programme.ics").text
    assert people.kinds("ann@agency.example") == ["new_date"]
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail, line.organiser_id) == (
        "settled a date",
        "Wednesday 21 May 2025",
        organiser.id,
    )
    after = main(signed_in.get(url(date))).text
    assert "is settled: Wednesday 21 May 2025, 9am to 3pm" in after


def test_a_reading_in_the_past_may_be_what_was_meant(signed_in, db):
    date = make_held_back_date()
    signed_in.post(url(date), data={"reading": str(date.readings[0].id)})
    assert db.session.get(CourseDate, date.id).state is DateState.PUBLISHED
    assert "This day has passed." in main(signed_in.get(url(date))).text


def test_another_day_is_read_in_london_hours(signed_in, db):
    date = make_held_back_date()
    signed_in.post(url(date), data=other(month="June", starts="9:15", ends="15.00"))

    date = db.session.get(CourseDate, date.id)
    assert date.starts_at.isoformat() == "2025-06-03T08:15:00+00:00"
    assert date.ends_at.isoformat() == "2025-06-03T14:00:00+00:00"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, {"reading": "Choose which day it is"}),
        ({"reading": "999"}, {"reading": "Choose which day it is"}),
        (
            {"reading": "other"},
            {
                "day-day": "Enter the day",
                "starts": "Enter when it starts, such as 9.30am",
                "ends": "Enter when it ends, such as 3pm",
            },
        ),
        (other(day="31", month="2"), {"day-day": "The day must be a real date, such as 21 5 2025"}),
        (other(day=""), {"day-day": "The day must be a real date, such as 21 5 2025"}),
        (other(year="25"), {"day-day": "The day must have a year of four digits, such as 2025"}),
        (other(year="99999"), {"day-day": "The day must have a year of four digits, such as 2025"}),
        (other(starts="25:00"), {"starts": "Start must be a time, such as 9.30am or 13:30"}),
        (other(starts="early"), {"starts": "Start must be a time, such as 9.30am or 13:30"}),
        (other(ends="9.15am"), {"ends": "The end must be after the start"}),
        (
            other(month="3"),
            {
                "is_past": "This day has passed. If it is right all the same, tick the box"
                " and send again"
            },
        ),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_settled(signed_in, db, sent, wrong):
    date = make_held_back_date()
    answer = signed_in.post(url(date), data=sent)

    assert said_wrong(answer) == wrong
    assert db.session.get(CourseDate, date.id).state is DateState.HELD_BACK


def test_what_was_typed_is_kept(signed_in):
    answer = signed_in.post(url(make_held_back_date()), data=other(month="March", ends="soon"))
    page = main(answer)
    assert [box["value"] for box in page.one(id="day").all("input")] == ["3", "March", "2025"]
    assert [page.one(id=key)["value"] for key in ("starts", "ends")] == ["9.15am", "soon"]


@pytest.mark.parametrize("parts", [["3"], ["3", "6"], ["3", "6", "2025", "7"]])
def test_a_day_sent_in_too_few_or_too_many_parts_does_no_harm(signed_in, parts):
    answer = signed_in.post(url(make_held_back_date()), data={**other(), "day": parts})
    assert answer.status_code in {200, 302}


def test_a_day_that_has_passed_is_settled_when_the_box_is_ticked(signed_in, db):
    date = make_held_back_date()
    signed_in.post(url(date), data=other(month="3", is_past="y"))
    assert db.session.get(CourseDate, date.id).state is DateState.PUBLISHED


def test_what_stands_in_the_boxes_of_another_day_does_not_matter_to_a_reading(signed_in, db):
    date = make_held_back_date()
    sent = {**other(day="99", starts="x"), "reading": str(date.readings[1].id)}
    signed_in.post(url(date), data=sent)
    assert db.session.get(CourseDate, date.id).starts_at == date.readings[1].starts_at


def test_settling_is_undone_by_a_button_while_nobody_has_booked(signed_in, db):
    date = make_held_back_date()
    signed_in.post(url(date), data={"reading": str(date.readings[1].id)})
    assert buttons(signed_in.get(url(date))) == ["Hold back again"]
    uid = db.session.get(CourseDate, date.id).days[0].uid

    signed_in.post(url(date, "hold-back"))
    assert db.session.get(CourseDate, date.id).state is DateState.HELD_BACK
    assert uid not in signed_in.get("/programme.ics").text
    assert "Date to be confirmed" in main(signed_in.get("/")).text
    assert "Settle and publish" in buttons(signed_in.get(url(date)))
    actions = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    assert actions == ["settled a date", "held a date back"]


def test_once_somebody_has_booked_it_stays_settled(signed_in, db):
    date = make_held_back_date()
    signed_in.post(url(date), data={"reading": str(date.readings[1].id)})
    make_booking(db.session.get(CourseDate, date.id))

    page = signed_in.get(url(date))
    assert buttons(page) == []
    assert "Somebody has booked this date" in main(page).text
    answer = signed_in.post(url(date, "hold-back"))
    assert answer.status_code == 409
    assert db.session.get(CourseDate, date.id).state is DateState.PUBLISHED


def test_a_form_left_open_does_not_settle_twice(signed_in, db):
    date = make_held_back_date()
    first, second = (str(reading.id) for reading in date.readings)
    signed_in.post(url(date), data={"reading": second})
    answer = signed_in.post(url(date), data={"reading": first})

    assert "is settled: Wednesday 21 May 2025" in main(answer).text
    assert len(db.session.scalars(select(AuditLine)).all()) == 1


def test_a_date_that_was_never_in_doubt_has_nothing_to_settle(signed_in):
    assert "nothing to settle" in main(signed_in.get(url(make_date()))).text
