"""What one person cannot come to both of: sessions at the same time, or too far apart to get to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from webapp.models import CourseDate, CourseDay

# With less between two places nobody gets from one to the other.
ON_THE_WAY = timedelta(minutes=30)


@dataclass(frozen=True)
class Clash:
    """One of two dates, as the other has to hear of it."""

    date: CourseDate
    # Else one follows the other, with no time to get there.
    overlaps: bool


def among(dates: Sequence[CourseDate]) -> dict[int, list[Clash]]:
    """What stands against each of these dates, by its id."""
    found: dict[int, list[Clash]] = {date.id: [] for date in dates}
    for one, other in combinations(dates, 2):
        gap = _gap(one, other)
        is_elsewhere = one.venue_id != other.venue_id
        if gap < timedelta() or (is_elsewhere and gap < ON_THE_WAY):
            overlaps = gap < timedelta()
            found[one.id].append(Clash(other, overlaps))
            found[other.id].append(Clash(one, overlaps))
    return found


def _gap(one: CourseDate, other: CourseDate) -> timedelta:
    """The least time between a day of one and a day of the other; below nothing, they overlap."""
    return min((_between(a, b) for a in one.days for b in other.days), default=timedelta.max)


def _between(one: CourseDay, other: CourseDay) -> timedelta:
    return max(one.starts_at, other.starts_at) - min(one.ends_at, other.ends_at)
