"""What was read of a page as JSON: for `flask news read`, and for whoever scores the reader."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from webapp.formats.announcements import (
    AgendaLine,
    Announcements,
    Item,
    Reading,
    Session,
    Sure,
    Words,
)
from webapp.models import Kind

# Values of an item that are words of the page.
WORDS = ("title", "venue", "audience", "outline", "booking")


def as_json(announcements: Announcements) -> dict[str, Any]:
    """Days as "2025-05-20", times as "09:15"; spans are offsets into the text as it was read."""
    return {"items": [_item(item, announcements.text) for item in announcements.items]}


def _item(item: Item, text: str) -> dict[str, Any]:
    said = {name: getattr(item, name) for name in WORDS} | {"published": item.published_words}
    return {
        **{name: words.text if words else None for name, words in said.items()},
        "kind": _kind(item.kind),
        "is_training": item.is_training,
        "why": item.why,
        "published": _day(item.published),
        "sessions": [_session(one, text) for one in item.sessions],
        "called_off": [_session(one, text) for one in item.called_off],
        "online": item.is_online,
        "agenda": [_time(line.starts) for line in item.agenda],
        "agenda_lines": [_agenda_line(line) for line in item.agenda],
        "speakers": [speaker.text for speaker in item.speakers],
        "span": [item.start, item.end],
        "sure": item.sure,
        "found": {name: _found(words) for name, words in said.items() if words}
        | {"speakers": [_found(speaker) for speaker in item.speakers]},
    }


def _session(session: Session, text: str) -> dict[str, Any]:
    day = session.day
    return {
        "date": _day(day),
        "md": "{:02}-{:02}".format(*session.month_day) if session.month_day else None,
        "weekday_as_written": session.weekday_as_written,
        "weekday_actual": f"{day:%A}" if day else None,
        "weekday_conflict": session.is_in_conflict,
        "alt_dates": _others(session.readings, day),
        "readings": [{"date": _day(one.day), "why": one.why} for one in session.readings],
        "start": _time(session.starts),
        "end": _time(session.ends),
        "venue": session.venue.text if session.venue else None,
        "online": session.is_online,
        "group": session.group,
        "status": session.status,
        "year_inferred": _is_year_inferred(session, text),
        "why": session.why,
        "sure": session.sure,
        "span": [session.start, session.end],
        "found": {"venue": _found(session.venue)} if session.venue else {},
    }


def _is_year_inferred(session: Session, text: str) -> bool:
    """Whether the day's year stands elsewhere than beside the day, or nowhere."""
    if session.day is None or session.sure is Sure.WRITTEN:
        return False
    return f"{session.day:%y}" not in text[session.start : session.end]


def _others(readings: Iterable[Reading], written: date | None) -> list[str]:
    return [reading.day.isoformat() for reading in readings if reading.day != written]


def _agenda_line(line: AgendaLine) -> dict[str, Any]:
    return {
        "start": _time(line.starts),
        "title": line.title,
        "speaker": line.speaker,
        "span": [line.start, line.end],
    }


def _found(words: Words) -> dict[str, Any]:
    return {"span": [words.start, words.end], "sure": words.sure}


def _kind(kind: Kind | None) -> str:
    if kind is None:
        return "other"
    return "elearning" if kind is Kind.E_LEARNING else kind.value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
