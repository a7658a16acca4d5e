"""The items of a page, each with the announcement it is, held until our transaction ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.clock import london
from webapp.db import db, lock
from webapp.formats import news_kept
from webapp.formats.announcements import Item
from webapp.models import Announcement, Partnership
from webapp.services import news_matching, occurrences


@dataclass
class Pair:
    """An item of the page and the announcement it is, None when it was never seen."""

    item: Item
    kept: dict[str, Any]
    announcement: Announcement | None
    before: Item | None

    # It says what it said.
    is_as_before: bool


def one_at_a_time() -> None:
    """Make whoever else reads a page wait, so that nobody makes an announcement twice."""
    lock(Partnership.name)


def paired(items: Sequence[Item], now: datetime) -> list[Pair]:
    """The items in the order of the page. The announcements are held."""
    rows = db.session.scalars(select(Announcement).order_by(Announcement.id)).all()
    known = {row.id: news_kept.item_of_json(row.item) for row in rows}
    keys = news_matching.know_again(items, known)
    _hold([key for key in keys if key is not None])
    by_id = {row.id: row for row in rows}
    today = london(now).date()
    pairs = []
    for item, key in zip(items, keys, strict=True):
        if key is None:
            pairs.append(Pair(item, news_kept.item_as_json(item), None, None, False))
            continue
        announcement, before = by_id[key], known[key]
        since = london(announcement.changed_at).date()
        item = news_matching.as_before(item, before, since=since, today=today)
        same = occurrences.says_for(item, today) == occurrences.says_for(before, today)
        pairs.append(Pair(item, news_kept.item_as_json(item), announcement, before, same))
    return pairs


def _hold(ids: Sequence[int]) -> None:
    """Make everybody who would settle one of these wait, and read what they did meanwhile."""
    if not ids:
        return
    lock(Announcement.version, Announcement.id.in_(ids))
    db.session.scalars(
        select(Announcement)
        .where(Announcement.id.in_(ids))
        .execution_options(populate_existing=True)
    ).all()
