"""Back beside a draft: what was done there, what is wrong there, why something cannot be done."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.models import Announcement, CourseDate
from webapp.services import audit
from webapp.services import news as verbs
from webapp.web.fields import Form
from webapp.web.organiser import identity, news_review
from webapp.web.organiser.news_review import Refusal

LONGEST_DETAIL = 120
ON_NO_PAGE = "This announcement stands on no page."
Press = Callable[[Announcement, datetime], ResponseReturnValue]


def settling(press: Press) -> Callable[[int], ResponseReturnValue]:
    """A button beside a draft: there it is said, too, why what was pressed is refused."""

    @wraps(press)
    def view(announcement_id: int) -> ResponseReturnValue:
        now, announcement = clock.now(), verbs.announcement(announcement_id)
        try:
            return press(announcement, now)
        except Refused as refusal:
            db.session.rollback()
            refused = Refusal(announcement, str(refusal))
            page = news_review.page(reading_of(announcement), refused=refused, now=now)
            return page, 409

    return view


def done(
    announcement: Announcement,
    action: str,
    said: str,
    now: datetime,
    course_date: CourseDate | None = None,
) -> ResponseReturnValue:
    """Back to the draft, where it is said what was done."""
    record(announcement, action, now=now, course_date=course_date)
    db.session.commit()
    return said_beside(announcement, said)


def record(
    announcement: Announcement,
    action: str,
    *,
    now: datetime,
    course_date: CourseDate | None = None,
) -> None:
    detail = f"{announcement.heading[:LONGEST_DETAIL]} (announcement {announcement.id})"
    audit.record(identity.me(), action, course_date=course_date, detail=detail, now=now)


def said_beside(announcement: Announcement, said: str) -> ResponseReturnValue:
    name = f"announcement-{announcement.id}"
    flash(said, name)
    return redirect(url_for(".news_reading", reading_id=reading_of(announcement), _anchor=name))


def reading_of(announcement: Announcement) -> int:
    """The page somebody came from; else the one it stood on when it was last read."""
    came_from, read = request.values.get("reading", ""), announcement.passages
    if not read:
        raise NotFound(ON_NO_PAGE)
    return next((p.reading_id for p in read if str(p.reading_id) == came_from), read[0].reading_id)


def again(announcement: Announcement, name: str, form: Form, now: datetime) -> ResponseReturnValue:
    """The whole page, with what is wrong said at its place."""
    db.session.rollback()
    return news_review.page(reading_of(announcement), typed={name: form}, now=now)
