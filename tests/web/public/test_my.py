"""The link to all of one person's bookings: asked for, used, expired; and the personal feed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_partnership,
    make_practitioner,
    make_terms,
)
from tests.people import book
from tests.queries import counted
from tests.web.reading import (
    buttons,
    heading,
    links,
    main,
    read,
    title,
    typed,
    without_secrets,
    wrong,
)
from webapp import clock
from webapp.models import Booking, BookingState, DateState, Email, Ending, Practitioner
from webapp.services.links import booking_token, feed_token, my_token


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_terms()
    make_agency("Anytown Council")


def path(practitioner, now=NOW, more=""):
    return f"/my/{my_token(practitioner, now)}{more}"


def groups(page):
    """The titles under each heading of the page."""
    found, here = {}, None
    for element in main(page).all():
        if element.name == "h2":
            here = found.setdefault(element.text, [])
        elif element.name == "a" and "/bookings/" in (element.get("href") or ""):
            here.append(element.text)
    return found


def mails(db):
    return db.session.scalar(select(func.count()).select_from(Email))


def test_the_link_is_sent_to_an_address_we_know(client, db):
    make_practitioner("ann@agency.example")

    answer = client.post("/my", data={"email": " ANN@agency.example "})
    page = client.get(answer.location)

    assert heading(page) == "Check your email"
    assert "If we know ann@agency.example, we have sent a link there." in main(page).text
    mail = db.session.scalars(select(Email)).one()
    assert (mail.to, mail.kind) == ("ann@agency.example", "my_link")


def test_an_address_we_do_not_know_ends_on_the_same_page(app, client, db):
    answers = []
    for known in (False, True):
        if known:
            make_practitioner("ann@agency.example")
        visitor = app.test_client()
        answer = visitor.post("/my", data={"email": "ann@agency.example"})
        page = visitor.get(answer.location)
        answers.append((answer.status_code, answer.location, without_secrets(page)))

    assert answers[0] == answers[1]
    assert mails(db) == 1


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter your email address"),
        ("ann", "Enter an email address in the correct format, like name@example.com"),
        ("x" * 4000, "Email address must be 254 characters or fewer"),
    ],
)
def test_what_is_no_address_is_said_beside_the_field(client, email, sentence):
    page = client.post("/my", data={"email": email})

    assert wrong(page) == {"email": sentence}
    assert typed(page, "email") == email


def test_the_page_after_is_only_for_who_asked(client):
    assert client.get("/my/sent").location == "/my"


def test_nobody_is_flooded_with_links(client, db):
    make_practitioner("ann@agency.example")

    answers = [client.post("/my", data={"email": "ann@agency.example"}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert mails(db) == 10


def test_addresses_are_not_tried_by_the_hundred(client):
    answers = [client.post("/my", data={"email": f"p{n}@agency.example"}) for n in range(61)]

    assert [answer.status_code for answer in answers] == [302] * 60 + [429]


def test_bookings_are_listed_by_how_they_stand_each_with_its_link(client, monkeypatch):
    ann = make_practitioner("ann@agency.example")

    def mine(title, state=BookingState.CONFIRMED, date=None, **facts):
        date = make_date(course=make_course(title=title), **(date or {}))
        return make_booking(date, practitioner=ann, state=state, **facts)

    coming = mine("Coming soon")
    mine("Later", date={"starts_at": NOW + timedelta(days=60)})
    mine("Queueing", BookingState.WAITING)
    mine("Held", BookingState.OFFERED, offered_until=NOW + timedelta(hours=1))
    mine("Been", date={"starts_at": NOW - timedelta(days=3)})
    mine("Given up", BookingState.CANCELLED, ending=Ending.BY_PRACTITIONER)
    mine("Called off", date={"state": DateState.CANCELLED})
    make_booking(make_date(course=make_course(title="Not hers")))

    page = client.get(path(ann))

    assert heading(page) == "My bookings"
    assert groups(page) == {
        "Coming": ["Coming soon", "Later"],
        "Waiting": ["Queueing", "Held"],
        "Past": ["Been"],
        "Cancelled": ["Called off", "Given up"],
        "Your calendar feed": [],
        "What your diary says": [],
        "Your data": [],
        "If somebody else has one of your links": [],
    }
    assert links(page)["Coming soon"] == f"/bookings/{booking_token(coming)}"
    assert "A place is held for you" in main(page).text
    assert "Not hers" not in page.text


def test_a_postponed_date_keeps_its_people_and_says_when_it_was_to_be(client, db):
    ann, soon, later = make_practitioner(), NOW + timedelta(days=20), NOW + timedelta(days=40)
    for name, starts_at, state in (
        ("Waits on", later, BookingState.WAITING),
        ("Stays", soon, BookingState.CONFIRMED),
        ("Gone anyway", soon, BookingState.CANCELLED),
    ):
        date = make_date(course=make_course(title=name), starts_at=starts_at)
        make_booking(date, practitioner=ann, state=state)
        date.state, date.starts_at, date.ends_at = DateState.POSTPONED, None, None
    db.session.commit()

    page = client.get(path(ann))

    assert groups(page)["Coming"] == []
    assert groups(page)["Postponed"] == ["Stays", "Waits on"]
    assert groups(page)["Cancelled"] == ["Gone anyway"]
    assert [tag.text for tag in main(page).all(class_="govuk-tag")] == [
        "You keep your place",
        "You keep your turn on the waiting list",
        "Cancelled",
    ]
    assert "Postponed, new date to be confirmed (it was to be on Wednesday 7 May 2025" in page.text


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Ending.DATE_CANCELLED, "Date cancelled"),
        (Ending.SUBSTITUTED, "A colleague goes instead"),
        (Ending.BY_PRACTITIONER, "Cancelled"),
        (Ending.BY_ORGANISER, "Cancelled"),
    ],
)
def test_a_booking_that_ended_says_how(client, ending, words):
    ann = make_practitioner()
    make_booking(practitioner=ann, state=BookingState.CANCELLED, ending=ending)

    page = client.get(path(ann))

    assert groups(page)["Cancelled"] == ["Safeguarding basics"]
    assert main(page).one(class_="govuk-tag").text == words


def test_a_booking_that_was_moved_is_seen_where_it_is_now(client):
    ann = make_practitioner()
    old = make_booking(practitioner=ann, state=BookingState.CANCELLED, ending=Ending.MOVED)
    date = make_date(course=old.course_date.course, starts_at=NOW + timedelta(days=50))
    new = make_booking(date, practitioner=ann, replaces=old)

    page = client.get(path(ann))

    assert groups(page)["Coming"] == ["Safeguarding basics"]
    assert "Cancelled" not in groups(page)
    assert links(page)["Safeguarding basics"] == f"/bookings/{booking_token(new)}"


def chosen(page):
    """Which of the choices is marked."""
    return [i["value"] for i in main(page).all("input", type="radio") if i.get("checked") == ""]


def test_a_diary_can_be_made_to_say_only_training(client, db, monkeypatch):
    ann = make_practitioner("ann@agency.example")
    book(make_date(), "ann@agency.example")
    mine = client.get(path(ann))
    assert "say what training it is" in main(mine).text
    page = client.get(links(mine)["Change what your diary says"])
    assert heading(page) == "What your diary says"
    assert chosen(page) == ["course"]
    assert "Our mails still tell you in full what they are about" in main(page).text
    before = mails(db)

    answer = client.post(path(ann, more="/diary"), data={"says": "training"})

    assert answer.location == path(ann)
    page = client.get(answer.location)
    assert "Your diary says only “Training” from now on." in main(page).text
    assert "We have sent you 1 invitation again." in main(page).text
    assert "only “Training”, and not which training it is." in main(page).text
    assert chosen(client.get(path(ann, more="/diary"))) == ["training"]
    assert db.session.get(Practitioner, ann.id).is_discreet
    assert mails(db) == before + 1
    feed = client.get(f"/my/{feed_token(ann)}/training.ics").text
    assert "NAME:Training\r\n" in feed
    assert "SUMMARY:Training\r\n" in feed
    assert "basics" not in feed


def test_programs_that_hold_the_old_words_are_given_the_new(client, db, monkeypatch):
    ann = make_practitioner("ann@agency.example")
    booking = book(make_date(), "ann@agency.example")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))
    for says, expected in (("training", b"SUMMARY:Training"), ("course", b"SUMMARY:Safeguarding")):
        addresses = [
            f"/my/{feed_token(ann)}/training.ics",
            f"/bookings/{booking_token(booking)}.ics",
        ]
        before = [client.get(address) for address in addresses]

        client.post(path(ann, more="/diary"), data={"says": says})

        for address, old in zip(addresses, before, strict=True):
            assert expected not in old.data
            new = client.get(address, headers={"If-None-Match": old.headers["ETag"]})
            assert (new.status_code, expected in new.data) == (200, True)
            again = client.get(address, headers={"If-None-Match": new.headers["ETag"]})
            assert again.status_code == 304


def test_choosing_what_it_says_already_sends_nothing_and_counts_no_mail(client, db):
    ann = make_practitioner("ann@agency.example")
    book(make_date(), "ann@agency.example")
    before = mails(db)

    answers = [client.post(path(ann, more="/diary"), data={"says": "course"}) for _ in range(12)]

    assert {answer.status_code for answer in answers} == {302}
    assert mails(db) == before
    page = client.get(answers[0].location)
    assert "Your diary says what training it is from now on." in main(page).text
    assert "We have sent you" not in main(page).text


def test_a_choice_turned_to_and_fro_does_not_flood_the_mailbox(client, db):
    ann = make_practitioner("ann@agency.example")

    answers = [
        client.post(path(ann, more="/diary"), data={"says": ("training", "course")[n % 2]})
        for n in range(11)
    ]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]


@pytest.mark.parametrize("said", [{"says": ""}, {"says": "everything"}])
def test_what_the_diary_says_has_to_be_chosen(client, db, said):
    ann = make_practitioner()

    page = client.post(path(ann, more="/diary"), data=said)

    assert title(page).startswith("Error: What your diary says")
    assert list(wrong(page).values()) == ["Choose what your diary says"]
    assert not db.session.get(Practitioner, ann.id).is_discreet


def test_what_the_diary_says_is_chosen_by_its_holder_and_by_the_button_alone(
    app, client, db, monkeypatch
):
    ann = make_practitioner()
    booking = make_booking(practitioner=ann)
    assert client.get(f"/my/{booking_token(booking)}/diary").status_code == 404
    assert client.get(f"/my/{feed_token(ann)}/diary").status_code == 404
    assert client.get(path(ann, NOW - timedelta(days=8), "/diary")).status_code == 410
    assert client.get(path(ann, more="/diary?says=training")).status_code == 200
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert client.post(path(ann, more="/diary"), data={"says": "training"}).status_code == 400
    assert not db.session.get(Practitioner, ann.id).is_discreet


def test_the_page_of_a_booking_says_how_its_calendar_links_speak(client, db):
    booking = make_booking()
    link = f"/bookings/{booking_token(booking)}"
    page = client.get(link)
    assert "It can say only “Training”." in main(page).text
    assert links(page)["How to choose what your diary says"] == "/help/calendar#discreet"
    assert "text=Safeguarding" in links(page)["Google Calendar"]

    db.session.get(Practitioner, booking.practitioner_id).is_discreet = True
    db.session.commit()

    page = client.get(link)
    assert "These say only “Training”, as you chose." in main(page).text
    assert "text=Training&" in links(page)["Google Calendar"]
    assert "basics" not in links(page)["Outlook on the web, work or school account"]
    file = client.get(f"{link}.ics")
    assert "training-1-may-2025.ics" in file.headers["Content-Disposition"]
    assert "basics" not in file.text


def test_without_bookings_the_page_points_to_the_programme(client):
    page = client.get(path(make_practitioner()))

    assert groups(page)["Coming"] == []
    assert "Nothing is coming." in main(page).text
    assert links(page)["programme"] == "/"


def test_an_address_that_was_corrected_keeps_nothing_of_it(client):
    ann = make_practitioner()
    make_booking(practitioner=ann, state=BookingState.CANCELLED, ending=Ending.ADDRESS_CORRECTED)

    assert groups(client.get(path(ann)))["Coming"] == []


def test_the_link_runs_out_after_a_week_and_the_page_sends_a_fresh_one(client, db, monkeypatch):
    ann = make_practitioner("ann@agency.example")
    link = path(ann)
    assert client.get(link).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))

    page = client.get(link)

    assert page.status_code == 410
    assert heading(page) == "This link no longer works"
    assert not title(page).startswith("Error")
    form = main(page).one("form")
    answer = client.post(form["action"], data={"email": "ann@agency.example"})
    assert answer.location == "/my/sent"
    assert mails(db) == 1


def test_a_link_that_was_replaced_or_altered_opens_nothing(client, db):
    ann, eve = make_practitioner(), make_practitioner()
    link = path(ann)

    assert client.get(link[:-2] + "xx").status_code == 404
    assert client.get(link.replace(f"/my/{ann.id}-", f"/my/{eve.id}-")).status_code == 404
    ends = link.split("-")[1]
    assert client.get(link.replace(ends, str(int(ends) + 999))).status_code == 404
    db.session.get(Practitioner, ann.id).link_generation += 1
    db.session.commit()
    assert client.get(link).status_code == 410


def test_a_new_feed_address_ends_the_old_one(client, db):
    ann = make_practitioner()
    make_booking(practitioner=ann)
    old = f"/my/{feed_token(ann)}/training.ics"
    page = client.get(path(ann))
    assert f"http://localhost{old}" in main(page).text
    assert client.get(old).status_code == 200

    answer = client.post(path(ann, more="/new-feed"))

    page = client.get(answer.location)
    assert "Your calendar feed has a new address." in main(page).text
    new = f"/my/{feed_token(db.session.get(Practitioner, ann.id))}/training.ics"
    assert f"http://localhost{new}" in main(page).text
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200


def test_all_links_end_at_the_press_of_a_button_and_a_fresh_one_is_sent(client, db):
    ann = make_practitioner("ann@agency.example")
    booking = make_booking(practitioner=ann)
    old = [
        path(ann),
        f"/my/{feed_token(ann)}/training.ics",
        f"/bookings/{booking_token(booking)}",
        f"/bookings/{booking_token(booking)}.ics",
    ]
    assert "End all links sent to me" in buttons(client.get(old[0]))
    assert [client.get(link).status_code for link in old] == [200] * 4

    answer = client.post(path(ann, more="/end-links"))

    page = client.get(answer.location)
    assert heading(page) == "Check your email"
    assert "All links to your bookings that we sent you so far have stopped working" in page.text
    assert [client.get(link).status_code for link in old] == [410] * 4
    assert client.post(f"{old[0]}/end-links").status_code == 410
    [mail] = db.session.scalars(select(Email))
    assert (mail.to, mail.kind) == ("ann@agency.example", "links_ended")
    fresh = client.get(path(db.session.get(Practitioner, ann.id)))
    renewed = db.session.get(Booking, booking.id)
    assert links(fresh)[renewed.course_date.course.title] == f"/bookings/{booking_token(renewed)}"
    assert renewed.state is BookingState.CONFIRMED


def test_links_end_by_their_button_alone(app, client, monkeypatch):
    ann = make_practitioner()
    assert client.get(path(ann, more="/end-links")).status_code == 405
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert client.post(path(ann, more="/end-links")).status_code == 400
    assert client.get(path(ann)).status_code == 200


def test_the_feeds_address_opens_no_page_and_the_pages_no_feed(client):
    ann = make_practitioner()

    assert client.get(f"/my/{feed_token(ann)}").status_code == 404
    assert client.get(path(ann, more="/training.ics")).status_code == 404
    assert client.post(f"/my/{feed_token(ann)}/new-feed").status_code == 404


def test_a_new_feed_address_needs_its_button(app, client, monkeypatch):
    ann = make_practitioner()
    assert client.get(path(ann, more="/new-feed")).status_code == 405
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert client.post(path(ann, more="/new-feed")).status_code == 400


def test_the_page_is_kept_by_nobody(client):
    headers = client.get(path(make_practitioner())).headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_three_hundred_bookings_ask_the_database_no_more_than_three(client, db):
    few, many = make_practitioner(), make_practitioner()
    for practitioner, number in ((few, 3), (many, 300)):
        course = make_course()
        first = make_booking(make_date(course=course), practitioner=practitioner)
        date = first.course_date
        for row in range(number - 1):
            another = make_date(
                course=course, venue=date.venue, starts_at=NOW + timedelta(days=row + 1)
            )
            states = list(BookingState)
            db.session.add(
                Booking(
                    course_date=another,
                    practitioner=practitioner,
                    agency=first.agency,
                    state=states[row % len(states)],
                    name="Ann",
                    job_role="Social worker",
                    booked_at=NOW,
                    updated_at=NOW,
                )
            )
        db.session.commit()

    numbers = []
    for practitioner in (few, many):
        link = path(practitioner)
        with counted() as queries:
            page = client.get(link)
        numbers.append(len(queries))
        assert len(read(page).all(class_="app-bookings__row")) == (3, 300)[practitioner is many]

    assert numbers[0] == numbers[1] <= 8
