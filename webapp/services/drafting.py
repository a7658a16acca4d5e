"""A draft put together: what the page says, with what an organiser wrote over it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from webapp.clock import LONDON
from webapp.formats.announcements import Item, Session, Status, Words
from webapp.formats.words import listed
from webapp.models import Announcement, Course, CourseDate, Kind, Venue
from webapp.services import occurrences, place_names
from webapp.services.draft_parts import Draft, DraftDate, DraftDay, problems
from webapp.services.draft_questions import question_of
from webapp.services.occurrences import Occurrence

# What a mail's subject has room for.
SHORT = 60
PASSED = "This date has passed."
FULL = "The page says it is full."
DEALT_WITH = "It was dealt with when this announcement was settled before."
Edits = Mapping[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """What the programme has beside an announcement."""

    course: Course | None
    dates: Sequence[CourseDate]
    suggested_course: Course | None
    venues: Sequence[Venue]
    # What the partnership says of all its training, where a page says nothing.
    who_may_come: str
    # What it said when it was settled.
    settled: Item | None


def draft(
    announcement: Announcement, item: Item, around: Surroundings, edits: Edits, *, now: datetime
) -> Draft:
    """The announcement as it would be accepted, with these edits."""
    corrected = edits.get("facts", {})
    facts = _facts(item, around, corrected.get("title") or item.title.text) | corrected
    kind = facts.pop("kind")
    made = Draft(
        announcement=announcement,
        item=item,
        course=around.course,
        course_dates=tuple(around.dates),
        suggested_course=around.suggested_course,
        kind=Kind(kind) if kind else None,
        dates=tuple(_dates(item, around, edits, now)),
        problems=(),
        older_than=_later(item, around),
        **facts,
    )
    return replace(made, problems=problems(made))


def _facts(item: Item, around: Surroundings, title: str) -> dict[str, Any]:
    """`title`: what it is called by now, of which the short one is made."""
    outline = _text(item.outline)
    return {
        "title": item.title.text,
        "short_title": short_title(title),
        "kind": item.kind,
        "summary": _first_sentence(outline),
        "outline": _with_speakers(outline, item),
        "audience": _text(item.audience) or around.who_may_come,
        "cost": None,
        "link": None,
    }


def _later(item: Item, around: Surroundings) -> date | None:
    """The day of what was announced before, when this is of an earlier one."""
    settled, course = around.settled, around.course
    known = [settled.published if settled else None, course.announced_on if course else None]
    last = max(filter(None, known), default=None)
    return last if item.published and last and item.published < last else None


def _text(words: Words | None) -> str:
    return words.text if words else ""


def short_title(title: str) -> str:
    """What fits into a subject: up to a colon, else as many whole words as there is room for."""
    head = title.partition(":")[0].strip()
    if len(title) > SHORT and len(head) >= 10:
        title = head
    if len(title) <= SHORT:
        return title
    return title[:SHORT].rpartition(" ")[0].rstrip(" ,;-\N{EN DASH}") or title[:SHORT]


def _first_sentence(text: str) -> str:
    paragraph = text.partition("\n")[0].strip()
    return re.split(r"(?<=[.!?])\s+(?=[A-Z\u2018\u201c])", paragraph, maxsplit=1)[0]


def _with_speakers(outline: str, item: Item) -> str:
    """Whoever speaks is named, unless the agenda does it."""
    if item.agenda or not item.speakers:
        return outline
    who = listed(one.text for one in item.speakers)
    return f"{outline}\n\nSpeakers: {who}.".strip()


def _dates(item: Item, around: Surroundings, edits: Edits, now: datetime) -> list[DraftDate]:
    days, groups = edits.get("days", {}), edits.get("groups", {})
    as_read = occurrences.of(item.sessions, groups)
    found = [_answered(one, days) for one in as_read]
    partners = occurrences.partners(found, around.dates)
    seen = occurrences.of(around.settled.sessions, groups) if around.settled else []
    # What was full then was left out for that.
    settled = {one.as_read for one in seen if one.sessions[0].status is not Status.FULL}
    made = []
    for plain, answered in zip(as_read, found, strict=True):
        edited = edits.get("dates", {}).get(plain.key, {})
        partner = partners.get(plain.key)
        was_settled = partner is None and plain.as_read in settled
        made.append(_date(answered, item, around, edited, days, partner, was_settled, now))
    return made


def _answered(occurrence: Occurrence, days: Edits) -> Occurrence:
    """With the days an organiser gave in place of the page's."""
    sessions = []
    for key, session in zip(occurrence.keys, occurrence.sessions, strict=True):
        given = days.get(key, {}).get("day")
        if given:
            session = replace(session, day=date.fromisoformat(given), readings=())
        sessions.append(session)
    return replace(occurrence, sessions=tuple(sessions))


def _date(
    occurrence: Occurrence,
    item: Item,
    around: Surroundings,
    edited: Edits,
    typed_days: Edits,
    partner: CourseDate | None,
    was_settled: bool,
    now: datetime,
) -> DraftDate:
    first = occurrence.sessions[0]
    days = tuple(
        _day(key, session, typed_days.get(key, {}), now)
        for key, session in zip(occurrence.keys, occurrence.sessions, strict=True)
    )
    why = _why_left_out(days, first.status, was_settled, now)
    online = first.is_online if first.is_online is not None else item.is_online
    usual = _usual(around.dates)
    facts: dict[str, Any] = {
        "is_online": online,
        "place": place_names.name_of(_text(first.venue or item.venue), online),
        "has_limit": None if usual is None else usual.capacity is not None,
        "capacity": usual.capacity if usual else None,
        "join_link": None,
        "is_left_out": why is not None,
        **edited,
    }
    venue = None if facts["is_online"] else place_names.venue_of(facts["place"], around.venues)
    return DraftDate(
        key=occurrence.key,
        days=days,
        venue=venue,
        status=first.status,
        why_left_out=why,
        date=partner,
        **facts,
    )


def _usual(dates: Sequence[CourseDate]) -> CourseDate | None:
    """The course's last date: how many fit there is what a further one starts from."""
    return max(dates, key=lambda one: one.id, default=None)


def _day(key: str, session: Session, typed: Edits, now: datetime) -> DraftDay:
    question, readings = (None, ()) if typed.get("day") else question_of(session, now)
    day = None if question else session.day
    return DraftDay(
        key=key,
        session=session,
        day=None if "day" in typed and not typed["day"] else day,
        starts=_time(typed["starts"]) if "starts" in typed else session.starts,
        ends=_time(typed["ends"]) if "ends" in typed else session.ends,
        question=question,
        readings=readings,
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _why_left_out(
    days: Sequence[DraftDay], status: Status | None, was_settled: bool, now: datetime
) -> str | None:
    if was_settled:
        return DEALT_WITH
    if all(_has_passed(day, now) for day in days):
        return PASSED
    return FULL if status is Status.FULL else None


def _has_passed(day: DraftDay, now: datetime) -> bool:
    """Whether it has begun, whichever day is meant."""
    every = [day.day] if day.day else [reading.day for reading in day.readings]
    starts = day.starts or time(23, 59)
    return bool(every) and all(datetime.combine(one, starts, LONDON) <= now for one in every)
