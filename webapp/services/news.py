"""The news as it is read: pages taken in, announcements known again, and lists of what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp.models import Announcement, NewsReading, Organiser, Origin
from webapp.services.paging import Page


@dataclass(frozen=True)
class Taken:
    """What came of reading a page: `is_new` False, it was known word for word."""

    reading: NewsReading
    is_new: bool
    # How many announcements wait that did not before: never seen, and saying something else.
    new: int
    changed: int


def take(
    page: bytes | str,
    *,
    origin: Origin,
    name: str | None,
    published: date | None,
    organiser: Organiser | None,
    now: datetime,
) -> Taken:
    """Read a page and compare it with all that was read before. Raises Refused for what is no page.

    The same page read again changes nothing.
    """
    raise NotImplementedError


def get(reading_id: int) -> NewsReading:
    """The reading with its passages and their announcements. Raises NotFound."""
    raise NotImplementedError


def announcement(announcement_id: int) -> Announcement:
    """Raises NotFound."""
    raise NotImplementedError


def waiting() -> Sequence[Announcement]:
    """Announcements an organiser has to look at, the latest change first."""
    raise NotImplementedError


def how_many_wait() -> int:
    raise NotImplementedError


def settled(number: int) -> Page[Announcement]:
    """A page of the others, the latest first, with who settled them and what they became."""
    raise NotImplementedError


def readings(number: int) -> Page[NewsReading]:
    """A page of earlier readings, the latest first, with who read them."""
    raise NotImplementedError


def untold() -> Sequence[Announcement]:
    """Waiting announcements that are new or changed since organisers were last written to."""
    raise NotImplementedError
