from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_organiser, make_partnership, save
from tests.people import mails
from tests.people import words as words_of
from webapp.db import db as database
from webapp.models import Announcement, NewsState
from webapp.services import news_digest

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def olive(db):
    make_partnership()
    return make_organiser("olive@partnership.example", password="a long password")


def make_announcement(title="Neglect", **facts):
    return save(
        Announcement(
            **{
                "title": title,
                "published": None,
                "state": NewsState.WAITING,
                "item": {"says": "something"},
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
