"""A draft put right in full: what the page leaves open, what it has wrong, and then accepted."""

import pytest
from sqlalchemy import select

from tests.announcements import in_conflict, item, session
from tests.conftest import NOW
from tests.makers import make_course, make_date
from tests.web.organiser.test_news import take
from tests.web.reading import filled_in, heading, links, main, title, typed
from webapp.models import Announcement, AuditLine, Course, CourseDate, DateState, Format, Kind
from webapp.services import drafts, news

ADDRESS = "/organiser/news/drafts/1"


def waits(*sessions, **facts):
    take(item(sessions=sessions or [session()], **facts))


def draft():
    return drafts.of(news.announcement(1), now=NOW)


def send(client, **changes):
    """The form as it stands, with these changes; `accept="yes"` presses the second button."""
    return client.post(ADDRESS, data=filled_in(client.get(ADDRESS), **changes))


def said_wrong(response):
    """What the summary says, by the id each sentence leads to, which must be a field."""
    page = main(response)
    found = {a["href"].lstrip("#"): a.text for a in page.one(class_="govuk-error-summary").all("a")}
    assert title(response).startswith("Error: ")
    for key in found:
        assert page.one(id=key).name in {"input", "textarea"}
    return found


def test_the_form_holds_what_the_page_says(signed_in):
    waits(session(), in_conflict())
    page = signed_in.get(ADDRESS)

    assert heading(page) == "Edit the draft"
    assert typed(page, "title") == "Neglect in early childhood"
    assert typed(page, "summary") == "How neglect begins."
    assert typed(page, "day-0529-day-day") == "29"
    assert (typed(page, "day-0529-starts"), typed(page, "day-0529-ends")) == ("10am", "2pm")
    assert typed(page, "date-0529-place") == "West Offices"
    assert typed(page, "day-0321-day-day") == ""
    assert "It says Wednesday 21 March, and in 2025 that is a Friday." in main(page).text
    assert "Worked out. The page was published in 2025." in main(page).text


def test_a_form_sent_as_it_stands_changes_nothing_of_the_draft(signed_in, db):
    waits(session(), in_conflict())
    before = draft()
    send(signed_in)

    after = draft()
    assert (after.dates, after.summary, after.problems) == (
        before.dates,
        before.summary,
        before.problems,
    )


def test_what_is_typed_is_kept_and_nothing_is_public_yet(signed_in, db, organiser):
    waits()
    answer = send(
        signed_in,
        title="Neglect and small children",
        kind="briefing",
        **{
            "day-0529-day": ["3", "June", "2025"],
            "day-0529-starts": "9:15",
            "date-0529-format": "online",
            "date-0529-place": "Microsoft Teams",
            "date-0529-join_link": "https://teams.example/secret",
            "date-0529-capacity": "30",
        },
    )

    assert answer.location == "/organiser/news/1#announcement-1"
    made = draft()
    [date] = made.dates
    assert (made.title, made.kind) == ("Neglect and small children", Kind.BRIEFING)
    assert f"{date.days[0].day} {date.days[0].starts}" == "2025-06-03 09:15:00"
    assert (date.is_online, date.place, date.has_limit, date.capacity) == (
        True,
        "Microsoft Teams",
        True,
        30,
    )
    assert "Your changes are kept. Nothing is public" in main(signed_in.get(answer.location)).text
    assert db.session.scalars(select(Course)).all() == []
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("changed a draft of the news", organiser.id)


def test_another_date_answers_a_question(signed_in, db):
    waits(in_conflict())
    send(signed_in, **{"day-0321-day": ["28", "5", "2025"]})
    [day] = draft().dates[0].days
    assert (f"{day.day}", day.question) == ("2025-05-28", None)


def test_saved_and_accepted_it_is_in_the_programme(signed_in, db):
    waits()
    send(signed_in, accept="yes", **{"date-0529-no_limit": "y"})

    [made] = db.session.scalars(select(CourseDate))
    assert (made.state, made.format, made.capacity) == (
        DateState.PUBLISHED,
        Format.FACE_TO_FACE,
        None,
    )


