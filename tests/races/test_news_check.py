"""Cron may look at the news page while it still does: an announcement is made and told of once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import make_organiser
from tests.people import kinds
from tests.races.runners import app_on
from webapp.db import db, will_write
from webapp.models import Announcement, NewsReading, Origin
from webapp.services import news, news_digest

LOOKING = 6
TITLES = ["Neglect and what helps", "Domestic abuse in families", "Online safety"]
PAGE = """{title} course

Published 14 April 2025.

A one day course for everybody who works with children.

The training dates are as follows:

  • {day} May, 10.00am to 4.00pm

Book a place online.
"""

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.mark.parametrize("repeat", range(len(TITLES)))
def test_a_page_looked_at_by_many_at_once_is_told_of_once(url, context, repeat):
    page = PAGE.format(title=TITLES[repeat], day=20 + repeat)
    will_write()
    olive = make_organiser(password="a long password").email
    before = context.session.scalar(select(func.count(NewsReading.id)))
    context.session.rollback()
    app, gate = app_on(url), threading.Barrier(LOOKING)

    def look(_):
        will_write()
        with app.app_context():
            gate.wait()
            taken = news.take(
                page, origin=Origin.FETCHED, name="news", published=None, organiser=None, now=NOW
            )
            told = [organiser.email for organiser in news_digest.tell(now=NOW)]
            db.session.commit()
            db.session.remove()
            return taken.new, olive in told

    with ThreadPoolExecutor(LOOKING) as pool:
        done = sorted(pool.map(look, range(LOOKING)))
    with app.app_context():
        db.engine.dispose()

    assert done == [(0, False)] * (LOOKING - 1) + [(1, True)]
    assert kinds(olive) == ["news_digest"]
    assert context.session.scalar(select(func.count(NewsReading.id))) == before + 1
    assert context.session.scalar(select(func.count(Announcement.id))) == repeat + 1
