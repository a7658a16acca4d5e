from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, save
from tests.people import mails
from tests.web.reading import heading, links, main, title, wrong
from webapp.models import AuditLine, Booking, EmailDomain, Format

COLUMNS = "Name\tFirst Join\tIn-Meeting Duration\tEmail\tRole\n"


@pytest.fixture
def date(partnership):
    return make_date(starts_at=NOW - timedelta(hours=3, minutes=1), format=Format.ONLINE)


def url(date, rest=""):
    return f"/organiser/dates/{date.id}/register/teams{rest}"


def send(client, date, *people, file=None):
    """Send a report of these (name, length, address)."""
    lines = "".join(f"{n}\tx\t{length}\t{email}\tAttendee\n" for n, length, email in people)
    report = file if file is not None else (COLUMNS + lines).encode("utf-16")
    return client.post(url(date), data={"report": (BytesIO(report), "report.csv")})


def proposed(response):
    """What the page's form would send as it stands."""
    form = main(response).one("form")
    sent = {}
    for box in form.all("input"):
        if box.get("type") in {"checkbox", "radio"} and "checked" not in box.attributes:
            continue
        sent.setdefault(box["name"], []).append(box.get("value") or "")
    return sent


def marks(db):
    db.session.expire_all()
    return {one.name: one.attendance for one in db.session.scalars(select(Booking))}


def test_a_report_is_looked_at_first_and_then_marks_the_register(signed_in, db, date):
    police = make_agency("Police")
    save(EmailDomain(agency=police, domain="police.example"))
    for name in ("Ann", "Bea", "Cy Lang", "Dan"):
        make_booking(date, name=name, email=f"{name.lower().replace(' ', '')}@agency.example")

    assert links(signed_in.get(f"/organiser/dates/{date.id}/register"))[
        "Mark from a Teams report"
    ] == url(date)
    page = send(
        signed_in,
        date,
        ("Ann", "3h", "ann@agency.example"),
        ("Bea", "1h 10m", "bea@agency.example"),
        ("Cyril Lang", "3h", ""),
        ("Wilma Walker", "2h 59m 40s", "wilma@police.example"),
        ("iPhone of someone", "5m", ""),
    )
    assert heading(page) == "What the Teams report says"
    assert set(marks(db).values()) == {None}
    text = main(page).text.replace(" :", ":").replace(" ,", ",")
    for words in (
        "2 people on the register were there",
        "Ann: attended (3 h)",
        "Bea: part (1 h 10 min)",
        "Cyril Lang",
        "Wilma Walker, wilma@police.example, Police (3 h)",
        "iPhone of someone",
    ):
        assert words in text

    answers = proposed(page)
    [cy] = [box for box in main(page).all("input") if box["name"] == "maybe-1" and box["value"]]
    answers |= {"maybe-1": cy["value"], "walk-in": "1", "absent": "yes"}
    done = signed_in.post(url(date, "/mark"), data=answers)

    assert done.location == f"/organiser/dates/{date.id}/register"
    assert marks(db) == {
        "Ann": "attended",
        "Bea": "part",
        "Cy Lang": "attended",
        "Dan": "absent",
        "Wilma Walker": "attended",
    }
    assert (
        "3 people marked from the report, 1 person added without a place and 1 person marked"
        in (main(signed_in.get(done.location)).text)
    )
    lines = db.session.execute(select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id))
    assert [tuple(line) for line in lines if not line.action.startswith("saw")] == [
        ("added a walk-in", None),
        ("marked people from a Teams report", "3 people"),
        ("marked people absent beside a Teams report", "1 person"),
    ]
    assert mails() == []


def test_as_it_comes_the_page_marks_only_who_is_sure(signed_in, db, date):
    for name in ("Ann Smith", "Beatrice Long", "Dan"):
        make_booking(date, name=name)
    page = send(signed_in, date, ("Ann Smith", "3h", ""), ("Beatrix Long", "3h", ""))
    answers = proposed(page)
    for _ in range(2):
        assert signed_in.post(url(date, "/mark"), data=answers).status_code == 302

    assert marks(db) == {"Ann Smith": "attended", "Beatrice Long": None, "Dan": None}


def test_who_was_in_the_meeting_twice_is_marked_for_the_longer_time(signed_in, db, date):
    ann = make_booking(date, name="Ann")
    answers = {
        "person": [f"{ann.id}:attended"],
        "maybe-1": f"{ann.id}:part",
        "maybe-2": "",
    }
    signed_in.post(url(date, "/mark"), data=answers)
    assert marks(db) == {"Ann": "attended"}


def test_what_is_no_report_is_refused_beside_its_field(signed_in, date):
    page = signed_in.get(url(date))
    assert title(page).startswith("Mark from a Teams report")
    assert wrong(signed_in.post(url(date))) == {"report": "Choose the attendance report"}
    [said] = wrong(send(signed_in, date, file=b"Name,Email\nAnn,a@x.example")).values()
    assert said.startswith("This is not an attendance report of Microsoft Teams")


def test_a_locked_register_takes_no_report(signed_in, db, partnership):
    date = make_date(starts_at=NOW - timedelta(days=30))
    make_booking(date, name="Ann")
    assert "The register closed" in main(signed_in.get(url(date))).text
    page = send(signed_in, date, ("Ann", "3h", ""))
    assert "The register closed" in main(page).text
    assert signed_in.post(url(date, "/mark"), data={"absent": "yes"}).status_code == 409
    assert marks(db) == {"Ann": None}


@pytest.mark.parametrize(
    "answers",
    [
        {"person": "1:absent"},
        {"person": "nonsense"},
        {"maybe-1": "1:attended:1"},
        {"walk-in": "1"},
        {"walk-in": "1", "name-1": "Ann", "email-1": "no address", "agency-1": "1"},
        {"walk-in": "1", "name-1": "Ann", "email-1": "a@x.example", "agency-1": "-1"},
    ],
)
def test_what_the_page_never_says_is_not_taken(signed_in, db, date, answers):
    make_booking(date, name="Ann")
    assert signed_in.post(url(date, "/mark"), data=answers).status_code == 400
    assert marks(db) == {"Ann": None}


def test_hostile_names_in_a_report_do_no_harm(signed_in, date):
    make_booking(date, name='<b>"Ann')
    page = send(signed_in, date, ('<b>"Anne', "5m", ""), ("<script>alert(1)</script>", "5m", ""))
    main(page)
    assert "<script>alert" not in page.text
