"""What an organiser says of a draft's days: which one is meant, and which of them are one date."""

from collections.abc import Sequence
from datetime import date, datetime

from webapp.errors import Refused
from webapp.models import Announcement
from webapp.services import drafts


def answer(
    announcement: Announcement,
    key: str,
    day: date | None,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Say which day is meant; None takes the answer back. `key` is a DraftDay's. Raises Refused."""
    drafts.hold(announcement, version)
    known = {one.key for each in drafts.of(announcement, now=now).dates for one in each.days}
    if key not in known:
        raise Refused(drafts.CHANGED)
    days = announcement.edits.get("days", {})
    typed = {name: said for name, said in days.get(key, {}).items() if name != "day"}
    if day:
        typed["day"] = day.isoformat()
    drafts.change(announcement, {**announcement.edits, "days": {**days, key: typed}})


def regroup(
    announcement: Announcement,
    keys: Sequence[str],
    *,
    together: bool,
    version: int | None = None,
    now: datetime,
) -> None:
    """These days are one date, or each is a date by itself. `keys` are DraftDays'. Refused."""
    drafts.hold(announcement, version)
    known = {day.key for one in drafts.of(announcement, now=now).dates for day in one.days}
    if not keys or not known.issuperset(keys):
        raise Refused(drafts.CHANGED)
    groups = dict(announcement.edits.get("groups", {}))
    groups |= {key: keys[0] if together else key for key in keys}
    drafts.change(announcement, {**announcement.edits, "groups": groups})
