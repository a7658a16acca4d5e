"""Announcements that need nobody: no training, nothing still to come, or in the programme as is."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from webapp.formats.announcements import Item
from webapp.models import Announcement, NewsState
from webapp.services import accepting, differences, drafting, drafts, news_matching, occurrences
from webapp.services.drafts import Draft

ALL_PASSED = "All its dates have passed."
CALLED_OFF = "What it announces has been called off."


def settle_by_themselves(
    new: Sequence[Announcement], changed: Sequence[tuple[Announcement, Item]], *, now: datetime
) -> None:
    """Decide of each whether an organiser has to look at it. Those that changed come with what
    they said before."""
    before = {announcement.id: item for announcement, item in changed}
    every = [*new, *(announcement for announcement, _ in changed)]
    found = drafts.of_all(every, now=now)
    apart = differences.of_all(list(found.values()), now=now)
    for announcement in every:
        draft = found[announcement.id]
        # What is called off may be in the programme, with people on it.
        reason = None if apart[announcement.id] else _why_left_out(draft)
        if reason and _may_be_left_out(announcement, before.get(announcement.id)):
            announcement.state, announcement.reason = NewsState.LEFT_OUT, reason
            announcement.settled_at, announcement.settled_by = now, None
        elif draft.item.is_training and _is_published(draft) and not apart[announcement.id]:
            announcement.course = draft.course
            accepting.settle(announcement, NewsState.AS_PUBLISHED, None, now=now)
        elif not _was_ignored_as_no_training(announcement, draft):
            announcement.state = NewsState.WAITING


def _why_left_out(draft: Draft) -> str | None:
    if not draft.item.is_training:
        return draft.item.why
    if any(date.date for date in draft.dates):
        return None
    if draft.dates and all(date.why_left_out == drafting.PASSED for date in draft.dates):
        return ALL_PASSED
    return CALLED_OFF if draft.item.called_off and not draft.dates else None


def _may_be_left_out(announcement: Announcement, before: Item | None) -> bool:
    """What is new, or was left out before; and what waits, unless an organiser took it up."""
    if before is None or announcement.state is NewsState.LEFT_OUT:
        return True
    return announcement.is_waiting and not announcement.has_changed and before.is_training


def _was_ignored_as_no_training(announcement: Announcement, draft: Draft) -> bool:
    return announcement.state is NewsState.IGNORED and not draft.item.is_training


def _is_published(draft: Draft) -> bool:
    """Whether the course is there, beyond doubt, with every date that can still be come to."""
    if draft.course is None or any(date.is_new for date in draft.dates):
        return False
    if any(date.date for date in draft.dates):
        score = news_matching.course_of(draft.item, [draft.course])[1]
        return draft.announcement.course_id == draft.course.id or score >= news_matching.ALIKE
    return news_matching.is_surely(draft.item, draft.course)


def forget_answers(announcement: Announcement, before: Item, item: Item) -> None:
    """What the page itself says otherwise now is no longer as an organiser wrote over it.

    Of several on one day each is known by its hour: what was written of another is not of this one.
    """
    said, says = _said(before), _said(item)
    days = Counter(key.partition("-")[0] for key in (*said, *says))
    others = {
        key
        for key in {*said, *says}
        if days[key.partition("-")[0]] > 2 and _of(said, key, "starts") != _of(says, key, "starts")
    }
    edits = dict(announcement.edits)
    for part in ("days", "dates"):
        edits[part] = {
            key: {
                name: value
                for name, value in typed.items()
                if _of(says, key, name) == _of(said, key, name)
            }
            for key, typed in edits.get(part, {}).items()
            if key not in others
        }
    announcement.edits = edits


def _of(said: dict[str, dict[str, object]], key: str, name: str) -> object:
    return said.get(key, {}).get(name)


def _said(item: Item) -> dict[str, dict[str, object]]:
    """What is written of each day, by its key and by what an edit of it is called."""
    found: dict[str, dict[str, object]] = {}
    for one in occurrences.of(item.sessions):
        for key, session in zip(one.keys, one.sessions, strict=True):
            place = session.venue or item.venue
            online = session.is_online if session.is_online is not None else item.is_online
            found[key] = {
                "day": (*occurrences.as_written(session)[:3], session.day),
                "starts": session.starts,
                "ends": session.ends,
                "place": place and place.text,
                "is_online": online,
            }
    return found
