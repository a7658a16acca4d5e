"""What waits, a page pasted, uploaded or fetched, and the lists of what was."""

from io import BytesIO

import pytest
from sqlalchemy import event, select

from tests.announcements import item, page, session
from tests.conftest import NOW
from tests.makers import make_course, make_organiser
from tests.queries import counted
from tests.web.reading import heading, links, main, typed, wrong
from webapp.db import db as database
from webapp.errors import Rejected, Unreachable
from webapp.gateways import news_site
from webapp.models import Announcement, AuditLine, NewsReading, NewsState, Origin
from webapp.services import drafts, news

NEWS = "/organiser/news"
PAGE = """Training news

Neglect in early childhood

Published 14 March 2025.

A course about how neglect begins, for everybody who works with small children.

Thursday 29 May 2025, 10am to 2pm, at the Town Hall

To book, write to us.
"""


def take(*items, text="The news.", **facts):
    """A page that was read, of these items."""
    taken = news.take_in(
        page(*items, text=text),
        **{
            "origin": Origin.PASTED,
            "name": None,
            "published": None,
            "organiser": None,
            "now": NOW,
            **facts,
        },
    )
    database.session.commit()
    return taken.reading


def rows(response):
    return [row.text for row in main(response).one("tbody").all("tr")]


def waiting(response):
    return [row.text for row in main(response).all("li", class_="app-needs__item")]


def test_with_nothing_read_every_list_says_so(signed_in):
    assert "No announcement waits for you" in main(signed_in.get(NEWS)).text
    assert "Nothing has been dealt with" in main(signed_in.get(f"{NEWS}?list=settled")).text
    assert "No page has been read" in main(signed_in.get(f"{NEWS}?list=readings")).text


def test_what_waits_leads_to_its_draft_on_the_page_it_was_read_from(signed_in, db):
    reading = take(item("Neglect", sessions=[session()]))
    [announcement] = reading.passages
    listed = signed_in.get(NEWS)

    [row] = waiting(listed)
    assert row.startswith("Neglect Waits for you Published on Friday 14 March 2025")
    assert main(listed).one(class_="app-tabs__count").text == "1"
    address = links(listed)["Look at it: Neglect, announcement 1"]
    answer = signed_in.get(address)
    assert answer.location == f"{NEWS}/{reading.id}#announcement-{announcement.announcement_id}"


def test_a_page_that_was_pasted_is_read_and_shown_beside_its_drafts(signed_in, db, organiser):
    sent = {"text": PAGE, "published": ["16", "4", "2025"]}
    answer = signed_in.post(NEWS, data=sent)

    [reading] = db.session.scalars(select(NewsReading))
    assert answer.location == f"{NEWS}/{reading.id}"
    assert (reading.origin, reading.published.isoformat()) == (Origin.PASTED, "2025-04-16")
    assert reading.organiser == organiser
    shown = main(signed_in.get(answer.location)).text
    assert "The page is read: 1 new announcement." in shown
    assert "Thursday 29 May 2025, 10am to 2pm" in shown
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("read a news page", f"Reading {reading.id}")


def test_the_same_page_pasted_again_changes_nothing_and_says_so(signed_in, db):
    first = signed_in.post(NEWS, data={"text": PAGE})
    again = signed_in.post(NEWS, data={"text": PAGE})

    assert again.location == first.location
    assert "says nothing that it did not say" in main(signed_in.get(again.location)).text
    assert len(db.session.scalars(select(NewsReading)).all()) == 1


def test_a_file_is_read_and_known_by_its_own_name(signed_in, db):
    file = (BytesIO(PAGE.encode()), "letters/spring news.txt")
    signed_in.post(NEWS, data={"file": file}, content_type="multipart/form-data")

    [reading] = db.session.scalars(select(NewsReading))
    assert (reading.origin, reading.name) == (Origin.UPLOADED, "spring news.txt")
    assert "Uploaded by Olive Organiser: spring news.txt" in (
        main(signed_in.get(f"{NEWS}?list=readings")).text
    )