def test_what_lacks_is_said_at_its_fields_when_it_shall_be_accepted(signed_in, db):
    waits(session(ends=None), kind=None, outline=None, is_online=None)
    answer = send(signed_in, accept="yes")

    assert said_wrong(answer) == {
        "kind": "Say what kind of training it is",
        "summary": "Enter a summary of one sentence",
        "day-0529-ends": "Enter when it ends",
        "date-0529-format": "Say whether it is face to face or online",
        "date-0529-capacity": "Say how many places there are",
    }
    assert db.session.scalars(select(Course)).all() == []
    assert db.session.scalars(select(AuditLine)).all() == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, {"title": "Enter a title"}),
        ({"link": "here"}, None),
        ({"day-0529-starts": "early"}, {"day-0529-starts": None}),
        ({"day-0529-day": ["31", "2", "2025"]}, {"day-0529-day-day": None}),
        ({"date-0529-capacity": "x"}, {"date-0529-capacity": None}),
        ({"date-0529-join_link": "teams"}, {"date-0529-join_link": None}),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_is_kept(signed_in, db, sent, said):
    waits()
    answer = send(signed_in, audience="Health visitors", **sent)

    assert said_wrong(answer).keys() == (said or sent).keys()
    assert typed(answer, "audience") == "Health visitors"
    assert draft().audience != "Health visitors"


def test_a_date_that_is_left_out_is_not_made(signed_in, db):
    waits(session(), session("2025-06-05"))
    both = {"date-0529-no_limit": "y", "date-0605-leave_out": "y"}
    send(signed_in, accept="yes", **both)
    assert len(db.session.scalars(select(CourseDate)).all()) == 1


def test_what_somebody_else_changed_is_not_undone_unseen(signed_in, db):
    waits()
    form = filled_in(signed_in.get(ADDRESS), title="Mine")
    drafts.choose_course(news.announcement(1), None, now=NOW)
    db.session.commit()
    answer = signed_in.post(ADDRESS, data=form)

    assert "has changed since you opened it" in main(answer).text
    assert typed(answer, "title") == "Mine"
    signed_in.post(ADDRESS, data=filled_in(answer))
    assert draft().title == "Mine"


@pytest.mark.parametrize("accept", [{}, {"accept": "yes"}])
def test_the_form_of_a_new_course_is_not_kept_for_one_made_meanwhile(signed_in, db, accept):
    waits()
    form = filled_in(signed_in.get(ADDRESS), title="Mine", **{"date-0529-capacity": "7"})
    make_course(title="Neglect in early childhood")
    answer = signed_in.post(ADDRESS, data={**form, **accept})

    assert "has changed since you opened it" in main(answer).text
    assert typed(answer, "date-0529-capacity") == "7"
    assert db.session.scalars(select(CourseDate)).all() == []


def test_of_a_course_that_is_there_only_the_dates_are_asked(signed_in, db):
    course = make_course(title="Neglect in early childhood")
    make_date(course=course)
    waits()
    page = signed_in.get(ADDRESS)

    assert main(page).all(id="title") == []
    send(signed_in, accept="yes", **{"date-0529-capacity": "7"})
    assert [made.capacity for made in course.dates if made.capacity == 7] == [7]


def test_what_is_settled_is_no_longer_edited(signed_in, db):
    waits()
    form = filled_in(signed_in.get(ADDRESS))
    drafts.ignore(news.announcement(1), None, "Only for one hospital", now=NOW)
    db.session.commit()

    page = signed_in.get(ADDRESS)
    assert main(page).all("form") == []
    assert "Drafts are edited only while they wait for you." in main(page).text
    assert links(page)["See it beside its page"] == "/organiser/news/1#announcement-1"
    answer = signed_in.post(ADDRESS, data=form)
    assert "This announcement has been settled meanwhile." in main(answer).text


def test_a_draft_that_there_is_not_is_not_found(signed_in, db):
    assert signed_in.get("/organiser/news/drafts/99").status_code == 404
    assert db.session.scalars(select(Announcement)).all() == []


def test_a_title_put_right_has_a_short_one_of_its_own_unless_that_was_put_right_too(signed_in):
    waits()
    send(signed_in, title="Neglect, from the start")
    assert draft().short_title == "Neglect, from the start"
    send(signed_in, title="Neglect, from start to end", short_title="Neglect")
    assert (draft().title, draft().short_title) == ("Neglect, from start to end", "Neglect")


def test_a_title_put_right_heads_the_draft_everywhere_and_the_page_s_own_stands_below(signed_in):
    waits()
    sent = send(signed_in, title="Neglect, from the start")
    page = main(signed_in.get(sent.location))

    assert page.one(id="announcement-1").text == "1. Neglect, from the start Waits for you"
    assert "On the page: “Neglect in early childhood”" in page.text
    assert page.one(id="contents").parent.one("a").text.startswith("Neglect, from the start")
    assert "Neglect in early childhood" not in " ".join(b.text for b in page.all("button"))
    assert "Look at it: Neglect, from the start, announcement 1" in links(
        signed_in.get("/organiser/news")
    )
