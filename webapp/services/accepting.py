"""Announcements accepted into the programme: a new course, more dates of one, or one change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.db import db
from webapp.errors import Refused
from webapp.models import Announcement, Course, CourseDate, DateState, NewsState, Organiser
from webapp.services import (
    arrangements,
    calling_off,
    course_dates,
    courses,
    differences,
    drafts,
    places,
    publishing,
    telling,
    wishes,
)
from webapp.services.differences import Difference, Kind
from webapp.services.drafts import Draft

NOTHING_NEW = "Nothing here is new to the programme. Decide about each of the changes."
OTHERWISE = "This change is no longer as you saw it. Look at the announcement again."


@dataclass(frozen=True)
class Accepted:
    """What came of it."""

    course: Course
    dates: Sequence[CourseDate]
    is_new_course: bool


def accept(
    announcement: Announcement,
    organiser: Organiser | None,
    *,
    version: int | None = None,
    course_id: int | None = None,
    now: datetime,
) -> Accepted:
    """Publish the draft: a new course with its dates, or the new dates of the course it goes to.

    What else is different about that course's dates is left for take_change, and the announcement
    waits until it is dealt with. A date in conflict that nobody answered is held back. `course_id`
    is that of the course as the draft was shown, 0 for a new one: somebody may have made it
    meanwhile. Raises Refused with the first of the draft's problems, or when somebody was quicker.
    """
    draft = _held(announcement, version, now)
    if course_id is not None and course_id != draft.goes_to:
        raise Refused(drafts.CHANGED)
    if draft.problems:
        raise Refused(draft.problems[0].sentence)
    new = [one for one in draft.dates if one.is_new]
    if draft.course:
        there = differences.of(draft, now=now)
        new = [one.draft for one in there if one.kind is Kind.NEW_DATE and one.draft]
        if there and not new:
            raise Refused(NOTHING_NEW)
    course = draft.course or courses.add(publishing.about(draft), now=now)
    made = publishing.dates_of(new, course, draft, now)
    announcement.course = course
    _settle_when_done(announcement, organiser, now)
    return Accepted(course, made, draft.course is None)


def take_change(
    announcement: Announcement,
    key: str,
    organiser: Organiser | None,
    *,
    message: str = "",
    version: int | None = None,
    now: datetime,
) -> int:
    """Do what one Difference says, by the verb an organiser's own change goes through.

    Says how many people were written to. `message` goes to them when a date is called off. With
    the last difference the announcement is settled. Raises Refused.
    """
    draft, change = _find(announcement, key, version, now)
    if change.date:
        # Whoever changed it before we held it made another difference of this one.
        places.hold(change.date)
        draft, change = _find(announcement, key, version, now)
    if change.why_not:
        raise Refused(change.why_not)
    told = _take(draft, change, message, now)
    announcement.course = draft.course
    _settle_when_done(announcement, organiser, now)
    return told


def leave_change(
    announcement: Announcement,
    key: str,
    organiser: Organiser | None,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Keep the programme as it is in this one; asked again only when the page changes.

    A move that is left comes back as a date that is new and another that is gone. Raises Refused.
    """
    draft, _ = _find(announcement, key, version, now)
    left = [*announcement.edits.get("left", []), key]
    announcement.edits = {**announcement.edits, "left": left}
    announcement.course = draft.course
    _settle_when_done(announcement, organiser, now)


def _held(announcement: Announcement, version: int | None, now: datetime) -> Draft:
    """Its draft, and nobody adds a date to its course meanwhile from another announcement."""
    drafts.hold(announcement, version)
    draft = drafts.of(announcement, now=now)
    if draft.course is None:
        return draft
    courses.hold(draft.course)
    return drafts.of(announcement, now=now)


def _find(
    announcement: Announcement, key: str, version: int | None, now: datetime
) -> tuple[Draft, Difference]:
    draft = _held(announcement, version, now)
    found = next((one for one in differences.of(draft, now=now) if one.key == key), None)
    if found is None:
        raise Refused(OTHERWISE)
    return draft, found


def _settle_when_done(
    announcement: Announcement, organiser: Organiser | None, now: datetime
) -> None:
    """Nothing is left to decide about: this is what it said when it was accepted."""
    db.session.flush()
    edits = {name: value for name, value in announcement.edits.items() if name != "course"}
    announcement.edits = edits
    announcement.version += 1
    if not differences.of(drafts.of(announcement, now=now), now=now):
        settle(announcement, NewsState.ACCEPTED, organiser, now=now)
    db.session.flush()


def settle(
    announcement: Announcement, state: NewsState, organiser: Organiser | None, *, now: datetime
) -> None:
    """It and the programme say the same, or an organiser left it at that."""
    announcement.state, announcement.reason = state, None
    announcement.settled_item = announcement.item
    announcement.settled_at, announcement.settled_by = now, organiser
    announcement.edits = {
        name: value for name, value in announcement.edits.items() if name != "left"
    }


def _take(draft: Draft, change: Difference, message: str, now: datetime) -> int:
    date, one = change.date, change.draft
    if date is None:
        assert one
        assert draft.course
        publishing.dates_of([one], draft.course, draft, now)
        return 0
    if one is None:
        off = calling_off.postpone if change.kind is Kind.POSTPONED else calling_off.cancel
        return off(date, message=message, now=now)
    wanted = wishes.for_known(one, date, publishing.venue_of(one, now), now)
    if date.state is DateState.CANCELLED:
        again = course_dates.add(date.course, wanted, now=now)
        telling.of_dates(date.course, [again], now=now)
        return 0
    if date.state is DateState.HELD_BACK:
        days = wanted.days
        arrangements.arrange(date, replace(wanted, days=()), now=now)
        course_dates.settle(date, days[0][0], days[0][1], now=now)
        return 0
    return arrangements.arrange(date, wanted, now=now)
