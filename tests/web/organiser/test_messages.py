from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_email,
    make_postponed_date,
    make_terms,
)
from tests.queries import counted
from tests.web.reading import buttons, filled_in, heading, links, main, read, typed, wrong
from webapp.models import AuditLine, BookingState, DateMessage, Format
from webapp.services import links as private

WORDS = {
    "written_to": "confirmed",
    "agency": "",
    "subject": "Bring a pen",
    "body": "Dear {name}, see you on {day}.",
}


@pytest.fixture
def date(partnership):
    make_terms()
    date = make_date(capacity=10)
    make_booking(date, email="ann@agency.example", name="Ann Example")
    make_booking(date, email="sian@agency.example", name="Siân Jones")
    make_booking(
        date,
        email="wim@agency.example",
        name="Wim",
        agency=make_agency("Police"),
        state=BookingState.WAITING,
    )
    return date


def url(date, more=""):
    return f"/organiser/dates/{date.id}/messages{more}"


def drafted(client, date, **words):
    """The address of a new draft."""
    return client.post(url(date, "/new"), data={**WORDS, **words}).location


def audited(db):
    return list(db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)))


def message(db):
    return db.session.scalars(select(DateMessage)).one()


def test_a_message_is_written_looked_at_and_sent(signed_in, db, date, organiser):
    form = signed_in.get(url(date, "/new"))
    assert heading(form) == "Write a message"
    assert "2 people" in main(form).text
    sent = signed_in.post(url(date, "/new"), data=filled_in(form, **WORDS))

    draft = signed_in.get(sent.location)
    assert "2 people now. Nothing has been sent yet." in main(draft).text
    assert "As Ann Example will read it" in main(draft).text
    assert "Dear Ann Example, see you on Thursday 1 May 2025." in main(draft).text
    assert people.mails() == []
    assert "Send to 2 people" in buttons(draft)

    after = signed_in.get(signed_in.post(f"{sent.location}/send").location)
    assert "The message goes to 2 people in a minute." in read(after).text
    assert "0 of 2 sent" in main(after).text
    assert sorted(mail.to for mail in people.mails()) == [
        "ann@agency.example",
        "sian@agency.example",
    ]
    [line] = db.session.scalars(
        select(AuditLine).where(AuditLine.action == "wrote to people on a date")
    )
    assert line.detail == f"Message {message(db).id}, 2 people"
    assert line.course_date_id == date.id


def test_the_preview_goes_from_person_to_person_and_shows_no_private_link(signed_in, db, date):
    draft = signed_in.get(drafted(signed_in, date, body="{name}: {link to booking}"))
    booking = people.booking_of(date, "ann@agency.example")
    assert private.booking_token(booking) not in draft.text
    assert "/bookings/…" in main(draft).text

    second = signed_in.get(links(draft)["Next person"])
    assert "As Siân Jones will read it" in main(second).text
    assert "Next person" not in links(second)
    assert "There are fewer people now." in signed_in.get(f"{draft.request.path}?person=9").text
    assert audited(db).count("saw how a message will be read") == 3


def test_a_press_twice_sends_once_and_says_so(signed_in, date):
    draft = drafted(signed_in, date)
    signed_in.post(f"{draft}/send")
    again = signed_in.get(signed_in.post(f"{draft}/send").location)
    assert "Nobody gets it twice." in read(again).text
    assert len(people.mails()) == 2


def test_a_message_can_be_stopped_before_it_leaves(signed_in, db, date):
    draft = drafted(signed_in, date)
    signed_in.post(f"{draft}/send")
    assert buttons(signed_in.get(draft)) == ["Stop the message"]
    after = signed_in.get(signed_in.post(f"{draft}/stop").location)
    assert "The message is a draft again. Nobody was sent it." in read(after).text
    assert "Send to 2 people" in buttons(after)
    assert people.mails() == []
    assert audited(db).count("stopped a message") == 1


def test_once_it_has_begun_to_leave_it_is_too_late_and_that_is_said(signed_in, db, date):
    draft = drafted(signed_in, date)
    signed_in.post(f"{draft}/send")
    first, _ = people.mails()
    first.tries, first.taken_at = 1, NOW
    db.session.commit()
    after = signed_in.get(signed_in.post(f"{draft}/stop").location)
    assert "The message has begun to leave, so it can no longer be stopped." in read(after).text
    assert len(people.mails()) == 2
    first.sent_at = NOW
    db.session.commit()
    assert buttons(signed_in.get(draft)) == []


def test_the_list_of_people_leads_to_writing_to_them(signed_in, date):
    listed = signed_in.get(f"/organiser/dates/{date.id}/attendees?state=waiting")
    form = signed_in.get(links(listed)["Write to them"])
    chosen = [
        box["value"] for box in main(form).all("input", type="radio") if "checked" in box.attributes
    ]
    assert chosen == ["waiting"]
    for other in ("state=cancelled", "state=all&q=Wim"):
        listed = signed_in.get(f"/organiser/dates/{date.id}/attendees?{other}")
        assert "Write to them" not in links(listed)


