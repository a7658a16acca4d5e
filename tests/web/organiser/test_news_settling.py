"""The buttons beside a draft: nothing public before, everything by one press, one after another."""

import pytest
from sqlalchemy import select

from tests import people
from tests.announcements import in_conflict, item, session
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_interest
from tests.web.organiser.test_news import take
from tests.web.organiser.test_news_review import card, changed, difference, url
from tests.web.reading import buttons, links, main, title, typed, wrong
from webapp.models import (
    Announcement,
    AuditLine,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Format,
    NewsState,
)
from webapp.services import drafts


def waits(*sessions, **facts):
    """The reading of a page with this one announcement."""
    return take(item(sessions=sessions or [session()], **facts))


def press(client, page, verb, **sent):
    """What the button sends that stands beside the first announcement of this page."""
    announcement = page.passages[0].announcement
    seen = {"version": str(announcement.version), "reading": str(page.id)}
    if verb == "accept":
        seen["goes_to"] = str(drafts.of(announcement, now=NOW).goes_to)
    return client.post(
        f"/organiser/news/drafts/{announcement.id}/{verb}",
        data={**seen, **{name: str(said) for name, said in sent.items()}},
    )


def state(db, reading):
    return db.session.get(Announcement, reading.passages[0].announcement_id).state


def actions(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def dates(db):
    return db.session.scalars(select(CourseDate).order_by(CourseDate.id)).all()


def test_nothing_is_public_until_it_is_accepted_and_then_it_can_be_booked(signed_in, db):
    reading = waits()
    assert "Neglect" not in main(signed_in.get("/")).text
    answer = press(signed_in, reading, "accept", **{"accept-1-capacity": "20"})

    assert answer.location == f"{url(reading)}#announcement-1"
    page = signed_in.get(url(reading))
    assert "Neglect in early childhood" in main(signed_in.get("/")).text
    [made] = dates(db)
    assert (made.state, made.capacity) == (DateState.PUBLISHED, 20)
    assert "A new course is in the programme, with 1 new date." in main(page).text
    assert "Accepted by Olive Organiser at 9am on Thursday 17 April 2025." in card(page).text
    assert f"/organiser/dates/{made.id}/attendees" in links(page).values()
    assert "Give the address of West Offices" in links(page)


def test_who_accepted_what_is_in_the_audit_log(signed_in, db, organiser):
    press(signed_in, waits(), "accept", **{"accept-1-no_limit": "y"})

    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("accepted an announcement", organiser.id)
    assert line.detail == "Neglect in early childhood (announcement 1)"
    assert dates(db)[0].capacity is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Enter how many places there are, or tick that as many as like can come"),
        ({"accept-1-capacity": "many"}, "Places must be a number from 1 to 10,000"),
        ({"accept-1-capacity": "0"}, "Places must be a number from 1 to 10,000"),
    ],
)
def test_without_places_it_is_not_accepted_and_the_field_says_so(signed_in, db, sent, said):
    reading = waits()
    answer = press(signed_in, reading, "accept", **sent)

    assert wrong(answer) == {"accept-1-capacity": said}
    assert state(db, reading) is NewsState.WAITING
    assert (dates(db), actions(db)) == ([], [])


def test_places_typed_hold_for_every_date_that_says_none(signed_in, db):
    reading = waits(session(), session("2025-06-05"), in_conflict())
    press(signed_in, reading, "answer", key="0321", day="2025-05-21")
    press(signed_in, reading, "accept", **{"accept-1-capacity": "12"})

    assert [made.capacity for made in dates(db)] == [12, 12, 12]
    assert {made.state for made in dates(db)} == {DateState.PUBLISHED}


def test_how_it_is_held_is_asked_beside_the_button_too(signed_in, db):
    reading = waits(session(), session("2025-06-05"), venue=None, is_online=None)
    limit = {"accept-1-no_limit": "y"}
    answer = press(signed_in, reading, "accept", **limit)
    assert wrong(answer) == {"accept-1-format": "Say whether it is face to face or online"}

    press(signed_in, reading, "accept", **limit, **{"accept-1-format": "online"})
    assert [made.format for made in dates(db)] == [Format.ONLINE, Format.ONLINE]


