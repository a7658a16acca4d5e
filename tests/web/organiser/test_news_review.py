"""A page beside the drafts it became: marked, numbered, asked about, and what differs."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.announcements import in_conflict, item, session, words
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_venue
from tests.queries import counted
from tests.web.organiser.test_news import take
from tests.web.reading import buttons, links, main
from webapp.formats.announcements import AgendaLine, Status, Sure, Words
from webapp.models import BookingState, Format
from webapp.services import drafts

TEXT = "Latest news\n\nNeglect\nThursday 29 May at West Offices\n\nBack to the news\n\nBins <b>"


def at(phrase):
    start = TEXT.index(phrase)
    return {"start": start, "end": start + len(phrase)}


def found(phrase):
    return Words(phrase, **at(phrase))


def neglect():
    made = item(sessions=[session(**at("Thursday 29 May"))])
    end = found("West Offices").end
    return replace(made, title=found("Neglect"), start=found("Neglect").start, end=end)


def bins():
    made = item(is_training=False, kind=None, why="Not training: bins.", **at("Bins <b>"))
    return replace(made, title=found("Bins <b>"))


def url(reading, rest=""):
    return f"/organiser/news/{reading.id}{rest}"


def card(response, number=1):
    """What is said and asked of the announcement with this number."""
    return main(response).one(id=f"draft-{number}")


def source(response, number=1):
    return main(response).one(id=f"passage-{number}")


def test_the_words_of_the_page_are_marked_and_numbered_beside_their_draft(signed_in):
    page = signed_in.get(url(take(neglect(), bins(), text=TEXT)))

    assert [mark.text for mark in source(page).all("mark")] == ["Neglect", "Thursday 29 May"]
    assert "at West Offices" in source(page).text
    assert source(page).one("a")["href"] == "#draft-1"
    assert card(page).all("a")[0]["href"] == "#passage-1"
    assert links(page)["Neglect, number 1"] == "#announcement-1"
    assert "Thursday 29 May 2025, 10am to 2pm" in card(page).text
    between = [p.text for p in main(page).all(class_="app-between")]
    assert between == ["Latest news", "Back to the news"]


def test_the_page_is_in_order_each_passage_before_its_draft(signed_in):
    page = signed_in.get(url(take(neglect(), bins(), text=TEXT)))
    ids = [e["id"] for e in main(page).all() if (e.get("id") or "").startswith(("pass", "draft"))]
    assert ids == ["passage-1", "draft-1", "passage-2", "draft-2"]


def test_the_source_can_be_scrolled_by_keyboard_and_says_what_it_is(signed_in):
    page = signed_in.get(url(take(neglect(), text=TEXT)))
    assert source(page)["tabindex"] == "0"
    assert source(page)["aria-label"] == "What the page says, 1"


def test_what_is_no_training_is_folded_with_the_reason_and_can_be_taken_up(signed_in):
    page = signed_in.get(url(take(bins(), text=TEXT)))

    assert "Not training: bins." in card(page).text
    folded = [fold for fold in main(page).all("details") if fold.all(id="passage-1")]
    assert [fold.one("summary").text for fold in folded] == ["What the page says of announcement 1"]
    assert "Take it up again: Bins <b>" in buttons(page)
    assert "&lt;b&gt;" in page.text


def test_why_it_is_training_and_what_was_worked_out_are_said(signed_in):
    text = card(signed_in.get(url(take(neglect(), text=TEXT)))).text
    assert "It says course." in text
    assert "Worked out. The page was published in 2025." in text


def test_a_guess_says_that_it_is_one(signed_in):
    guessed = Words("West Offices", 0, 5, Sure.GUESSED)
    text = card(signed_in.get(url(take(item(venue=guessed, sessions=[session()]))))).text
    assert "West Offices (new to us: you can give its address afterwards) (a guess)" in text
    unsure = take(item("Exploitation", sure=Sure.GUESSED))
    assert "where this announcement begins and ends" in card(signed_in.get(url(unsure))).text


def test_how_the_page_says_to_book_is_shown_to_organisers(signed_in):
    booking = words("Book by 2 June with the training team.")
    text = card(signed_in.get(url(take(item(sessions=[session()], booking=booking))))).text
    assert "How to book, says the page: “Book by 2 June with the training team.”" in text
    assert "How to book" not in card(signed_in.get(url(take(item("Exploitation"))))).text


def test_a_conflict_is_a_question_with_one_button_for_each_day_those_that_passed_last(signed_in):
    page = signed_in.get(url(take(item(sessions=[in_conflict()]))))
    question = card(page).one(class_="app-answers")

    assert "It says Wednesday 21 March, and in 2025 that is a Friday. Which day is meant?" in (
        card(page).text
    )
    assert [button["value"] for button in question.all("button")] == ["2025-05-21", "2025-03-21"]
    first, second, _ = (answer.text for answer in question.all("li"))
    assert "21 May 2025 is a Wednesday." in first
    assert "passed" not in first
    assert "21 March 2025 is a Friday. This day has passed." in second
    another = question.one("a")
    assert another.text.startswith("Another date")
    assert another["href"].endswith("#day-0321-day-day")
    assert "this date is held back" in card(page).text


def test_a_year_nobody_knows_is_asked_and_nothing_can_be_accepted_before(signed_in):
    unknown = session(None, month_day=(5, 29), weekday_as_written="Friday")
    page = signed_in.get(url(take(item(sessions=[unknown]))))

    answers = [b["value"] for b in card(page).one(class_="app-answers").all("button")]
    assert answers == ["2026-05-29", "2025-05-29"]
    assert "Accept and publish: Neglect in early childhood" not in buttons(page)
    assert "Before you can accept it: Answer what is asked above." in card(page).text


def test_all_that_lacks_is_listed_at_once(signed_in):
    facts = {"outline": None, "venue": None, "is_online": None}
    page = signed_in.get(url(take(item(sessions=[session(), session("2025-06-05")], **facts))))

    assert [line.text for line in card(page).one(class_="govuk-inset-text").all("li")] == [
        "Enter a summary of one sentence.",
        "Say whether it is face to face or online.",
        "Say how many places there are.",
    ]


def test_what_lacks_is_listed_with_the_way_to_put_it_right(signed_in):
    page = signed_in.get(url(take(item(kind=None, sessions=[session(ends=None)]))))

    assert "Say what kind of training it is." in card(page).text
    assert "Enter when it ends." in card(page).text
    assert "The page does not say when it ends." in card(page).text
    [address] = [href for words_, href in links(page).items() if words_.startswith("Put it right")]
    assert address == "/organiser/news/drafts/1?reading=1"


def test_places_are_asked_beside_the_button_when_they_are_all_that_lacks(signed_in):
    page = signed_in.get(url(take(item(sessions=[session()]))))
    assert card(page).one("input", id="accept-1-capacity")
    assert "Accept and publish: Neglect in early childhood" in buttons(page)


def test_a_course_that_is_there_is_proposed_and_its_places_are_taken_over(signed_in):
    course = make_course(title="Neglect in early childhood", slug="neglect")
    make_course(title="Another course")
    make_date(course=course, capacity=24, starts_at=NOW + timedelta(days=60))
    page = signed_in.get(url(take(item(sessions=[session()]))))

    assert "It goes to the course Neglect in early childhood, which is there already." in (
        card(page).text
    )
    assert "24 places" in card(page).text
    assert "Add the new date: Neglect in early childhood" in buttons(page)
    chosen = [o["value"] for o in card(page).all("option") if "selected" in o.attributes]
    assert chosen == [str(course.id)]


def test_where_a_new_course_was_chosen_the_proposal_stays_preselected(signed_in, db):
    course = make_course(title="Neglect in early childhood")
    make_date(course=course, starts_at=NOW + timedelta(days=60))
    reading = take(item(sessions=[session()]))
    [announcement] = (passage.announcement for passage in reading.passages)
    drafts.choose_course(announcement, None, now=NOW)
    db.session.commit()

    page = signed_in.get(url(reading))
    assert "It becomes a new course." in card(page).text
    chosen = [o["value"] for o in card(page).all("option") if "selected" in o.attributes]
    assert chosen == [str(course.id)]


def test_what_visitors_would_read_is_shown_with_its_agenda(signed_in):
    lines = (AgendaLine(0, 5, time(10), "What neglect is", "Ann Example"),)
    text = card(signed_in.get(url(take(item(sessions=[session()], agenda=lines))))).text
    assert "Summary How neglect begins." in text
    assert "10am What neglect is (Ann Example)" in text
    assert "This is what you say of all your training." in text


def changed(db, *, sessions, called_off=(), bookings=(), **facts):
    """A course that was announced and accepted, and whose announcement says something else now."""
    course = make_course(title="Neglect in early childhood")
    venue = make_venue(name="West Offices")
    ours = make_date(
        course=course,
        venue=venue,
        starts_at=NOW.replace(month=5, day=29, hour=9),
        ends_at=NOW.replace(month=5, day=29, hour=13),
        **facts,
    )
    for state in bookings:
        make_booking(ours, state=state)
    take(item(sessions=[session()]))
    return ours, take(item(sessions=sessions, called_off=called_off), text="Changed.")


def difference(response):
    return card(response).one(class_="app-difference")


def test_a_moved_date_shows_both_days_who_is_on_it_and_what_the_button_does(signed_in, db):
    people = (BookingState.CONFIRMED, BookingState.CONFIRMED, BookingState.WAITING)
    _, reading = changed(db, sessions=[session("2025-06-05")], bookings=people)
    page = signed_in.get(url(reading))

    text = difference(page).text
    assert "Moved Published Thursday 29 May 2025, 10am to 2pm, West Offices" in text
    assert "On the page Thursday 5 June 2025, 10am to 2pm" in text
    assert "Booked 2 people, 1 waiting" in text
    [take_it, leave_it] = (button.text for button in difference(page).all("button"))
    assert take_it.startswith("Move the date and write to 3 people")
    assert leave_it.startswith("Leave it as published")
    assert "Changed" in main(page).one("h2", id="announcement-1").text
    assert "there already or left out" not in card(page).text


@pytest.mark.parametrize(
    ("status", "verb"),
    [(Status.CANCELLED, "Cancel the date"), (Status.POSTPONED, "Postpone the date")],
)
def test_what_is_called_off_asks_for_the_message_that_people_read(signed_in, db, status, verb):
    off = session(status=status)
    _, reading = changed(db, sessions=[], called_off=[off], bookings=[BookingState.CONFIRMED])
    found_ = difference(signed_in.get(url(reading)))

    assert found_.one("textarea")
    assert found_.all("button")[0].text.startswith(f"{verb} and write to 1 person")


def test_a_date_the_page_no_longer_names_may_be_an_oversight(signed_in, db):
    _, reading = changed(db, sessions=[])
    found_ = difference(signed_in.get(url(reading)))

    assert "No longer on the page" in found_.text
    assert "That may be an oversight." in found_.text
    assert [button.text.partition(":")[0] for button in found_.all("button")] == [
        "Cancel the date",
        "Leave it as published",
    ]


def test_what_is_older_than_the_programme_says_so_and_is_not_what_is_proposed(signed_in, db):
    def read(day, published):
        one = item(sessions=[session(day)], published=published)
        return take(replace(one, published_words=None), text=f"{published}")

    make_date(
        course=make_course(title="Neglect in early childhood", announced_on=date(2025, 3, 10)),
        venue=make_venue(name="West Offices"),
        starts_at=NOW.replace(month=5, day=29, hour=9),
        ends_at=NOW.replace(month=5, day=29, hour=13),
    )
    read("2025-05-29", date(2025, 3, 14))
    found_ = difference(signed_in.get(url(read("2025-05-22", date(2025, 3, 3)))))
    said = (
        "It was published on Monday 3 March 2025, and what we knew before on Friday 14 March 2025"
    )
    assert said in found_.text
    leave_it, take_it = found_.all("button")
    assert leave_it.text.startswith("Leave it as published")
    assert "secondary" not in leave_it["class"]
    assert "secondary" in take_it["class"]

    found_ = difference(signed_in.get(url(read("2025-05-22", date(2025, 3, 15)))))
    assert "what we knew before" not in found_.text
    assert "Move the date" in found_.all("button")[0].text


def test_of_another_platform_only_those_with_a_place_are_written_to(signed_in, db):
    ours = make_date(
        course=make_course(title="Neglect in early childhood"),
        format=Format.ONLINE,
        venue=None,
        platform="Zoom",
        starts_at=NOW.replace(month=5, day=29, hour=9),
        ends_at=NOW.replace(month=5, day=29, hour=13),
    )
    for state in (BookingState.CONFIRMED, BookingState.WAITING):
        make_booking(ours, state=state)
    teams = session(venue=words("MS Teams"), is_online=True)
    reading = take(item(sessions=[teams]))
    page = signed_in.get(url(reading))

    [button, _] = difference(page).all("button")
    assert button.text.startswith("Change the place and write to 1 person")
    [key] = [box["value"] for box in difference(page).all("input") if box["name"] == "key"]
    sent = {"key": key, "version": reading.passages[0].announcement.version, "reading": reading.id}
    answer = signed_in.post("/organiser/news/drafts/1/take-change", data=sent)
    assert "We have written to 1 person." in main(signed_in.get(answer.location)).text


def test_an_accepted_announcement_leads_to_what_became_of_it(signed_in, db):
    ours, _ = changed(db, sessions=[session()])
    reading = take(item(sessions=[session()]), text="Once more.")
    page = signed_in.get(url(reading))

    assert "The programme says the same already. It belongs to Neglect" in card(page).text
    assert f"/organiser/dates/{ours.id}/attendees" in [a["href"] for a in card(page).all("a")]


def test_a_long_page_asks_the_database_no_more_than_a_short_one(signed_in, db):
    course = make_course(title="Course 0")
    make_date(course=course)

    def many(number):
        first = date(2025, 5, 1)
        return take(
            *(
                item(
                    f"Course {n}",
                    sessions=[session((first + timedelta(days=n)).isoformat())],
                    start=n,
                )
                for n in range(number)
            ),
            text=f"The news of {number}.",
        )

    def ask(reading):
        address = url(reading)
        db.session.rollback()
        with counted() as sent:
            assert signed_in.get(address).status_code == 200
        return len(sent)

    assert ask(many(3)) == ask(many(60))


def test_a_page_with_nothing_on_it_says_so(signed_in):
    page = signed_in.get(url(take(text="Nothing here.")))
    assert "No announcement was found on this page." in main(page).text
    assert "Nothing here." in main(page).text


def test_long_text_that_announces_nothing_is_folded(signed_in):
    page = signed_in.get(url(take(text="No news. " * 50)))
    assert main(page).one("details").one("summary").text.startswith("Text that announces nothing")


def test_beside_an_older_page_nothing_is_decided_but_the_way_leads_to_the_newer(signed_in, db):
    older = take(item(sessions=[session()]))
    newer = take(item(sessions=[session("2025-06-05")]), text="Changed.")
    page = signed_in.get(url(older))

    assert "It was read again since, and says something else now." in card(page).text
    assert card(page).all("form") == []
    [_, address] = [a["href"] for a in card(page).all("a")]
    assert signed_in.get(address).location == f"{url(newer)}#announcement-1"
    assert card(signed_in.get(url(newer))).all("form")


def test_a_course_it_may_belong_to_is_proposed_in_an_open_list(signed_in):
    course = make_course(title="Neglect in early childhood years")
    page = signed_in.get(url(take(item(sessions=[session()]))))

    assert "It may belong to a course that is there: Neglect in early childhood years." in (
        card(page).text
    )
    [fold] = [fold for fold in card(page).all("details") if fold.all("select")]
    assert "open" in fold.attributes
    chosen = [o["value"] for o in fold.all("option") if "selected" in o.attributes]
    assert chosen == [str(course.id)]
