"""Readings of news pages that nobody needs any more, and announcements that stand on none."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, select

from webapp.db import db
from webapp.models import Announcement, NewsPassage, NewsReading, NewsState, Origin, Partnership
from webapp.services.old_dates import DAY


def readings(ours: Partnership, now: datetime) -> Select[int]:
    """The last look at each address stays, as the next is compared with it; and so does what an
    announcement stands on that still waits for an organiser."""
    last_looks = (
        select(func.max(NewsReading.id))
        .where(NewsReading.origin == Origin.FETCHED)
        .group_by(NewsReading.name)
    )
    waits = NewsPassage.announcement.has(Announcement.state == NewsState.WAITING)
    return select(NewsReading.id).where(
        NewsReading.read_at < now - DAY * ours.news_days,
        NewsReading.id.not_in(last_looks),
        ~NewsReading.passages.any(waits),
    )


def forget_readings(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    db.session.execute(delete(NewsPassage).where(NewsPassage.reading_id.in_(ids)))
    db.session.execute(delete(NewsReading).where(NewsReading.id.in_(ids)))
    db.session.execute(delete(Announcement).where(~Announcement.passages.any()))
