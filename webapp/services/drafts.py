"""What announcements would become in the programme, and how organisers put that right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import or_, select

from webapp.db import db, lock
from webapp.errors import Refused
from webapp.formats import news_kept
from webapp.models import Announcement, Course, NewsState, Organiser
from webapp.services import course_dates, courses, drafting, news_matching, partnership, venues
from webapp.services.draft_parts import FACTS as FACTS
from webapp.services.draft_parts import Draft as Draft
from webapp.services.draft_parts import DraftDate as DraftDate
from webapp.services.draft_parts import DraftDay as DraftDay
from webapp.services.draft_parts import Problem as Problem
from webapp.services.drafting import Edits, Surroundings

# From here on the course that is proposed is the one that gets the dates, unless told otherwise.
SURE = news_matching.ALIKE
SETTLED = "This announcement has been settled meanwhile. Look at what became of it."
CHANGED = "This announcement has changed since you opened it. Look at it again."
NOT_LEFT_OUT = "Only what was ignored or left out can be taken up again."


@dataclass(frozen=True)
class DateEdit:
    """What an organiser typed for one date of a draft; days by their keys."""

    days: Mapping[str, tuple[date | None, time | None, time | None]]
    is_online: bool | None
    place: str | None
    has_limit: bool | None
    capacity: int | None
    join_link: str | None
    is_left_out: bool


def of(announcement: Announcement, *, now: datetime) -> Draft:
    return of_all([announcement], now=now)[announcement.id]


def of_all(announcements: Sequence[Announcement], *, now: datetime) -> dict[int, Draft]:
    """The drafts of all these, by announcement id, in a handful of queries."""
    return {
        announcement.id: drafting.draft(announcement, item, around, announcement.edits, now=now)
        for announcement, item, around in _surroundings(announcements)
    }


def named(courses_: Collection[Course], *, now: datetime) -> dict[int, set[int]]:
    """By the id of each date of these courses: the ids of all announcements that name it."""
    found: dict[int, set[int]] = {}
    course_id = Announcement.course_id
    speaking = or_(course_id.in_([course.id for course in courses_]), course_id.is_(None))
    every = db.session.scalars(select(Announcement).where(speaking)).all()
    for draft in of_all(every, now=now).values():
        for one in draft.dates:
            if one.date:
                found.setdefault(one.date.id, set()).add(draft.announcement.id)
    return found


def _surroundings(announcements: Sequence[Announcement]) -> list[tuple[Announcement, Any, Any]]:
    known = courses.published()
    items = [news_kept.item_of_json(announcement.item) for announcement in announcements]
    proposed = [news_matching.course_of(item, known) for item in items]
    by_id = {course.id: course for course in known}
    chosen = [
        by_id.get(announcement.edits["course"] or 0)
        if "course" in announcement.edits
        else by_id.get(announcement.course_id or 0, suggested if likely >= SURE else None)
        for announcement, (suggested, likely) in zip(announcements, proposed, strict=True)
    ]
    dates = course_dates.of_courses({course.id for course in chosen if course})
    everywhere, who_may_come = venues.everywhere(), partnership.get().who_may_come
    return [
        (
            announcement,
            item,
            Surroundings(
                course=course,
                dates=dates.get(course.id, []) if course else [],
                suggested_course=suggested,
                venues=everywhere,
                who_may_come=who_may_come,
                settled=settled_item(announcement),
            ),
        )
        for announcement, item, course, (suggested, _) in zip(
            announcements, items, chosen, proposed, strict=True
        )
    ]


def settled_item(announcement: Announcement) -> Any:
    """What it said when it was settled; None before that."""
    known = announcement.settled_item
    return None if known is None else news_kept.item_of_json(known)


def edit(
    announcement: Announcement,
    facts: Mapping[str, str | None],
    dates: Mapping[str, DateEdit],
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Keep what the organiser wrote, by the keys of FACTS and of the draft's dates.

    What is as the page has it stays the page's and follows it. `version` is that of the
    announcement as it was shown. Raises Refused when it is settled or changed meanwhile.
    """
    hold(announcement, version)
    [(_, item, around)] = _surroundings([announcement])
    as_read = {"groups": announcement.edits.get("groups", {})}
    plain = drafting.draft(announcement, item, around, as_read, now=now)
    edits: dict[str, Any] = {**announcement.edits, "facts": {}, "dates": {}, "days": {}}
    for name in FACTS:
        if name in facts and (facts[name] or "") != (getattr(plain, name) or ""):
            edits["facts"][name] = facts[name]
    for one in plain.dates:
        if one.key in dates:
            _edit_date(one, dates[one.key], edits)
    change(announcement, edits)


def _edit_date(plain: DraftDate, typed: DateEdit, edits: Edits) -> None:
    """Note what is typed for the date and is not what its page has."""
    said = {name: value for name, value in asdict(typed).items() if name != "days"}
    differing = {name: value for name, value in said.items() if value != getattr(plain, name)}
    if differing:
        edits["dates"][plain.key] = differing
    for day in plain.days:
        if day.key in typed.days:
            now_said = zip(("day", "starts", "ends"), typed.days[day.key], strict=True)
            new = {name: value for name, value in now_said if value != getattr(day, name)}
            if new:
                edits["days"][day.key] = {
                    name: value and value.isoformat() for name, value in new.items()
                }


def choose_course(
    announcement: Announcement,
    course: Course | None,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """The dates go to this course; None makes a new one. Raises Refused."""
    hold(announcement, version)
    if course and not course.is_published:
        raise Refused("This course is not published, so nobody could find a date of it.")
    change(announcement, {**announcement.edits, "course": course.id if course else None})


def ignore(
    announcement: Announcement,
    organiser: Organiser | None,
    reason: str,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Settle it without anything made of it. Raises Refused."""
    hold(announcement, version)
    announcement.state, announcement.reason = NewsState.IGNORED, reason
    announcement.settled_at, announcement.settled_by = now, organiser
    change(announcement, announcement.edits)


def take_up_again(announcement: Announcement, *, now: datetime) -> None:
    """What was ignored or left out waits for an organiser again. Raises Refused."""
    _lock(announcement)
    if announcement.state not in {NewsState.IGNORED, NewsState.LEFT_OUT}:
        raise Refused(NOT_LEFT_OUT)
    announcement.state, announcement.reason = NewsState.WAITING, None
    announcement.settled_at = announcement.settled_by = None
    announcement.changed_at = announcement.told_at = now
    change(announcement, announcement.edits)


def hold(announcement: Announcement, version: int | None) -> None:
    """Make everybody else who would settle it wait, then see that nobody was quicker.

    `version` is that of the announcement as it was shown. Raises Refused.
    """
    _lock(announcement)
    if not announcement.is_waiting:
        raise Refused(SETTLED)
    if version is not None and version != announcement.version:
        raise Refused(CHANGED)


def _lock(announcement: Announcement) -> None:
    """Make everybody else who would settle it wait, and read what they did meanwhile."""
    lock(Announcement.version, Announcement.id == announcement.id)
    db.session.scalars(
        select(Announcement)
        .where(Announcement.id == announcement.id)
        .execution_options(populate_existing=True)
    ).one()


def change(announcement: Announcement, edits: Edits) -> None:
    """What an organiser made of it so far; whoever calls holds it."""
    announcement.edits = dict(edits)
    announcement.version += 1
    db.session.flush()