def test_a_test_goes_to_oneself(signed_in, date, organiser):
    draft = drafted(signed_in, date)
    after = signed_in.get(signed_in.post(f"{draft}/test").location)
    assert f"A test is on its way to {organiser.email}." in read(after).text
    assert [mail.to for mail in people.mails()] == [organiser.email]


def test_a_gap_that_nothing_fills_is_named_and_what_was_typed_stays(signed_in, db, date):
    page = signed_in.post(
        url(date, "/new"),
        data={**WORDS, "subject": "For {nmae}", "body": "On {date} at {hour}"},
    )
    known = "You can use {name}, {course}, {day}, {time}, {place} and {link to booking}"
    assert wrong(page) == {
        "subject": f"Subject has {{nmae}}, which nothing fills. {known}",
        "body": f"Message has {{date}} and {{hour}}, which nothing fills. {known}",
    }
    assert typed(page, "body") == "On {date} at {hour}"
    assert typed(page, "subject") == "For {nmae}"
    assert db.session.scalars(select(DateMessage)).all() == []


def test_a_message_needs_somebody_and_words(signed_in, date):
    page = signed_in.post(url(date, "/new"), data={})
    assert wrong(page) == {
        "written_to": "Choose who to write to",
        "subject": "Enter a subject",
        "body": "Enter the message",
    }


def test_a_message_for_nobody_is_refused_beside_the_field(signed_in, db, date):
    page = signed_in.post(url(date, "/new"), data={**WORDS, "written_to": "absent"})
    assert wrong(page) == {"written_to": "There is nobody to write to among these people."}
    assert typed(page, "subject") == WORDS["subject"]
    assert db.session.scalars(select(DateMessage)).all() == []


def test_one_agency_of_those_on_the_date_can_be_chosen(signed_in, db, date):
    elsewhere = make_agency("Elsewhere")
    form = main(signed_in.get(url(date, "/new"))).one(id="agency")
    names = [option.text for option in form.all("option")]
    assert "Police" in names
    assert "Elsewhere" not in names
    [police] = [option["value"] for option in form.all("option") if option.text == "Police"]
    draft = drafted(signed_in, date, written_to="all", agency=police)
    assert "Everybody on the date from Police, 1 person now." in main(signed_in.get(draft)).text
    page = signed_in.post(url(date, "/new"), data={**WORDS, "agency": elsewhere.id})
    assert wrong(page) == {"agency": "Choose agency from the list"}


def test_a_draft_can_be_changed(signed_in, db, date):
    draft = drafted(signed_in, date)
    form = signed_in.get(f"{draft}/change")
    assert heading(form) == "Change the message"
    assert typed(form, "body") == WORDS["body"]
    after = signed_in.post(f"{draft}/change", data=filled_in(form, subject="Bring two pens"))
    assert after.location == draft
    assert message(db).subject == "Bring two pens"
    page = signed_in.post(f"{draft}/change", data={**WORDS, "body": "{nmae}"})
    assert typed(page, "body") == "{nmae}"
    page = signed_in.post(f"{draft}/change", data={**WORDS, "written_to": "attended"})
    assert "written_to" in wrong(page)


def test_a_draft_can_be_thrown_away(signed_in, db, date):
    draft = drafted(signed_in, date)
    after = signed_in.get(signed_in.post(f"{draft}/discard").location)
    assert "Nobody was written to." in read(after).text
    assert db.session.scalars(select(DateMessage)).all() == []
    assert signed_in.get(draft).status_code == 404


def test_what_was_sent_can_no_longer_be_changed(signed_in, date):
    draft = drafted(signed_in, date)
    signed_in.post(f"{draft}/send")
    assert signed_in.get(f"{draft}/change").status_code == 409
    assert signed_in.post(f"{draft}/discard").status_code == 409


def test_a_draft_whose_people_have_gone_says_so(signed_in, db, date):
    draft = drafted(signed_in, date, written_to="waiting")
    people.booking_of(date, "wim@agency.example").state = BookingState.CONFIRMED
    db.session.commit()
    page = signed_in.get(draft)
    assert "There is nobody to write to among these people any more." in main(page).text
    assert signed_in.post(f"{draft}/send").status_code == 409


def test_what_became_of_each_copy_is_shown(signed_in, db, date):
    draft = drafted(signed_in, date)
    signed_in.post(f"{draft}/send")
    first, second = people.mails()
    first.sent_at = NOW
    second.gave_up_at, second.failure = NOW, "No such mailbox"
    db.session.commit()
    page = signed_in.get(draft)
    assert "1 of 2 sent" in main(page).text
    assert "sian@agency.example Given up" in main(page).text.replace("State ", "")
    assert "No such mailbox" in main(page).text

    listed = main(signed_in.get(url(date))).text
    assert "1 of 2 sent, 1 did not arrive" in listed


