"""Where an announcement and the programme part ways: computed as things stand, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webapp.models import CourseDate, Places
from webapp.services.drafts import Draft, DraftDate


class Kind(StrEnum):
    """What the page says of a date that the programme does not."""

    # Accepting the draft, or taking this change, makes the date.
    NEW_DATE = "new_date"
    MOVED = "moved"
    TIMES = "times"
    PLACE = "place"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    # Postponed here, and the page has a day for it.
    ON_AGAIN = "on_again"
    # The announcement no longer names it. To take the change is to cancel the date.
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """One date on which page and programme do not agree."""

    # Changes when what it says changes, so that a stale press is refused.
    key: str
    kind: Kind
    # As it is published; None for a new one.
    date: CourseDate | None
    # Who is on it; None for a new one.
    places: Places | None
    # As the page has it; None when the page calls the date off or does not name it.
    draft: DraftDate | None
    # Both in words, for a person: the old is None for a new date, the new when it is called off.
    old: str | None
    new: str | None
    # Why it cannot be taken with one press, in a sentence; None when it can.
    why_not: str | None


def of(draft: Draft, *, now: datetime) -> list[Difference]:
    return of_all([draft], now=now)[draft.announcement.id]


def of_all(drafts: Sequence[Draft], *, now: datetime) -> dict[int, list[Difference]]:
    """The differences of all these drafts, by announcement id, in the order of the page.

    A draft that would be a new course has none.
    """
    raise NotImplementedError