def test_whoever_accepts_what_has_changed_meanwhile_is_told_and_nothing_is_made(signed_in, db):
    reading = waits()
    old = reading.passages[0].announcement.version
    press(signed_in, reading, "course", course="")
    answer = press(signed_in, reading, "accept", version=old, **{"accept-1-capacity": "5"})

    assert answer.status_code == 409
    assert "has changed since you opened it" in main(answer).text
    assert dates(db) == []


def test_whoever_accepts_second_is_told_that_it_is_settled(signed_in, db):
    reading = waits()
    version = reading.passages[0].announcement.version
    for _ in range(2):
        answer = press(signed_in, reading, "accept", version=version, **{"accept-1-capacity": "5"})
    assert answer.status_code == 409
    assert len(dates(db)) == 1


def test_nobody_accepts_into_a_course_that_somebody_made_after_they_looked(signed_in, db):
    reading = waits()
    [button] = [f for f in card(signed_in.get(url(reading))).all("form") if "accept" in f["action"]]
    shown = {e["name"]: e["value"] for e in button.all("input") if e["type"] == "hidden"}
    made_meanwhile = make_course(title="Neglect in early childhood")
    places = {"accept-1-capacity": "5"}
    answer = signed_in.post(button["action"], data={**shown, **places})

    assert answer.status_code == 409
    assert "has changed since you opened it" in main(answer).text
    assert dates(db) == []
    press(signed_in, reading, "accept", **places)
    assert [made.course_id for made in dates(db)] == [made_meanwhile.id]


@pytest.mark.parametrize("goes_to", ["", "x", "-1", "99"])
def test_a_course_that_nobody_was_shown_is_refused(signed_in, db, goes_to):
    limit = {"accept-1-capacity": "5"}
    answer = press(signed_in, waits(), "accept", goes_to=goes_to, **limit)
    assert (answer.status_code, dates(db)) == (409, [])


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999"])
def test_a_version_that_nobody_was_shown_is_refused(signed_in, db, version):
    reading = waits()
    answer = press(signed_in, reading, "accept", version=version, **{"accept-1-capacity": "5"})
    assert answer.status_code == 409


def test_one_press_says_which_day_was_meant(signed_in, db):
    reading = waits(in_conflict())
    answer = press(signed_in, reading, "answer", key="0321", day="2025-05-21")

    page = signed_in.get(answer.location)
    assert "Wednesday 21 May 2025 it is." in main(page).text
    assert "Wednesday 21 May 2025, 9.15am to 3pm" in card(page).text
    assert "You gave this day." in card(page).text
    assert "Which day is meant?" not in card(page).text
    assert actions(db) == ["answered which day is meant"]
    assert dates(db) == []


def test_one_press_takes_the_answer_back_and_the_question_is_open_again(signed_in, db):
    reading = waits(in_conflict(), session())
    press(signed_in, reading, "answer", key="0321", day="2025-05-21")
    page = signed_in.get(url(reading))
    assert [b.partition(",")[0] for b in buttons(page) if b.startswith("Take this day back")] == [
        "Take this day back: Wednesday 21 May 2025"
    ]
    press(signed_in, reading, "ask-again", key="0321")

    page = signed_in.get(url(reading))
    assert "Your answer is taken back." in main(page).text
    assert "Which day is meant?" in card(page).text
    assert not [b for b in buttons(page) if b.startswith("Take this day back")]
    assert actions(db) == ["answered which day is meant", "took back which day is meant"]
    assert press(signed_in, reading, "ask-again", key="9999").status_code == 409


@pytest.mark.parametrize(
    "sent", [{"key": "0321", "day": "soon"}, {"key": "0321"}, {"key": "9999", "day": "2025-05-21"}]
)
def test_an_answer_to_no_question_is_refused(signed_in, db, sent):
    assert press(signed_in, waits(in_conflict()), "answer", **sent).status_code == 409
    assert actions(db) == []


