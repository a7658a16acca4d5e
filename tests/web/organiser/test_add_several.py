"""Several people pasted, looked at line by line, and added all or none."""

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date
from tests.queries import by_state, counted
from tests.web.reading import buttons, filled_in, main, wrong
from webapp.db import db as database
from webapp.models import BookingState, DateState, EmailDomain
from webapp.services import places

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING
TWO = "Ann Example, ann@agency.example, Council\nBen Other, ben@agency.example, Council"


@pytest.fixture(autouse=True)
def _council(db):
    make_agency("Council")
    make_agency("Another school")
    make_agency("Police", email_domains=[EmailDomain(domain="police.example")])


def path(date):
    return f"/organiser/dates/{date.id}/attendees/add-several"


def look(client, date, said):
    return client.post(path(date), data={"people": said, "look": "yes"})


def problems(page):
    found = main(page).all("ul", class_="govuk-list--bullet")
    return [item.text for item in found[0].all("li")] if found else []


def test_they_are_shown_before_anybody_is_added(signed_in, db):
    date = make_date()
    page = look(signed_in, date, TWO)

    assert "Ann Example" in main(page).one("table").text
    assert buttons(page)[0] == "Add 2 people and write to them"
    assert people.booking_of(date, "ann@agency.example") is None

    answer = signed_in.post(path(date), data=filled_in(page, add="yes"))
    assert by_state(date)[CONFIRMED] == ["ann@agency.example", "ben@agency.example"]
    assert [mail.kind for mail in people.mails()] == ["booking_confirmed"] * 2
    assert "2 people added. We have written to each." in main(signed_in.get(answer.location)).text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Ann", "Line 2, Ann : Enter their work email address"),
        (", ann@agency.example, Council", "Line 2: Enter their full name"),
        ("Ann, ann, Council", "in the correct format, like name@example.com ( ann )"),
        ("Ann, ann@agency.example, Nobody", "no agency of this name ( Nobody )"),
        ("Ann, ann@agency.example", "Say where they work: the email address does not tell"),
        (
            "Ann, ann@agency.example, Another school",
            "Line 2, Ann : Enter the name of their organisation",
        ),
        ("Ann, fay@agency.example, Council", "This address is in line 1, too"),
        ("Ann, there@agency.example, Council", "has a booking for this date already"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nobody_is_added(signed_in, line, says):
    date = make_date(capacity=9)
    make_booking(date, email="there@agency.example")
    said = f"Fay, fay@agency.example, Council\n{line}"
    page = look(signed_in, date, said)

    [problem] = problems(page)
    assert problem.startswith("Line 2")
    assert says in problem
    assert wrong(page) == {
        "people": "Nobody was added, since something is wrong in 1 line."
        " Put right what is said above the box"
    }
    assert filled_in(page)["people"] == [said]
    signed_in.post(path(date), data={"people": said, "add": "yes"})
    assert people.booking_of(date, "fay@agency.example") is None


def test_who_has_a_known_address_needs_no_agency_and_who_is_named_with_one_no_list(signed_in):
    date = make_date()
    said = "Ann, ann@police.example\nBen, ben@x.example, Another school, Teacher, St Anne's"
    signed_in.post(path(date), data={"people": said, "add": "yes"})
    ann, ben = (people.booking_of(date, who) for who in ("ann@police.example", "ben@x.example"))

    assert (ann.works_at, ann.job_role) == ("Police", "")
    assert (ben.works_at, ben.job_role) == ("St Anne's", "Teacher")


def test_an_agency_whose_name_has_a_comma_is_read_whole(signed_in):
    make_agency("City Council")
    make_agency("City Council, children's social care")
    date = make_date()
    line = "Hana Hill, hana@york.example, city council, Children’s social care, Support worker"
    page = look(signed_in, date, line)
    assert problems(page) == []
    signed_in.post(path(date), data=filled_in(page, add="yes"))
    hana = people.booking_of(date, "hana@york.example")
    assert (hana.works_at, hana.job_role) == (
        "City Council, children's social care",
        "Support worker",
    )


@pytest.mark.parametrize(
    ("behind", "says"),
    [
        ("Council, Parks, Ranger", "“Parks” is read as the job role and “Ranger” as the organ"),
        ("Police, Support worker", "“Support worker” is read as the job role, since the agency is"),
        ("Another school, Teacher, St Anne's, 01904 1234", "“01904 1234” is left out"),
    ],
)
def test_what_may_have_been_meant_otherwise_is_said_before_anybody_is_added(
    signed_in, behind, says
):
    make_agency("Police, north")
    page = look(signed_in, make_date(), f"Ann, ann@x.example, {behind}")
    [doubt] = problems(page)
    assert doubt.startswith(f"Line 1, Ann : {says}")
    assert buttons(page)[0] == "Add 1 person and write to them"


def test_people_pasted_from_a_mail_program_are_added_with_the_agency_of_their_address(signed_in):
    date = make_date()
    said = "Fay Fox <fay@police.example>; Gray, Gus <gus@police.example>"
    page = look(signed_in, date, said)
    assert "Police (by their address)" in main(page).text
    assert problems(page) == []
    signed_in.post(path(date), data=filled_in(page, add="yes"))
    assert people.booking_of(date, "fay@police.example").name == "Fay Fox"
    assert people.booking_of(date, "gus@police.example").name == "Gus Gray"


def test_of_several_in_a_line_it_is_said_who_is_meant(signed_in):
    page = look(signed_in, make_date(), "Fay <fay@police.example>; Gus <gus@x.example>")
    [problem] = problems(page)
    assert problem.startswith("Line 1, Gus : Say where they work")


def test_more_than_there_are_places_for_wait_or_come_for_a_reason(signed_in, db):
    date = make_date(capacity=1)
    asks = look(signed_in, date, TWO)
    assert "2 people would come. The date has 1 place" in main(asks).text
    assert main(asks).all(id="over_capacity_reason")
    assert wrong(asks) == {}
    page = signed_in.post(path(date), data={"people": TWO, "add": "yes"})
    assert wrong(page)["over_capacity_reason"].startswith("2 people would come. The date has 1")
    assert buttons(page)[:2] == [
        "Add 2 people all the same and write to them",
        "Fill the places, and put the rest on the waiting list",
    ]
    page = signed_in.post(path(date), data=filled_in(page, anyway="yes"))
    assert wrong(page) == {"over_capacity_reason": "Enter why they come all the same"}
    assert "Ann Example" in main(page).one("table").text
    assert places.of(date, NOW).taken == 0

    signed_in.post(path(date), data=filled_in(page, wait="yes"))
    standing = by_state(date)
    assert standing[CONFIRMED] == ["ann@agency.example"]
    assert standing[WAITING] == ["ben@agency.example"]
    said = "Cat, cat@agency.example, Council"
    signed_in.post(
        path(date), data={"people": said, "anyway": "yes", "over_capacity_reason": "She speaks"}
    )
    cat = people.booking_of(date, "cat@agency.example")
    assert (cat.state, cat.over_capacity_reason) == (CONFIRMED, "She speaks")


def test_with_nothing_pasted_it_says_so(signed_in):
    assert wrong(look(signed_in, make_date(), " ")) == {"people": "Paste at least one person"}


def test_nobody_is_added_to_a_date_that_cannot_be_had(signed_in):
    assert signed_in.get(path(make_date(state=DateState.CANCELLED))).status_code == 409


def test_looking_at_many_asks_no_more_than_looking_at_few(signed_in):
    date = make_date(capacity=300)

    def asked_for(number):
        said = "\n".join(f"P, p{n}@agency.example, Council" for n in range(number))
        database.session.rollback()
        with counted() as sent:
            look(signed_in, date, said)
        return len(sent)

    assert asked_for(3) == asked_for(200)
