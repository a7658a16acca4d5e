"""What we announce is what we would read: the reader finds in our news items what they were
written from, in both forms."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.formats.test_news_item import ADDRESS, NOW, course, date
from webapp.clock import LONDON
from webapp.formats import news_item, news_page
from webapp.models import Format, Kind, Venue

TITLES = [
    "Safeguarding basics",
    "Developing an Understanding of Harmful Sexual Behaviour",
    "Working Together: Shared Responsibilities and Procedures",
    "Graded Care Profile 2 – neglect",
    "Learning from Child Safeguarding Practice Reviews",
    "Resolving Professional Disagreements",
    "Voice of the Child",
    "MASH: making a good referral",
    "Domestic Abuse, Coercive Control & Children",
    "MAPPA for partner agencies",
    "Level 3 refresher",
    "Introduction to Contextual Safeguarding",
]
PROSE = [
    "What everybody who works with children needs to know.",
    "A practical session with examples from local reviews.\n\nThere is time to talk.",
    "How to recognise it, how to answer it, and who can help.",
    "It replaces the earlier courses.",
    "We look at 3 models and 12 case studies of children aged 5-11.",
]
AUDIENCES = [
    "Everybody who works with children.",
    "Open to all multi-agency partners.",
    "Designated safeguarding leads in schools, and their deputies.",
]
OUTCOMES = ["Know the signs", "Know whom to tell", "Plan together", "Use the threshold document"]
VENUES = ["West Offices", "St Mary's Church Hall", "The Priory Street Centre", "Town Hall, Room 4"]
PLATFORMS = ["Microsoft Teams", "Zoom", "Webex"]
SPEAKERS = ["Hari Example", "Dr Ann O'Neill", None]
TALKS = ["Race and culture in safeguarding", "Panel discussion", "Lessons from reviews"]
KINDS = [Kind.COURSE, Kind.BRIEFING, Kind.WEBINAR, Kind.CONFERENCE]
QUARTERS = [time(hour, minute) for hour in range(8, 21) for minute in (0, 15, 30, 45)]


@st.composite
def spans(draw, today):
    """The days of one date: up to a year and a half ahead, and a working day long at most.

    Not about a year ahead, where a day of this year has only just been, too.
    """
    ahead = draw(st.one_of(st.integers(1, 340), st.integers(366, 500)))
    first = today + timedelta(days=ahead)
    number = draw(st.sampled_from([1, 1, 1, 2, 3]))
    apart = draw(st.sampled_from([1, 1, 7]))
    start = draw(st.sampled_from(QUARTERS[:36]))
    quarters = draw(st.integers(2, 12))
    found = []
    for day in range(number):
        begins = datetime.combine(first + timedelta(days=day * apart), start, LONDON)
        ends = QUARTERS[QUARTERS.index(start) + quarters]
        found.append((begins.astimezone(UTC), begins.replace(hour=ends.hour, minute=ends.minute)))
    return found


@st.composite
def dates(draw, today):
    days = draw(spans(today))
    if draw(st.booleans()):
        platform = draw(st.sampled_from(PLATFORMS))
        return date(*days, format=Format.ONLINE, venue=None, platform=platform)
    name = draw(st.sampled_from([*VENUES, None]))
    return date(*days, venue=Venue(name=name) if name else None)


@st.composite
def announced(draw):
    """A course, its dates, and the moment its item is written."""
    now = datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 900)))
    today = now.date()
    found = draw(st.lists(dates(today), min_size=1, max_size=5))
    starts = [day.starts_at for one in found for day in one.days]
    assume(len(set(starts)) == len(starts))
    if draw(st.booleans()):
        agenda = [
            (1, start, draw(st.sampled_from(TALKS)), draw(st.sampled_from(SPEAKERS)))
            for start in sorted(draw(st.sets(st.sampled_from(QUARTERS), max_size=3)))
        ]
        for one in found:
            one.agenda = date(agenda=agenda).agenda
    about = course(
        kind=draw(st.sampled_from(KINDS)),
        title=draw(st.sampled_from(TITLES)),
        summary=draw(st.sampled_from(PROSE)),
        outline=draw(st.sampled_from(PROSE)),
        audience=draw(st.sampled_from(AUDIENCES)),
        outcomes=draw(st.lists(st.sampled_from(OUTCOMES), unique=True)),
    )
    return about, found, now


def written_from(dates):
    """What can be gone to, as clocks in London show it: (day, start, end), and where it is."""
    return {
        (
            day.starts_at.astimezone(LONDON).date(),
            day.starts_at.astimezone(LONDON).time(),
            day.ends_at.astimezone(LONDON).time(),
        ): date
        for date in dates
        for day in date.days
    }


def check(item, dates):
    """Whether the item says of the dates what is so, and of nothing else."""
    written = written_from(dates)
    assert item.is_training, item.why
    assert not any(session.is_in_conflict for session in item.sessions)
    assert {(s.day, s.starts, s.ends) for s in item.sessions} == set(written)
    for session in item.sessions:
        date = written[session.day, session.starts, session.ends]
        said = item.is_online if session.is_online is None else session.is_online
        if date.is_online or date.venue:
            assert bool(said) is date.is_online


@pytest.mark.parametrize("form", [news_item.text, news_item.html])
@settings(max_examples=100, deadline=None)
@given(announced())
def test_the_reader_finds_in_our_item_exactly_what_can_be_booked(form, case):
    about, dates, now = case
    page = form(news_item.of(about, dates, address=ADDRESS, now=now))
    [item] = news_page.read(page, now.date()).items
    assert item.title.text == about.title
    check(item, dates)


def test_without_dates_the_reader_finds_training_and_no_date():
    page = news_item.text(news_item.of(course(), [], address=ADDRESS, now=NOW))
    [item] = news_page.read(page, None).items
    assert item.is_training
    assert item.sessions == ()