def test_days_are_put_together_to_one_date_and_taken_apart_again(signed_in, db):
    reading = waits(session(), session("2025-06-05"), session("2025-06-12"))
    boxes = [box for box in card(signed_in.get(url(reading))).all("input") if box["name"] == "key"]
    assert [box["value"] for box in boxes] == ["0529", "0605", "0612"]
    said = {"reading": reading.id, "version": 1, "together": "yes", "key": ["0529", "0605"]}
    answer = signed_in.post("/organiser/news/drafts/1/regroup", data=said)

    page = signed_in.get(answer.location)
    assert "They are the days of one date." in main(page).text
    [apart] = [b for b in card(page).all("button") if b.text.startswith("Each day is a date")]
    assert apart["value"] == "0529 0605"
    press(signed_in, reading, "regroup", key=apart["value"])
    assert "3 dates" in card(signed_in.get(url(reading))).text
    assert actions(db) == ["grouped the days of an announcement"] * 2
    for sent in ({"together": "yes"}, {"together": "yes", "key": "0529"}, {"key": "0101"}):
        assert press(signed_in, reading, "regroup", **sent).status_code == 409


def test_a_conflict_that_is_accepted_unanswered_is_held_back(signed_in, db):
    reading = waits(in_conflict())
    press(signed_in, reading, "accept", **{"accept-1-capacity": "5"})

    [made] = dates(db)
    assert (made.state, made.announced_as) == (DateState.HELD_BACK, "Wednesday 21 March")
    page = signed_in.get(url(reading))
    assert "1 date is held back until settled." in main(page).text
    assert f"/organiser/dates/{made.id}/settle" in [a["href"] for a in card(page).all("a")]


def test_a_course_without_dates_is_there_for_those_who_want_to_be_told(signed_in, db):
    reading = take(item())
    press(signed_in, reading, "accept")

    page = signed_in.get(url(reading))
    assert "A new course is in the programme. It has no dates so far." in main(page).text
    assert "Neglect in early childhood" in main(signed_in.get("/")).text


def test_what_is_published_already_is_settled_as_it_is(signed_in, db):
    course = make_course(title="Small children")
    reading = take(item())
    press(signed_in, reading, "course", course=str(course.id))
    button = "Settle it as published: Neglect in early childhood"
    assert button in buttons(signed_in.get(url(reading)))
    press(signed_in, reading, "accept")

    assert "The programme says so already." in main(signed_in.get(url(reading))).text
    assert (state(db, reading), dates(db)) == (NewsState.ACCEPTED, [])


def test_new_dates_go_to_a_course_that_is_there_and_make_no_second_one(signed_in, db):
    course = make_course(title="Small children")
    make_interest(course, "ann@agency.example")
    reading = waits()
    press(signed_in, reading, "course", course=str(course.id))
    assert "It goes to the course Small children" in card(signed_in.get(url(reading))).text
    press(signed_in, reading, "accept", **{"accept-1-capacity": "5"})

    assert db.session.scalars(select(Course)).all() == [course]
    assert [made.course_id for made in dates(db)] == [course.id]
    assert people.kinds("ann@agency.example") == ["new_date"]


def test_a_course_that_there_is_not_is_not_found(signed_in):
    assert press(signed_in, waits(), "course", course="99").status_code == 404


def test_what_is_ignored_keeps_its_reason_and_can_be_taken_up_again(signed_in, db):
    reading = waits()
    press(signed_in, reading, "ignore", **{"ignore-1-reason": "Only for one hospital"})

    assert state(db, reading) is NewsState.IGNORED
    text = card(signed_in.get(url(reading))).text
    assert "Only for one hospital (ignored by Olive Organiser" in text
    press(signed_in, reading, "take-up-again")
    assert state(db, reading) is NewsState.WAITING
    assert actions(db) == ["ignored an announcement", "took an announcement up again"]


def test_nothing_is_ignored_without_a_reason(signed_in, db):
    reading = waits()
    answer = press(signed_in, reading, "ignore")

    said = "Enter why nothing is made of it, such as: not training"
    assert wrong(answer) == {"ignore-1-reason": said}
    folds = [fold for fold in main(answer).all("details") if fold.all(id="ignore-1-reason")]
    assert "open" in folds[0].attributes
    assert state(db, reading) is NewsState.WAITING


def test_what_waits_is_not_taken_up_again(signed_in):
    assert press(signed_in, waits(), "take-up-again").status_code == 409


def key_of(page):
    [key] = [box for box in difference(page).all("input") if box["name"] == "key"]
    return key["value"]


