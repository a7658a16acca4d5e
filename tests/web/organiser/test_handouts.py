from io import BytesIO

import pytest
from sqlalchemy import select

from tests.files import PDF, office
from tests.makers import make_date
from tests.people import mails
from tests.queries import counted
from tests.web.reading import buttons, links, main, title, wrong
from webapp.models import AuditLine, CourseDate, DateState, Handout

pytestmark = pytest.mark.usefixtures("partnership")


@pytest.fixture
def date(db):
    return make_date()


def url(date, rest=""):
    return f"/organiser/dates/{date.id}/handouts{rest}"


def attach(client, date, name="Slides.pdf", content=PDF):
    return client.post(url(date), data={"file": (BytesIO(content), name)})


def names(db):
    return db.session.scalars(select(Handout.name).order_by(Handout.id)).all()


def actions(db):
    lines = db.session.execute(select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id))
    return [tuple(line) for line in lines if not line.action.startswith("saw")]


def test_a_file_is_attached_downloaded_and_removed(signed_in, db, date):
    assert links(signed_in.get(f"/organiser/dates/{date.id}/attendees"))["Handouts"] == url(date)
    assert "There is no file so far." in main(signed_in.get(url(date))).text
    assert attach(signed_in, date).status_code == 302
    page = signed_in.get(url(date))
    assert title(page).startswith("Slides and handouts – ")
    file = signed_in.get(links(page)["Slides.pdf"])
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    assert file.headers["Content-Disposition"] == "attachment; filename=Slides.pdf"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Cache-Control"] == "no-store"

    asks = signed_in.get(links(page)["Remove Slides.pdf"])
    assert "Remove it" in buttons(asks)
    assert names(db) == ["Slides.pdf"]
    assert signed_in.post(links(page)["Remove Slides.pdf"]).status_code == 302
    assert names(db) == []
    assert actions(db) == [("attached a file", "PDF"), ("took a file off", "PDF")]
    assert mails() == []


def test_a_file_of_the_same_name_takes_the_place_of_the_other(signed_in, db, date):
    attach(signed_in, date)
    attach(signed_in, make_date(), content=PDF + b" elsewhere")
    attach(signed_in, date, content=PDF + b" anew")
    page = signed_in.get(url(date))
    assert signed_in.get(links(page)["Slides.pdf"]).data == PDF + b" anew"
    assert len(names(db)) == 2


def test_what_is_refused_is_said_beside_the_field(signed_in, db, date):
    assert wrong(signed_in.post(url(date))) == {"file": "Choose a file"}
    [said] = wrong(attach(signed_in, date, "virus.exe")).values()
    assert said.startswith("The file must be PDF")
    # By hand: the test client leaves a file of its own behind for so much.
    large = (
        b"--line\r\n"
        b'Content-Disposition: form-data; name="file"; filename="Slides.pdf"\r\n\r\n'
        + PDF
        + b"x" * 10_000_000
        + b"\r\n--line--\r\n"
    )
    kind = "multipart/form-data; boundary=line"
    [said] = wrong(signed_in.post(url(date), data=large, content_type=kind)).values()
    assert said == "The file must be smaller than 10 MB"
    for number in range(20):
        attach(signed_in, date, f"{number}.pdf")
    [said] = wrong(attach(signed_in, date, "one more.pdf")).values()
    assert said == "This date has 20 files, and there cannot be more"
    assert attach(signed_in, date, "7.pdf").status_code == 302


def test_a_file_is_that_of_its_own_date_alone(signed_in, db, date):
    attach(signed_in, date)
    [key] = db.session.scalars(select(Handout.id))
    other = make_date()
    for address in (url(other, f"/{key}"), url(other, f"/{key}/remove"), url(date, f"/{10**20}")):
        assert signed_in.get(address).status_code == 404
    assert signed_in.post(url(other, f"/{key}/remove")).status_code == 404
    assert names(db) == ["Slides.pdf"]


def test_names_from_elsewhere_do_no_harm(signed_in, date):
    attach(signed_in, date, "<b>Łukasz & Siân.docx", office("word/document.xml"))
    page = signed_in.get(url(date))
    file = signed_in.get(links(page)["bŁukasz & Siân.docx"])
    assert "filename*=UTF-8''" in file.headers["Content-Disposition"]
    assert "<b>" not in main(page).text


def test_a_draft_is_thrown_away_with_its_files(signed_in, db):
    date = make_date(state=DateState.DRAFT)
    attach(signed_in, date)
    answer = signed_in.post(f"/organiser/dates/{date.id}/discard")
    assert answer.status_code == 302
    assert db.session.scalars(select(CourseDate)).all() == []
    assert names(db) == []


def test_a_list_of_files_does_not_load_them(signed_in, date):
    asked = []
    for many in (1, 9):
        for number in range(many):
            attach(signed_in, date, f"{number}.pdf")
        with counted() as sent:
            signed_in.get(url(date))
        assert not [statement for statement in sent if "handout.content" in statement]
        asked.append(len(sent))
    assert asked[0] == asked[1]
