"""Announcements made by hand: say what the test cares about, leave out the rest."""

from datetime import date, time

from webapp.formats.announcements import Announcements, Item, Reading, Session, Sure, Words
from webapp.models import Kind

PUBLISHED = date(2025, 3, 14)


def words(text, start=0):
    return Words(text, start, start + len(text))


def session(day="2025-05-29", starts="10:00", ends="14:00", **facts):
    """One day as a page has it, its year inferred and its weekday the right one."""
    on = date.fromisoformat(day) if day else None
    return Session(
        **{
            "start": 0,
            "end": 10,
            "day": on,
            "month_day": None,
            "weekday_as_written": f"{on:%A}" if on else None,
            "readings": (),
            "starts": time.fromisoformat(starts) if starts else None,
            "ends": time.fromisoformat(ends) if ends else None,
            "venue": None,
            "is_online": None,
            "group": None,
            "status": None,
            "sure": Sure.INFERRED,
            "why": "The page was published in 2025.",
            **facts,
        }
    )


def in_conflict(**facts):
    """ "Wednesday 21 March", when 21 March is a Friday and 21 May is a Wednesday."""
    readings = (
        Reading(date(2025, 5, 21), "21 May 2025 is a Wednesday."),
        Reading(date(2025, 3, 21), "21 March 2025 is a Friday."),
    )
    return session(
        "2025-03-21",
        **{
            "starts": "09:15",
            "ends": "15:00",
            "weekday_as_written": "Wednesday",
            "readings": readings,
            "sure": Sure.GUESSED,
            **facts,
        },
    )


def item(title="Neglect in early childhood", sessions=(), **facts):
    """A course of which the page says enough to accept it once its places are known.

    `published` None: it has no stamp of its own.
    """
    if "published" in facts:
        facts["published_words"] = facts["published"] and words(f"{facts['published']:%d %B %Y}")
    return Item(
        **{
            "start": 0,
            "end": 100,
            "title": words(title),
            "kind": Kind.COURSE,
            "is_training": True,
            "why": "It says course.",
            "published": PUBLISHED,
            "published_words": words("14 March 2025"),
            "sessions": tuple(sessions),
            "called_off": (),
            "venue": words("West Offices"),
            "is_online": False,
            "audience": None,
            "outline": words("How neglect begins. What it does to small children."),
            "booking": None,
            "agenda": (),
            "speakers": (),
            **facts,
        }
    )


def page(*items, text="The news."):
    return Announcements(text, items)