def test_the_list_names_drafts_and_what_was_sent(signed_in, date):
    assert "Nobody has written to the people" in main(signed_in.get(url(date))).text
    signed_in.post(f"{drafted(signed_in, date)}/send")
    drafted(signed_in, date, subject="Second", written_to="waiting")
    page = main(signed_in.get(url(date)))
    rows = [row.text for row in page.all("tbody")[0].all("tr")]
    assert "Second" in rows[0]
    assert "Draft" in rows[0]
    assert "Bring a pen" in rows[1]
    assert "0 of 2 sent" in rows[1]


def many(db, organiser, date, number):
    db.session.add_all(
        DateMessage(
            course_date_id=date.id,
            organiser_id=organiser.id,
            written_to="all",
            subject=f"Message {n}",
            body="Words",
            queued_at=NOW + timedelta(seconds=n),
        )
        for n in range(number)
    )
    db.session.commit()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(signed_in, db, date, organiser):
    asked = []
    for number in (3, 297):
        many(db, organiser, date, number)
        with counted() as sent:
            page = signed_in.get(url(date))
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert len(main(page).one("tbody").all("tr")) == 50
    assert "Page 1 of 6" in main(page).text


def online(**facts):
    return make_date(format=Format.ONLINE, starts_at=NOW + timedelta(days=14), **facts)


def instructions(date):
    return f"/organiser/dates/{date.id}/joining-instructions"


def test_the_page_says_when_joining_instructions_go(signed_in, partnership):
    page = main(signed_in.get(url(online()))).text
    assert "They go by themselves at 9am on Monday 28 April 2025" in page


def test_joining_instructions_can_be_read_and_sent_now(signed_in, db, partnership):
    date = online()
    booking = make_booking(date, email="ann@agency.example")
    page = signed_in.get(instructions(date))
    assert "Join: https://teams.example/join/secret" in main(page).text
    assert private.booking_token(booking) not in page.text
    assert buttons(page) == ["Send now to 1 person"]

    after = signed_in.get(signed_in.post(instructions(date)).location)
    assert "The joining instructions are on their way to 1 person." in read(after).text
    assert "They went out to 1 person at 9am on Thursday 17 April 2025." in main(after).text
    assert people.kinds("ann@agency.example") == ["joining_instructions"]
    assert "sent joining instructions" in audited(db)
    assert buttons(signed_in.get(instructions(date))) == ["Send again to 1 person"]


def test_a_missing_link_is_said_where_it_can_be_added(signed_in, partnership):
    date = online(join_link=None)
    make_booking(date)
    page = signed_in.get(url(date))
    assert "The link to join is missing" in main(page).text
    assert links(page)["Add the link"] == f"/organiser/dates/{date.id}/details"
    shown = signed_in.get(instructions(date))
    assert shown.status_code == 409
    assert buttons(shown) == []
    assert signed_in.post(instructions(date)).status_code == 409
    assert people.mails() == []


def test_the_first_page_asks_for_a_link_that_is_soon_needed(signed_in, partnership):
    date = make_date(
        format=Format.ONLINE, starts_at=NOW + timedelta(days=5), join_link=None, capacity=None
    )
    page = signed_in.get("/organiser/")
    assert "is online and has no link to join" in main(page).text
    [link] = [href for text, href in links(page).items() if text.startswith("Add the link")]
    assert link == f"/organiser/dates/{date.id}/details"


def many_lost(db, date, number):
    message = DateMessage(
        course_date_id=date.id, written_to="all", subject="Lost", body="Words", queued_at=NOW
    )
    db.session.add(message)
    db.session.flush()
    for _ in range(number):
        make_email(date_message_id=message.id, gave_up_at=NOW, failure="No such mailbox")
    return message


def test_what_was_lost_asks_the_database_as_often_for_many_as_for_few(signed_in, db, date):
    asked = []
    for number in (3, 120):
        message = many_lost(db, date, number)
        with counted() as sent:
            page = signed_in.get(f"/organiser/messages/{message.id}")
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert "0 of 120 sent" in main(page).text
    assert len(main(page).one("tbody").all("tr")) == 50


def test_with_nobody_on_it_nothing_is_sent(signed_in, partnership):
    date = online()
    page = signed_in.get(instructions(date))
    assert "there is nobody to send them to" in main(page).text
    assert buttons(page) == []
    assert signed_in.post(instructions(date)).status_code == 409


def test_a_postponed_date_has_none_to_send(signed_in, partnership):
    date = make_postponed_date()
    make_booking(date)
    assert "There is nothing to send yet." in main(signed_in.get(url(date))).text
    assert signed_in.get(instructions(date)).status_code == 409


def test_a_date_that_is_over_says_whether_they_went_out(signed_in, db, partnership):
    date = make_date(starts_at=NOW - timedelta(days=1))
    assert "None were sent" in main(signed_in.get(url(date))).text
    date.joining_sent_at = date.joining_sent_for = NOW - timedelta(days=4)
    db.session.commit()
    assert "They went out to 0 people" not in main(signed_in.get(url(date))).text
