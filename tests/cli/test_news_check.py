"""`flask news check`, against a site of our own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_organiser, make_partnership
from tests.people import mails, message
from tests.people import words as words_of
from tests.ports import free_port
from tests.site import page, sent_on, serving
from webapp import clock
from webapp.db import db as database
from webapp.models import Announcement, Email, NewsReading, Origin, RoleName

BRIEFING = """<h2>Safe and Together partner briefing</h2>
<p>Published 14 April 2025.</p>
<p>A briefing for all multi-agency partners.</p>
<p>The training dates are as follows:</p>
<ul><li>Tuesday 20 May, 10.00am to 11.00am</li>{more}</ul>
<p>All will be held via MS Teams.</p>
<p>Book a place online.</p>
<p>Back to list of news</p>
"""
COURSE = """<h2>Understanding Neglect training</h2>
<p>Published 15 April 2025.</p>
<p>New dates have been scheduled for this one day course.</p>
<ul><li>Thursday 29 May, 10.00am to 2.00pm</li></ul>
<p>It will be held face-to-face at West Offices.</p>
<p>Book a place online.</p>
<p>Back to list of news</p>
"""
MORE = "<li>Thursday 22 May, 11.00am to midday</li>"


def news(*items):
    return page("<html><head><title>News</title></head><body>" + "".join(items) + "</body></html>")


@pytest.fixture
def site():
    with serving() as serve:
        yield serve({"/news": news(BRIEFING.format(more=""))})


@pytest.fixture
def olive(db, site):
    """The one organiser who can sign in."""
    make_partnership(news_url=site.address())
    make_organiser("invited@partnership.example")
    make_organiser("closed@partnership.example", password="a long password", active=False)
    make_organiser("tom@partnership.example", password="a long password", role=RoleName.TRAINER)
    make_organiser("rita@partnership.example", password="a long password", role=RoleName.REPORTER)
    return make_organiser("olive@partnership.example", password="a long password")


@pytest.fixture
def check(app):
    def check():
        database.session.rollback()
        result = app.test_cli_runner().invoke(args=["news", "check"])
        database.session.rollback()
        return result

    return check


def words(mail):
    return words_of(mail).replace("\r\n", "\n")


def rows(table):
    return database.session.scalars(select(table).order_by(table.id)).all()


def test_what_is_new_is_mailed_to_those_who_may_settle_it(check, olive):
    ada = make_organiser(password="a long password", role=RoleName.ADMINISTRATOR)

    result = check()
    assert result.exit_code == 0, result.output
    assert result.output == "On the news page: 1 new, 0 changed. 2 organisers written to.\n"
    assert {mail.to for mail in mails()} == {olive.email, ada.email}
    [mail] = mails(olive.email)
    assert message(mail)["Subject"] == "News: 1 announcement to settle"
    said = words(mail)
    assert "New:\n- Safe and Together partner briefing: 1 date, on Tuesday 20 May 2025\n" in said
    assert "something else" not in said
    assert "http://localhost/organiser/news\n" in said


def test_the_reading_says_where_it_is_from(check, olive, site):
    check()
    [reading] = rows(NewsReading)
    assert (reading.origin, reading.name, reading.read_at) == (Origin.FETCHED, site.address(), NOW)
    assert (reading.organiser, reading.published) == (None, None)


def test_once_more_and_nothing_happens(check, olive):
    check()
    before = [(row.id, row.state, row.told_at) for row in rows(Announcement)]
    result = check()
    assert result.exit_code == 0, result.output
    assert result.output == "Nothing new on the news page. No organisers written to.\n"
    assert len(mails()) == 1
    assert [(row.id, row.state, row.told_at) for row in rows(Announcement)] == before
    assert len(rows(NewsReading)) == 1


def test_only_what_came_since_is_mailed(check, olive, site, monkeypatch):
    check()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    site.answers["/news"] = news(COURSE, BRIEFING.format(more=""))
    result = check()
    assert result.output == "On the news page: 1 new, 0 changed. 1 organiser written to.\n"
    _, mail = mails(olive.email)
    assert "Neglect" in words(mail)
    assert "Safe and Together" not in words(mail)


def test_what_changed_while_it_waits_is_mailed_again(check, olive, site, monkeypatch):
    check()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    site.answers["/news"] = news(BRIEFING.format(more=MORE))
    assert "0 new, 1 changed. 1 organiser written to." in check().output
    assert len(mails(olive.email)) == 2
    check()
    assert len(mails(olive.email)) == 2


def test_with_nobody_to_write_to_the_news_is_kept_until_there_is_somebody(check, olive, db):
    olive.active = False
    db.session.commit()
    assert "1 new, 0 changed. No organisers written to." in check().output
    [announcement] = rows(Announcement)
    assert announcement.told_at is None

    olive.active = True
    db.session.commit()
    assert check().output == "Nothing new on the news page. 1 organiser written to.\n"
    assert len(mails(olive.email)) == 1


def test_nothing_on_the_page_that_anybody_could_book_is_told(check, olive, site):
    site.answers["/news"] = news(
        "<h2>Bank holiday</h2><p>Our office is closed on Monday 5 May.</p>"
    )
    assert "No organisers written to." in check().output
    assert mails() == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page("Sorry", status="503 Later"), "It answered 503."),
        (page("Gone", status="404 Not Found"), "It answered 404."),
        (sent_on("https://elsewhere.example/"), "on to elsewhere.example"),
        (page(b"%PDF-1.7", "application/pdf"), "no text, but application/pdf"),
        (page("<p>words</p>" * 120_000), "longer than"),
        (page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "text/html"), ""),
    ],
)
def test_a_page_that_cannot_be_read_ends_in_a_sentence(check, olive, site, answer, said):
    site.answers["/news"] = answer
    result = check()
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert said in result.output
    assert "Traceback" not in result.output
    assert rows(NewsReading) == rows(Email) == []


def test_nobody_at_home_ends_in_a_sentence(check, db):
    make_partnership(news_url=f"http://127.0.0.1:{free_port()}/news")
    result = check()
    assert result.exit_code == 1
    assert "could not be fetched" in result.output


def test_before_the_seeds_are_loaded_it_says_so(check, db):
    result = check()
    assert result.exit_code == 1
    assert "Nothing has been loaded yet" in result.output


def test_the_database_waits_for_nobody_while_the_site_is_asked(check, olive, site):
    seen, engine = [], database.engine

    def meanwhile():
        with engine.connect() as other:
            other.exec_driver_sql("UPDATE partnership SET area = 'meanwhile'")
            other.commit()
        seen.append("written")
        yield news(BRIEFING.format(more=""))

    site.answers["/news"] = meanwhile
    assert check().exit_code == 0
    assert seen == ["written"]
