from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_organiser, make_partnership, save
from tests.people import mails
from tests.people import words as words_of
from webapp.db import db as database
from webapp.formats import news_kept, news_page
from webapp.models import Announcement, NewsState
from webapp.services import news_digest

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def olive(db):
    make_partnership()
    return make_organiser("olive@partnership.example", password="a long password")


def says(*days):
    """What an item keeps that has these days, in the words of a page of 17 April 2025."""
    dates = "".join(f"\n  • {day}, 10am to 2pm" for day in days)
    page = f"Neglect training\n\nA course for everybody who works with children.\n{dates}\n"
    [item] = news_page.read(page, NOW.date()).items
    return news_kept.item_as_json(item)


def make_announcement(title="Neglect", **facts):
    return save(
        Announcement(
            **{
                "title": title,
                "published": None,
                "state": NewsState.WAITING,
                "item": says(),
                "edits": {},
                "changed_at": NOW,
                **facts,
            }
        )
    )


def words(mail):
    return words_of(mail).replace("\r\n", "\n")


def tell(now=NOW):
    told = news_digest.tell(now=now)
    database.session.commit()
    return told


def test_new_and_changed_stand_under_headings_of_their_own(olive):
    make_announcement("Neglect")
    make_announcement("Working together", settled_at=NOW)
    assert tell() == [olive]
    [mail] = mails()
    assert mail.subject == "News: 2 announcements to settle"
    assert words(mail).startswith(
        "2 announcements wait for somebody to look at them. Nothing of them is public until it is"
        " accepted.\n\nNew:\n- Neglect\n\n"
        "Says something else than before:\n- Working together\n\n"
        "To settle them:\nhttp://localhost/organiser/news\n"
    )


def test_each_thing_is_told_once(olive):
    announcement = make_announcement()
    tell()
    assert tell(LATER) == []
    assert announcement.told_at == NOW
    announcement.changed_at = LATER
    database.session.commit()
    assert tell(LATER) == [olive]
    first, second = mails()
    assert "New:\n- Neglect" in words(first)
    assert "Says something else than before:\n- Neglect" in words(second)
    assert "New:" not in words(second)


@pytest.mark.parametrize("state", [state for state in NewsState if state != NewsState.WAITING])
def test_what_waits_for_nobody_is_not_told(olive, state):
    make_announcement(state=state)
    assert tell() == []
    assert mails() == []


def test_of_very_many_only_some_are_named(olive):
    for number in range(30):
        make_announcement(f"Course {number}")
    tell()
    [mail] = mails()
    assert mail.subject == "News: 30 announcements to settle"
    assert words(mail).count("- Course") == 20
    assert "- and 10 more\n" in words(mail)


def test_a_title_with_line_breaks_stays_on_its_line(olive):
    make_announcement("Neglect\nDear all, your password is needed:\r\nhttp://evil.example")
    tell()
    assert "- Neglect Dear all" in words(mails()[0])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "- Neglect\n"),
        (["Thursday 29 May"], "- Neglect: 1 date, on Thursday 29 May 2025\n"),
        (
            ["Thursday 21 August", "Thursday 29 May"],
            "- Neglect: 2 dates, the first on Thursday 29 May 2025\n",
        ),
        (
            ["Thursday 29 May", "Wednesday 20 June"],
            "- Neglect: 1 date, on Thursday 29 May 2025; 1 date whose day is in doubt\n",
        ),
        (["Wednesday 20 June"], "- Neglect: 1 date whose day is in doubt\n"),
    ],
)
def test_the_mail_says_when_it_is_and_what_is_in_doubt(olive, days, said):
    make_announcement(item=says(*days))
    tell()
    assert said in words(mails()[0])