def as_browsers_send(name, content):
    """One field of a form with files, byte for byte."""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return {
        "data": f"{head}{content}\r\n--x--\r\n".encode(),
        "content_type": "multipart/form-data; boundary=x",
    }


def file_of(content):
    return {"file": (BytesIO(content), "news.html")}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, {"text": "Paste the text of the page, or choose a file"}),
        ({"text": " \n "}, {"text": "Paste the text of the page, or choose a file"}),
        (
            {"text": "News", **file_of(b"News")},
            {"file": "Paste the text or choose a file, not both"},
        ),
        (file_of(b""), {"file": "The file is empty"}),
    ],
)
def test_what_is_no_page_is_said_at_its_field_and_nothing_is_read(signed_in, db, sent, said):
    answer = signed_in.post(NEWS, data=sent, content_type="multipart/form-data")

    assert wrong(answer) == said
    assert db.session.scalars(select(NewsReading)).all() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('file"; filename="a.html', "The file must be smaller than 1 MB"),
        ("text", "Text of the page or newsletter must be 1,000,000 characters or fewer"),
    ],
)
def test_a_page_that_is_too_large_is_refused_in_a_sentence(signed_in, db, name, said):
    answer = signed_in.post(NEWS, **as_browsers_send(name, "x" * 1_000_001))

    assert said in wrong(answer)[name[:4]]
    assert db.session.scalars(select(NewsReading)).all() == []


def test_what_the_reader_refuses_is_said_at_the_field_and_what_was_typed_is_kept(signed_in, db):
    answer = signed_in.post(NEWS, data=file_of(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20))
    [sentence] = wrong(answer).values()
    assert sentence.endswith(".")

    answer = signed_in.post(NEWS, data={"text": PAGE, "published": ["40", "1", "2025"]})
    assert "must be a real date" in main(answer).one(class_="govuk-error-summary").text
    assert typed(answer, "text").startswith("Training news")
    assert typed(answer, "published-day") == "40"
    assert db.session.scalars(select(NewsReading)).all() == []


def test_a_page_of_two_hundred_thousand_characters_is_taken(signed_in, db):
    text = PAGE + "\n" + "Ünïcode words that announce nothing. " * 6_000
    answer = signed_in.post(NEWS, **as_browsers_send("text", text))
    assert answer.status_code == 302
    assert len(db.session.scalars(select(NewsReading)).one().text) > 200_000


