"""Announcements accepted into the programme: a new course, more dates of one, or one change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.models import Announcement, Course, CourseDate, Organiser


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
    now: datetime,
) -> Accepted:
    """Publish the draft: a new course with its dates, or the new dates of the course it goes to.

    What else is different about that course's dates is left for take_change, and the announcement
    waits until it is dealt with. A date in conflict that nobody answered is held back. Raises
    Refused with the first of the draft's problems, or when somebody was quicker.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def leave_change(
    announcement: Announcement,
    key: str,
    organiser: Organiser | None,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Keep the programme as it is in this one; asked again only when the page changes. Refused."""
    raise NotImplementedError