def test_a_moved_date_moves_with_everybody_on_it_who_are_told(signed_in, db):
    ours, reading = changed(db, sessions=[session("2025-06-05")])
    make_booking(ours, email="ann@agency.example")
    key = key_of(signed_in.get(url(reading)))
    answer = press(signed_in, reading, "take-change", key=key)

    db.session.expire_all()
    assert db.session.get(CourseDate, ours.id).starts_at.isoformat() == "2025-06-05T09:00:00+00:00"
    [mail] = people.mails("ann@agency.example")
    assert mail.kind == "booking_changed"
    assert people.entries(mail)["METHOD"] == "REQUEST"
    page = signed_in.get(answer.location)
    assert "The programme says so now. We have written to 1 person." in main(page).text
    assert state(db, reading) is NewsState.ACCEPTED
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.course_date_id) == ("took a change from the news: moved", ours.id)


def test_what_is_left_stays_as_published_and_nobody_is_written_to(signed_in, db):
    ours, reading = changed(db, sessions=[session(ends="15:00")], bookings=[BookingState.CONFIRMED])
    was = ours.ends_at
    key = key_of(signed_in.get(url(reading)))
    press(signed_in, reading, "leave-change", key=key)

    assert db.session.get(CourseDate, ours.id).ends_at == was
    assert people.mails() == []
    assert state(db, reading) is NewsState.ACCEPTED
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.course_date_id) == ("left a change of the news: times", ours.id)


def test_a_date_that_is_gone_is_cancelled_only_with_a_message(signed_in, db):
    ours, reading = changed(db, sessions=[])
    make_booking(ours, email="ann@agency.example")
    key = key_of(signed_in.get(url(reading)))
    answer = press(signed_in, reading, "take-change", key=key)
    assert wrong(answer) == {f"change-1-{ours.id}-message": "Enter the message that people read"}
    assert db.session.get(CourseDate, ours.id).state is DateState.PUBLISHED

    said = {f"change-1-{ours.id}-message": "The trainer is ill."}
    press(signed_in, reading, "take-change", key=key, **said)
    assert db.session.get(CourseDate, ours.id).state is DateState.CANCELLED
    [mail] = people.mails("ann@agency.example")
    assert "The trainer is ill." in people.words(mail)


def test_a_change_that_somebody_dealt_with_meanwhile_is_refused(signed_in, db):
    _, reading = changed(db, sessions=[session("2025-06-05")])
    answer = press(signed_in, reading, "take-change", key="0123456789abcdef")

    assert answer.status_code == 409
    assert "no longer as you saw it" in main(answer).text


def test_what_is_refused_is_said_beside_the_draft_with_the_way_to_it(signed_in, db):
    reading = waits(in_conflict())
    answer = press(signed_in, reading, "answer", key="0321", day="soon")

    page = main(answer)
    assert title(answer).startswith("Error: What the page announces")
    banner = page.one(class_="govuk-notification-banner")
    assert banner.one("a")["href"] == "#announcement-1"
    assert page.one(class_="app-announcement__done--not").text in banner.text
    assert "programme" not in page.text
    [button] = [b for b in card(answer).all("button") if b.get("value") == "2025-05-21"]
    sent = {box["name"]: box["value"] for box in button.parent.parent.parent.all("input")}
    signed_in.post("/organiser/news/drafts/1/answer", data={**sent, "day": "2025-05-21"})
    assert actions(db) == ["answered which day is meant"]


def test_the_message_of_a_change_that_is_refused_is_kept(signed_in, db):
    ours, reading = changed(db, sessions=[])
    said = {f"change-1-{ours.id}-message": "The trainer is ill."}
    answer = press(signed_in, reading, "take-change", key="0123456789abcdef", **said)
    assert answer.status_code == 409
    assert typed(answer, f"change-1-{ours.id}-message") == "The trainer is ill."

    old = reading.passages[0].announcement.version
    key = key_of(signed_in.get(url(reading)))
    press(signed_in, reading, "leave-change", key=key)
    answer = press(signed_in, reading, "take-change", version=old, key=key, **said)
    assert answer.status_code == 409
    assert "You had written: The trainer is ill." in main(answer).text
    assert db.session.get(CourseDate, ours.id).state is DateState.PUBLISHED


def test_whoever_comes_from_nowhere_is_led_to_the_latest_reading(signed_in, db):
    waits()
    later = take(item(sessions=[session(ends="16:00")]), text="Later.", now=NOW)
    answer = press(signed_in, later, "ignore", reading="", **{"ignore-1-reason": "No"})
    assert answer.location == f"{url(later)}#announcement-1"