def test_a_long_page_is_read_for_its_token_only_if_somebody_is_signed_in(
    app, signed_in, monkeypatch
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = as_browsers_send("text", "Ünïcode words that announce nothing. " * 30_000)
    assert signed_in.post(NEWS, **page).status_code == 400  # it has no token
    signed_in.delete_cookie("session")
    assert signed_in.post(NEWS, **page).status_code == 413


def test_our_news_page_is_fetched_from_the_address_that_is_set(signed_in, db, monkeypatch):
    asked = []

    def fetch(address):
        asked.append(address)
        return news_site.Page(PAGE.encode(), "https://partnership.example/news/latest")

    monkeypatch.setattr(news_site, "fetch", fetch)
    answer = signed_in.post(f"{NEWS}/fetch")

    assert asked == ["https://partnership.example/news"]
    [reading] = db.session.scalars(select(NewsReading))
    assert answer.location == f"{NEWS}/{reading.id}"
    assert (reading.origin, reading.name) == (
        Origin.FETCHED,
        "https://partnership.example/news/latest",
    )


@pytest.mark.parametrize("trouble", [Unreachable, Rejected])
def test_a_site_that_cannot_be_read_is_said_in_a_sentence(signed_in, db, monkeypatch, trouble):
    def fetch(address):
        raise trouble("The news page took longer than 20 seconds.")

    monkeypatch.setattr(news_site, "fetch", fetch)
    answer = signed_in.post(f"{NEWS}/fetch")

    assert answer.location == NEWS
    assert "took longer than 20 seconds" in main(signed_in.get(NEWS)).text
    assert db.session.scalars(select(AuditLine)).all() == []


def test_nobody_waits_for_the_database_while_we_wait_for_the_site(signed_in, db, monkeypatch):
    def fetch(address):
        make_course()  # another connection's work, in the middle of ours
        raise Unreachable("No.")

    monkeypatch.setattr(news_site, "fetch", fetch)
    assert signed_in.post(f"{NEWS}/fetch").status_code == 302


def test_what_was_dealt_with_says_by_whom_and_why_and_can_be_taken_up_again(signed_in, db):
    reading = take(item("Neglect", sessions=[session()]), item("A leaflet", start=50, end=60))
    first, second = (passage.announcement for passage in reading.passages)
    drafts.ignore(first, make_organiser(), "Only for one hospital", now=NOW)
    second.state, second.reason = NewsState.LEFT_OUT, "Not training: it is a leaflet."
    db.session.commit()

    page_ = signed_in.get(f"{NEWS}?list=settled")
    assert heading(page_) == "Announcements dealt with"
    text = " ".join(rows(page_))
    assert "Only for one hospital (ignored by Olive Organiser at 9am on Thursday 17" in text
    assert "Not training: it is a leaflet." in text
    signed_in.post(f"{NEWS}/drafts/{first.id}/take-up-again")
    assert db.session.get(Announcement, first.id).state is NewsState.WAITING
    assert len(waiting(signed_in.get(NEWS))) == 1


def test_pages_that_were_read_say_how_many_announcements_wait(signed_in):
    reading = take(item("Neglect", sessions=[session()]), name="spring.html")
    page_ = signed_in.get(f"{NEWS}?list=readings")

    assert heading(page_) == "Pages that were read"
    [row] = rows(page_)
    assert row.endswith("1 announcement, 1 waits")
    assert f"{NEWS}/{reading.id}" in links(page_).values()


@pytest.mark.parametrize("which", ["", "settled", "readings"])
def test_a_long_list_asks_the_database_no_more_than_a_short_one(signed_in, db, which):
    def ask():
        db.session.rollback()
        with counted() as sent:
            assert signed_in.get(f"{NEWS}?list={which}").status_code == 200
        return len(sent)

    def more(first, last):
        for number in range(first, last):
            [passage] = take(item(f"Course {number}", sessions=[session()])).passages
            if which == "settled":
                drafts.ignore(passage.announcement, make_organiser(), "No", now=NOW)
        db.session.commit()

    more(0, 3)
    few = ask()
    more(3, 60)
    assert ask() == few


def test_lists_are_paged_and_keep_their_place_in_the_address(signed_in, db):
    for number in range(51):
        take(item(f"Course {number}", sessions=[session()]))
    page_ = signed_in.get(f"{NEWS}?list=readings&page=2")

    assert len(rows(page_)) == 1
    assert links(page_)["Previous page"] == f"{NEWS}?list=readings&page=1"


def test_an_announcement_that_there_is_not_is_not_found(signed_in):
    assert signed_in.get(f"{NEWS}/announcements/99").status_code == 404
    assert signed_in.get(f"{NEWS}/99").status_code == 404


def test_the_first_page_says_how_many_wait(signed_in):
    assert "wait for you" not in main(signed_in.get("/organiser/")).text
    take(item("Neglect", sessions=[session()]), item("Exploitation", start=1))
    home = signed_in.get("/organiser/")
    assert "2 announcements wait for you" in main(home).text
    assert links(home)["Look at the news"] == NEWS


def test_nobody_waits_for_the_database_while_a_long_page_is_read(signed_in, db):
    sent = []

    def note(conn, cursor, statement, *rest):
        sent.append(statement.partition(" ")[0])

    def let_go(conn):
        sent.append("ROLLBACK")

    event.listen(db.engine, "before_cursor_execute", note)
    event.listen(db.engine, "rollback", let_go)
    try:
        signed_in.post(NEWS, data={"text": PAGE})
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        event.remove(db.engine, "rollback", let_go)
    until_it_was_taken_in = [verb for verb in sent[: sent.index("UPDATE")] if verb != "BEGIN"]
    assert until_it_was_taken_in[-1] == "ROLLBACK"
