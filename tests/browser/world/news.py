"""The partnership's news page, read twice: what is settled, and what says otherwise by now."""

from datetime import date

from sqlalchemy import select

from tests.browser.world.booking import book
from tests.conftest import NOW
from webapp.db import db
from webapp.models import Announcement, Origin
from webapp.services import accepting, drafts, news

# What the partnership announced first, and then again with changes to what is settled by then.
NEWS = """
Latest news

Neglect: Seeing the Whole Child

Published 14 April 2025.

A half day course on neglect at every age, with practice in groups. Open to every agency.

  • Tuesday 10 June, 9.30am to 12.30pm, Guildhall Annex
  • Thursday 3 July, 1.00pm to 4.00pm, via MS Teams

Book a place online.

Back to list of news

Private Fostering Briefing

Published 11 April 2025.

Wednesday 20 June, 12.00pm to 1.00pm, on Microsoft Teams. Who counts as privately fostered.

Back to list of news

Young Carers Workshop

Published 10 April 2025.

Friday 13 June, 10am to 12 noon, at West Offices. Sign up with the training team.

Back to list of news

Working with Fathers Briefing

Published 9 April 2025.

Monday 16 June, 10am to 11am, on Microsoft Teams. Book a place online.

Back to list of news

Escalation policy renewed

Published 8 April 2025.

The policy has been renewed and takes effect on 1 May 2025.

Back to list of news

Minute-taking Course

Published 7 April 2025.

Thursday 19 June, 2pm to 4pm, at West Offices. Book a place online.
"""
NEWS_AGAIN = (
    NEWS.replace("Friday 13 June, 10am to 12 noon", "Friday 20 June, 10am to 12 noon")
    .replace("Working with Fathers Briefing", "CANCELLED: Working with Fathers Briefing")
    .replace(
        "Escalation policy renewed", f"{'Escalation ' * 20}policy <script>alert(1)</script> عائشة"
    )
)


def build(world):
    """One read before its trainings were in the programme, and again when it says otherwise."""
    first = _read(NEWS)
    for word in ("Young", "Working"):
        draft = drafts.of(_announcement(word), now=NOW)
        places = {date.key: _places(date) for date in draft.dates}
        drafts.edit(draft.announcement, {"summary": "An hour together."}, places, now=NOW)
        accepting.accept(draft.announcement, world.administrator, now=NOW)
    drafts.ignore(_announcement("Minute"), world.administrator, "For our own staff.", now=NOW)
    booked = _announcement("Young").course.dates[0]
    book(booked, "young.carers@york.gov.uk")
    world.readings += [first, _read(NEWS_AGAIN)]
    words = ("Neglect", "Private", "Young", "CANCELLED")
    world.announcements |= {word: _announcement(word) for word in words}


def _read(page):
    about = {"published": date(2025, 4, 15), "organiser": None, "name": None, "now": NOW}
    return news.take(page, origin=Origin.PASTED, **about).reading


def _announcement(word):
    found = select(Announcement).where(Announcement.title.startswith(word))
    return db.session.scalars(found).one()


def _places(found):
    days = {day.key: (day.day, day.starts, day.ends) for day in found.days}
    return drafts.DateEdit(days, found.is_online, found.place, True, 20, None, False)
